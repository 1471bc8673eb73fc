package dev.linkspan.core.id;

import dev.linkspan.core.wording.Sentence;

/** Names a network ACL: {@code acl-} and hexadecimal digits. */
public record NetworkAclId(String value) implements ResourceId {

    public static final IdKind<NetworkAclId> KIND =
            new IdKind<>("acl-", Sentence.of("a network ACL"), NetworkAclId::new);

    public NetworkAclId {
        IdKind.check("acl-", value);
    }

    /** The default ACL of a Net, which has the Net's digits. */
    public static NetworkAclId ofDefault(NetId net) {
        return new NetworkAclId(
                KIND.prefix() + net.value().substring(NetId.KIND.prefix().length()));
    }

    @Override
    public String toString() {
        return value;
    }
}
