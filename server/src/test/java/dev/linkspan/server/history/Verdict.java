package dev.linkspan.server.history;

import dev.linkspan.core.id.NicId;
import java.util.Optional;

/**
 * What must become of one packet.
 *
 * @param receiver who must get it, or may; nobody else ever may
 * @param why in words
 */
record Verdict(Fate fate, Optional<NicId> receiver, String why) {

    static final String STOPPED_AT_A_BORDER = "the ACL of a Subnet stops it (N2, N3)";

    enum Fate {
        MUST_ARRIVE,
        MAY_ARRIVE,
        MUST_NOT_ARRIVE
    }

    static Verdict must(NicId receiver, String why) {
        return new Verdict(Fate.MUST_ARRIVE, Optional.of(receiver), why);
    }

    static Verdict may(NicId receiver, String why) {
        return new Verdict(Fate.MAY_ARRIVE, Optional.of(receiver), why);
    }

    static Verdict never(String why) {
        return new Verdict(Fate.MUST_NOT_ARRIVE, Optional.empty(), why);
    }

    boolean permits(NicId nic) {
        return receiver.filter(nic::equals).isPresent();
    }

    boolean isMust() {
        return fate == Fate.MUST_ARRIVE;
    }

    /** Whether the rules leave it open. */
    boolean isOpen() {
        return fate == Fate.MAY_ARRIVE;
    }

    boolean isNever() {
        return fate == Fate.MUST_NOT_ARRIVE;
    }
}
