package dev.linkspan.core.id;

/** Names a internet service: {@code igw-} and hexadecimal digits. */
public record InternetServiceId(String value) implements ResourceId {

    public static final IdKind<InternetServiceId> KIND =
            new IdKind<>("igw-", "internet service", InternetServiceId::new);

    public InternetServiceId {
        IdKind.check("igw-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
