package dev.linkspan.core.id;

import dev.linkspan.core.wording.Sentence;

/** Names a network insights analysis: {@code nia-} and hexadecimal digits. */
public record InsightsAnalysisId(String value) implements ResourceId {

    public static final IdKind<InsightsAnalysisId> KIND =
            new IdKind<>("nia-", Sentence.of("a network insights analysis"), InsightsAnalysisId::new);

    public InsightsAnalysisId {
        IdKind.check("nia-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
