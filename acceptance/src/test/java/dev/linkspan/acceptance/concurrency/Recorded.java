package dev.linkspan.acceptance.concurrency;

/**
 * An operation and when it was under way.
 *
 * @param invoked by the nanosecond clock of whoever recorded it
 * @param returned by the same clock; {@link #NEVER} where no answer came: then it may take effect at any time, or not at
 *     all
 */
record Recorded<O>(O operation, long invoked, long returned) {

    static final long NEVER = Long.MAX_VALUE;

    Recorded {
        if (returned < invoked) {
            throw new IllegalArgumentException("returned at %d, before %d".formatted(returned, invoked));
        }
    }

    boolean isAnswered() {
        return returned != NEVER;
    }

    /** Whether it was over before the other began. */
    boolean precedes(Recorded<?> other) {
        return returned < other.invoked;
    }
}
