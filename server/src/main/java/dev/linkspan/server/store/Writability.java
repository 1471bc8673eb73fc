package dev.linkspan.server.store;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.util.Optional;

/**
 * Whether changes can be written, as far as is known: from a change that failed for the database's sake until a trial has
 * succeeded they cannot. While all goes well nothing is written to find out.
 */
final class Writability {

    private volatile boolean inDoubt;

    /** A change was refused. */
    void note(Refusal refused) {
        if (refused.code() == RefusalCode.UNAVAILABLE) {
            inDoubt = true;
        }
    }

    /** Why nothing can be written; tries to only where the last that is known is a failure. */
    Optional<String> failure(Runnable trial) {
        if (!inDoubt) {
            return Optional.empty();
        }
        try {
            trial.run();
            inDoubt = false;
            return Optional.empty();
        } catch (Refusal still) {
            return Optional.of(still.getMessage());
        }
    }
}
