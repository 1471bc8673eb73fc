package dev.linkspan.core.id;

import dev.linkspan.core.wording.Sentence;

/** Names a launch template: {@code lt-} and hexadecimal digits. */
public record LaunchTemplateId(String value) implements ResourceId {

    public static final IdKind<LaunchTemplateId> KIND =
            new IdKind<>("lt-", Sentence.of("a launch template"), LaunchTemplateId::new);

    public LaunchTemplateId {
        IdKind.check("lt-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
