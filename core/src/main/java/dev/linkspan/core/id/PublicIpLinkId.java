package dev.linkspan.core.id;

import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Sentence;

/** Names the link of a public IP address with a NIC: {@code eipassoc-} and hexadecimal digits. */
public record PublicIpLinkId(String value) implements ResourceId {

    public static final IdKind<PublicIpLinkId> KIND =
            new IdKind<>("eipassoc-", Sentence.of("a link of %s", Noun.A_PUBLIC_IP), PublicIpLinkId::new);

    public PublicIpLinkId {
        IdKind.check("eipassoc-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
