package dev.linkspan.acceptance.concurrency;

import dev.linkspan.acceptance.concurrency.Outcome.Indeterminate;
import dev.linkspan.acceptance.concurrency.Outcome.Refused;

/**
 * A call and its answer.
 *
 * @param client which of the clients made it
 * @param account who it was signed by; {@code operator} where the clock was moved
 * @param requestId what the server called the request; a name of its own where no answer came
 */
record Operation(int client, String account, Call call, Outcome outcome, String requestId) {

    static final String OPERATOR = "operator";

    /** Whether it cannot have changed anything. */
    boolean onlyLooks() {
        return outcome instanceof Refused || call instanceof Call.Read;
    }

    boolean isIndeterminate() {
        return outcome instanceof Indeterminate;
    }

    @Override
    public String toString() {
        return "%2d %s %s = %s".formatted(client, account, call, outcome);
    }
}
