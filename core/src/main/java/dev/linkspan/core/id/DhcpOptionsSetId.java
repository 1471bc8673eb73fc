package dev.linkspan.core.id;

import dev.linkspan.core.wording.Sentence;

/** Names a DHCP options set: {@code dopt-} and hexadecimal digits. */
public record DhcpOptionsSetId(String value) implements ResourceId {

    public static final IdKind<DhcpOptionsSetId> KIND =
            new IdKind<>("dopt-", Sentence.of("a DHCP options set"), DhcpOptionsSetId::new);

    public DhcpOptionsSetId {
        IdKind.check("dopt-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
