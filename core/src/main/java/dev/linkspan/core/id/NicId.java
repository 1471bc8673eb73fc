package dev.linkspan.core.id;

import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Sentence;

/** Names a NIC: {@code eni-} and hexadecimal digits. */
public record NicId(String value) implements ResourceId {

    public static final IdKind<NicId> KIND = new IdKind<>("eni-", Sentence.of("a %s", Noun.NIC), NicId::new);

    public NicId {
        IdKind.check("eni-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
