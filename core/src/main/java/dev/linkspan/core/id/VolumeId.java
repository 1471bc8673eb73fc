package dev.linkspan.core.id;

import dev.linkspan.core.wording.Sentence;

/** Names a volume: {@code vol-} and hexadecimal digits. */
public record VolumeId(String value) implements ResourceId {

    public static final IdKind<VolumeId> KIND = new IdKind<>("vol-", Sentence.of("a volume"), VolumeId::new);

    public VolumeId {
        IdKind.check("vol-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
