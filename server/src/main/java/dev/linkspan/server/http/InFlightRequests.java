package dev.linkspan.server.http;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * The requests that the server has taken and not answered yet. Once it is closed no more are taken, and nothing is begun
 * that could not be finished: a request either finds it open and is waited for, or is left alone.
 */
final class InFlightRequests {

    private static final Duration A_LOOK = Duration.ofMillis(2);

    private final Set<Taken> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private volatile long lastNanos = System.nanoTime();

    /** One request; each is itself. */
    static final class Taken {

        private final String what;

        private Taken(String what) {
            this.what = what;
        }
    }

    /** Takes a request; whoever asks looks afterwards whether it {@link #isClosed}. */
    Taken take(String what) {
        Taken taken = new Taken(what);
        underWay.add(taken);
        return taken;
    }

    void done(Taken taken) {
        lastNanos = System.nanoTime();
        underWay.remove(taken);
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether somebody was answered within this time, or waits for an answer. */
    boolean isBusy(Duration within) {
        return !underWay.isEmpty() || System.nanoTime() - lastNanos < within.toNanos();
    }

    /** Takes no more, and waits for those that were taken; answers what is not finished when the time is up. */
    List<String> close(Duration patience) {
        closed = true;
        long deadline = System.nanoTime() + patience.toNanos();
        while (!underWay.isEmpty() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(A_LOOK.toNanos());
        }
        return underWay.stream().map(taken -> taken.what).sorted().toList();
    }
}
