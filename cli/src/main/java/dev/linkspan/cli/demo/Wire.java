package dev.linkspan.cli.demo;

import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Caller;
import dev.linkspan.cli.network.Networks;
import dev.linkspan.cli.network.VmAccess;
import dev.linkspan.cli.wire.Probes;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The network of the demo's server, and when it has caught up with the API. */
final class Wire implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Caller operator;
    private final Probes probes;
    private final Runnable caches;

    private Wire(Caller operator, Probes probes, Runnable caches) {
        this.operator = operator;
        this.probes = probes;
        this.caches = caches;
    }

    static Wire of(Caller operator) {
        Answer status = operator.ask("ReadStatus");
        VmAccess access = Networks.named(status.text("Network", "Driver"))
                .flatMap(network -> network.vmAccess(status.at("Network")))
                .orElseThrow(() -> new IllegalStateException("the demo's server carries no packets"));
        return new Wire(operator, new Probes(access), () -> {});
    }

    /**
     * One whose machines are entered in this way.
     *
     * @param caches waits until nothing is forwarded any more by what was so earlier
     */
    static Wire of(Caller operator, VmAccess access, Runnable caches) {
        return new Wire(operator, new Probes(access), caches);
    }

    Probes probes() {
        return probes;
    }

    /** Waits until everything that the API has answered is on the wire. */
    void settle() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!settled()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the network did not catch up within " + PATIENCE.toSeconds() + " s");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** The same, before something is expected that does not arrive. */
    void settleForSilence() {
        settle();
        caches.run();
    }

    private boolean settled() {
        Answer status = operator.ask("ReadStatus");
        return status.at("Network", "Failing").isEmpty()
                && status.at("Network", "AppliedSequence").asLong()
                        >= status.at("Network", "LastSequence").asLong();
    }

    @Override
    public void close() {
        probes.close();
    }
}
