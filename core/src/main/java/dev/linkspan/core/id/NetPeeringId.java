package dev.linkspan.core.id;

import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Sentence;

/** Names a Net peering: {@code pcx-} and hexadecimal digits. */
public record NetPeeringId(String value) implements ResourceId {

    public static final IdKind<NetPeeringId> KIND =
            new IdKind<>("pcx-", Sentence.of("a %s peering", Noun.NET), NetPeeringId::new);

    public NetPeeringId {
        IdKind.check("pcx-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
