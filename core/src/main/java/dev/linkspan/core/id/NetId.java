package dev.linkspan.core.id;

import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Sentence;

/** Names a Net: {@code vpc-} and hexadecimal digits. */
public record NetId(String value) implements ResourceId {

    public static final IdKind<NetId> KIND = new IdKind<>("vpc-", Sentence.of("a %s", Noun.NET), NetId::new);

    public NetId {
        IdKind.check("vpc-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
