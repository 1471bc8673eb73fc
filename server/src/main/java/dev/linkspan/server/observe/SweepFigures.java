package dev.linkspan.server.observe;

import java.util.concurrent.atomic.LongAdder;

/** What the sweeper has done since the start. */
public final class SweepFigures {

    private final LongAdder done = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder resources = new LongAdder();

    /** A change was made that recorded what time has done to so many resources. */
    public void swept(int swept) {
        done.increment();
        resources.add(swept);
    }

    public void failed() {
        failed.increment();
    }

    long doneSoFar() {
        return done.sum();
    }

    long failedSoFar() {
        return failed.sum();
    }

    long resourcesSoFar() {
        return resources.sum();
    }
}
