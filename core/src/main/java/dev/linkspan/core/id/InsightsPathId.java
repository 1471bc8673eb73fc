package dev.linkspan.core.id;

import dev.linkspan.core.wording.Sentence;

/** Names a network insights path: {@code nip-} and hexadecimal digits. */
public record InsightsPathId(String value) implements ResourceId {

    public static final IdKind<InsightsPathId> KIND =
            new IdKind<>("nip-", Sentence.of("a network insights path"), InsightsPathId::new);

    public InsightsPathId {
        IdKind.check("nip-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
