package dev.linkspan.core.id;

import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Sentence;

/** Names a public IP address: {@code eipalloc-} and hexadecimal digits. */
public record PublicIpId(String value) implements ResourceId {

    public static final IdKind<PublicIpId> KIND =
            new IdKind<>("eipalloc-", Sentence.of("%s", Noun.A_PUBLIC_IP), PublicIpId::new);

    public PublicIpId {
        IdKind.check("eipalloc-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
