package dev.linkspan.core.id;

import dev.linkspan.core.wording.Sentence;

/** Names the association of a Subnet with a network ACL: {@code aclassoc-} and hexadecimal digits. */
public record NetworkAclAssociationId(String value) implements ResourceId {

    public static final IdKind<NetworkAclAssociationId> KIND =
            new IdKind<>("aclassoc-", Sentence.of("an association of a network ACL"), NetworkAclAssociationId::new);

    public NetworkAclAssociationId {
        IdKind.check("aclassoc-", value);
    }

    /** The association that a Subnet is born with, which has the Subnet's digits. */
    public static NetworkAclAssociationId ofBirth(SubnetId subnet) {
        return new NetworkAclAssociationId(
                KIND.prefix() + subnet.value().substring(SubnetId.KIND.prefix().length()));
    }

    @Override
    public String toString() {
        return value;
    }
}
