package dev.linkspan.core.id;

/** Names a security group rule: {@code sgr-} and hexadecimal digits. */
public record SecurityGroupRuleId(String value) implements ResourceId {

    public static final IdKind<SecurityGroupRuleId> KIND =
            new IdKind<>("sgr-", "security group rule", SecurityGroupRuleId::new);

    public SecurityGroupRuleId {
        IdKind.check("sgr-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
