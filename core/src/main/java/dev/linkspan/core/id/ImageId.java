package dev.linkspan.core.id;

import dev.linkspan.core.wording.Sentence;

/** Names a image: {@code ami-} and hexadecimal digits. */
public record ImageId(String value) implements ResourceId {

    public static final IdKind<ImageId> KIND = new IdKind<>("ami-", Sentence.of("a image"), ImageId::new);

    public ImageId {
        IdKind.check("ami-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
