package dev.linkspan.core.id;

import dev.linkspan.core.wording.Sentence;

/** Names a security group: {@code sg-} and hexadecimal digits. */
public record SecurityGroupId(String value) implements ResourceId {

    public static final IdKind<SecurityGroupId> KIND =
            new IdKind<>("sg-", Sentence.of("a security group"), SecurityGroupId::new);

    public SecurityGroupId {
        IdKind.check("sg-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
