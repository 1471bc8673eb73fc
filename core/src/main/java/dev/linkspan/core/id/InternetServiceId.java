package dev.linkspan.core.id;

import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Sentence;

/** Names an internet service: {@code igw-} and hexadecimal digits. */
public record InternetServiceId(String value) implements ResourceId {

    public static final IdKind<InternetServiceId> KIND =
            new IdKind<>("igw-", Sentence.of("an %s", Noun.INTERNET_SERVICE), InternetServiceId::new);

    public InternetServiceId {
        IdKind.check("igw-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
