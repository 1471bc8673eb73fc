package dev.linkspan.core.id;

/** Names an access key: what a signature's credential begins with. */
public record AccessKeyId(String value) {

    public AccessKeyId {
        if (value.isBlank() || value.length() > 128) {
            throw new IllegalArgumentException("an access key id has 1 to 128 characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
