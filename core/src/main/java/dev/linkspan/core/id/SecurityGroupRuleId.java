package dev.linkspan.core.id;

import dev.linkspan.core.wording.Sentence;

/** Names a security group rule: {@code sgr-} and hexadecimal digits. */
public record SecurityGroupRuleId(String value) implements ResourceId {

    public static final IdKind<SecurityGroupRuleId> KIND =
            new IdKind<>("sgr-", Sentence.of("a security group rule"), SecurityGroupRuleId::new);

    public SecurityGroupRuleId {
        IdKind.check("sgr-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
