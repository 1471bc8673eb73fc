package dev.linkspan.core.id;

import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Sentence;

/** Names a keypair: {@code key-} and hexadecimal digits. */
public record KeypairId(String value) implements ResourceId {

    public static final IdKind<KeypairId> KIND =
            new IdKind<>("key-", Sentence.of("a %s", Noun.KEYPAIR), KeypairId::new);

    public KeypairId {
        IdKind.check("key-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
