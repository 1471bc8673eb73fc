package dev.linkspan.acceptance.concurrency;

import java.util.List;

/** What the checker found out about a history. */
sealed interface Verdict<S, O> {

    /** There is an order, one after the other, that explains every answer. */
    record Explained<S, O>(List<Recorded<O>> order) implements Verdict<S, O> {}

    /**
     * There is none.
     *
     * @param longest the longest beginning of an order that explains its answers
     * @param state where that leads
     * @param stuck what could come next by its time, but could not have answered there what it did
     */
    record Unexplained<S, O>(List<Recorded<O>> longest, S state, List<Recorded<O>> stuck) implements Verdict<S, O> {}

    /** The search was given up. */
    record Undecided<S, O>(long visited) implements Verdict<S, O> {}
}
