package dev.linkspan.core.id;

import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Sentence;

/** Names a link of a NIC to a VM: {@code eni-attach-} and hexadecimal digits. */
public record NicLinkId(String value) implements ResourceId {

    public static final IdKind<NicLinkId> KIND =
            new IdKind<>("eni-attach-", Sentence.of("a link of a %s to %s", Noun.NIC, Noun.A_VM), NicLinkId::new);

    public NicLinkId {
        IdKind.check("eni-attach-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
