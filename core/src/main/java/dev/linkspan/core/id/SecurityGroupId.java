package dev.linkspan.core.id;

/** Names a security group: {@code sg-} and hexadecimal digits. */
public record SecurityGroupId(String value) implements ResourceId {

    public static final IdKind<SecurityGroupId> KIND = new IdKind<>("sg-", "security group", SecurityGroupId::new);

    public SecurityGroupId {
        IdKind.check("sg-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
