package dev.linkspan.core.id;

import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Sentence;

/** Names a NAT service: {@code nat-} and hexadecimal digits. */
public record NatServiceId(String value) implements ResourceId {

    public static final IdKind<NatServiceId> KIND =
            new IdKind<>("nat-", Sentence.of("a %s", Noun.NAT_SERVICE), NatServiceId::new);

    public NatServiceId {
        IdKind.check("nat-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
