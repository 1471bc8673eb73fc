package dev.linkspan.acceptance.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What became of every change that the clients of a load asked for: acknowledged (answered with 2xx), refused (4xx), or
 * unknown (no answer, or 5xx). Audited against the event log, it says what was lost, doubled or made up.
 */
final class Ledger {

    private final Set<String> actors = new HashSet<>();
    private final Map<String, Attempt> acknowledged = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private final List<Attempt> unknown = new ArrayList<>();
    private long acknowledgedInAll;
    private long refusedInAll;
    private long unknownInAll;

    /** Keeps books about this account: whatever it does is done by the load. */
    synchronized void watch(String account) {
        actors.add(account);
    }

    synchronized void acknowledged(String requestId, Attempt attempt) {
        acknowledged.put(requestId, attempt);
        acknowledgedInAll++;
        notifyAll();
    }

    synchronized void refused(String requestId) {
        refused.add(requestId);
        refusedInAll++;
    }

    synchronized void unknown(Attempt attempt) {
        unknown.add(attempt);
        unknownInAll++;
    }

    synchronized long acknowledgedInAll() {
        return acknowledgedInAll;
    }

    synchronized long refusedInAll() {
        return refusedInAll;
    }

    synchronized long unknownInAll() {
        return unknownInAll;
    }

    /** Waits until so many changes are acknowledged; false where they were not in time. */
    synchronized boolean awaitInAll(long changes, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (acknowledgedInAll < changes) {
            long remaining = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (remaining <= 0) {
                return false;
            }
            wait(remaining);
        }
        return true;
    }

    /**
     * Compares what was asked for since the last audit with the events since then; nobody may be asking meanwhile.
     *
     * @return what is wrong; empty where all is well
     */
    synchronized List<String> audit(List<LoggedEvent> events) {
        List<String> faults = new ArrayList<>();
        for (LoggedEvent event :
                events.stream().filter(it -> actors.contains(it.actor())).toList()) {
            Attempt asked = acknowledged.remove(event.requestId());
            if (asked != null) {
                if (!asked.explains(event)) {
                    faults.add("acknowledged was %s, but the log says %s".formatted(asked, event));
                }
            } else if (refused.contains(event.requestId())) {
                faults.add("refused, and yet there is " + event);
            } else if (!wasUnknown(event)) {
                faults.add("nobody asked for, or it is there twice: " + event);
            }
        }
        acknowledged.forEach((id, lost) -> faults.add("LOST: %s, acknowledged in answer %s".formatted(lost, id)));
        acknowledged.clear();
        refused.clear();
        unknown.clear();
        return faults;
    }

    private boolean wasUnknown(LoggedEvent event) {
        for (Attempt attempt : unknown) {
            if (attempt.explains(event)) {
                unknown.remove(attempt);
                return true;
            }
        }
        return false;
    }
}
