package dev.linkspan.core.id;

/** Names a keypair: {@code key-} and hexadecimal digits. */
public record KeypairId(String value) implements ResourceId {

    public static final IdKind<KeypairId> KIND = new IdKind<>("key-", "keypair", KeypairId::new);

    public KeypairId {
        IdKind.check("key-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
