package dev.linkspan.core.id;

/** Names a network insights analysis: {@code nia-} and hexadecimal digits. */
public record InsightsAnalysisId(String value) implements ResourceId {

    public static final IdKind<InsightsAnalysisId> KIND =
            new IdKind<>("nia-", "network insights analysis", InsightsAnalysisId::new);

    public InsightsAnalysisId {
        IdKind.check("nia-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
