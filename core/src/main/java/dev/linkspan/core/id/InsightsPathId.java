package dev.linkspan.core.id;

/** Names a network insights path: {@code nip-} and hexadecimal digits. */
public record InsightsPathId(String value) implements ResourceId {

    public static final IdKind<InsightsPathId> KIND =
            new IdKind<>("nip-", "network insights path", InsightsPathId::new);

    public InsightsPathId {
        IdKind.check("nip-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
