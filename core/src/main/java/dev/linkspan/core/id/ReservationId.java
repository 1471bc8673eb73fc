package dev.linkspan.core.id;

import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Sentence;

/** Names a reservation of VMs: {@code r-} and hexadecimal digits. */
public record ReservationId(String value) implements ResourceId {

    public static final IdKind<ReservationId> KIND =
            new IdKind<>("r-", Sentence.of("a reservation of %s", Noun.VMS), ReservationId::new);

    public ReservationId {
        IdKind.check("r-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
