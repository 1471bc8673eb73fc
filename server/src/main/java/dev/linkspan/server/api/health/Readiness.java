package dev.linkspan.server.api.health;

import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.NetworkStatus;
import dev.linkspan.core.port.Store;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a server can do its work: its store can be read and written, its network follows, and it is not stopping. A
 * look takes as long as {@link #PATIENCE} at most, also when the store hangs.
 */
public final class Readiness {

    /** Shorter than the probes of most who ask are patient. */
    static final Duration PATIENCE = Duration.ofMillis(900);

    /** Beyond this the network does not keep up: packets no longer do what was acknowledged. */
    static final Duration LONGEST_LAG = Duration.ofSeconds(30);

    /** Beyond this callers give up. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Store store;
    private final RegionName region;
    private final StoreFacts facts;
    private final NetworkStatus network;
    private volatile boolean stopping;
    private volatile Optional<String> ended = Optional.empty();
    private volatile Supplier<Optional<String>> listenerFailure = Optional::empty;

    /** The look that is under way; one that hangs is not joined by more. */
    private @Nullable CompletableFuture<List<Check>> look;

    /**
     * What only the store itself knows.
     *
     * @param whyNotWritable why the last change failed, where one still would
     * @param schemaVersion the migration that the database is at
     * @param longestChange how long a change has waited, or has been under way
     * @param longestRead how long a read has waited for its turn
     */
    public record StoreFacts(
            Supplier<Optional<String>> whyNotWritable,
            int schemaVersion,
            Supplier<Duration> longestChange,
            Supplier<Duration> longestRead) {

        private Optional<String> whoWaits() {
            return whoWaits("a change", longestChange.get()).or(() -> whoWaits("a read", longestRead.get()));
        }

        private static Optional<String> whoWaits(String what, Duration wait) {
            return wait.compareTo(LONGEST_WAIT) > 0
                    ? Optional.of("%s has waited for %d s: look at the load, and at the log for long calls"
                            .formatted(what, wait.toSeconds()))
                    : Optional.empty();
        }
    }

    /** @param region any that the store holds */
    public Readiness(Store store, RegionName region, StoreFacts facts, NetworkStatus network) {
        this.store = store;
        this.region = region;
        this.facts = facts;
        this.network = network;
    }

    /** From now on the server is not ready, whatever else it can do. */
    public void stop() {
        stopping = true;
    }

    /** From now on the server is neither ready nor well: something has ended that it cannot go on without. */
    public void end(String what) {
        ended = Optional.of(what);
    }

    /** What has ended that the server cannot go on without, if anything. */
    Optional<String> ended() {
        return ended;
    }

    /** @param failure why no connections are accepted at a moment, where none are */
    public void askListener(Supplier<Optional<String>> failure) {
        listenerFailure = failure;
    }

    /** Every check, always in the same order. */
    public List<Check> checks() {
        if (ended.isPresent()) {
            return List.of(Check.failed("serving", ended.get() + " has ended: the server is about to exit"));
        }
        if (stopping) {
            return List.of(Check.failed("serving", "the server is stopping: it finishes what it has accepted"));
        }
        try {
            return look().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException hanging) {
            return List.of(
                    Check.failed("store", "the store does not answer: look at the database and its disk or network"));
        } catch (ExecutionException bug) {
            throw new IllegalStateException("BUG: readiness cannot be told", bug.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of(Check.failed("serving", "the server is stopping"));
        }
    }

    private synchronized CompletableFuture<List<Check>> look() {
        CompletableFuture<List<Check>> current = look;
        if (current == null || current.isDone()) {
            CompletableFuture<List<Check>> next = new CompletableFuture<>();
            Thread.ofVirtual().name("readiness").start(() -> complete(next));
            look = next;
            return next;
        }
        return current;
    }

    private void complete(CompletableFuture<List<Check>> look) {
        try {
            look.complete(List.of(serving(), store(), migrations(), network()));
        } catch (RuntimeException bug) {
            look.completeExceptionally(bug);
        }
    }

    private Check serving() {
        return listenerFailure
                .get()
                .map(why -> Check.failed("serving", "connections cannot be accepted: " + why))
                .orElseGet(() -> Check.passed("serving", "requests are accepted"));
    }

    private Check store() {
        try {
            Optional<String> waiting = facts.whoWaits();
            if (waiting.isPresent()) {
                return Check.failed("store", waiting.get());
            }
            store.read(region, snapshot -> snapshot.events().lastSequence());
            return facts.whyNotWritable()
                    .get()
                    .map(why -> Check.failed("store", why))
                    .orElseGet(() -> Check.passed("store", "it can be read and written"));
        } catch (RuntimeException unreadable) {
            return Check.failed("store", String.valueOf(unreadable.getMessage()));
        }
    }

    /** A server whose migrations fail does not start. */
    private Check migrations() {
        return Check.passed("migrations", "the database has every migration, up to " + facts.schemaVersion());
    }

    private Check network() {
        NetworkStatus.Report report;
        try {
            report = network.report();
        } catch (RuntimeException unreadable) {
            return Check.failed("network", "its progress cannot be told: " + unreadable.getMessage());
        }
        if (report.progress().initialSync().isPresent()) {
            return Check.failed(
                    "network",
                    "what was there at the start is not on the wire yet: "
                            + told(report.progress().initialSync().get()));
        }
        if (report.progress().lag().compareTo(LONGEST_LAG) > 0) {
            return Check.failed(
                    "network",
                    "the network (%s) is %d s behind, %d Nets are waiting: look into the server's log and at its load"
                            .formatted(
                                    report.carrier().name(),
                                    report.progress().lag().toSeconds(),
                                    report.progress().waiting()));
        }
        return Check.passed("network", told(report));
    }

    private static String told(NetworkStatus.InitialSync sync) {
        return sync.of() == 0 ? "its Nets are being counted" : "%d of %d Nets are".formatted(sync.done(), sync.of());
    }

    private static String told(NetworkStatus.Report report) {
        if (report.standingBy()) {
            return report.carrier().name() + ", carried by another server";
        }
        String failing = report.progress().failing().isEmpty()
                ? ""
                : "; Nets that cannot be made as planned: %d ('./linkspan status' says why)"
                        .formatted(report.progress().failing().size());
        return String.format(
                Locale.ROOT,
                "%s, %.1f s behind%s",
                report.carrier().name(),
                report.progress().lag().toMillis() / 1e3,
                failing);
    }
}
