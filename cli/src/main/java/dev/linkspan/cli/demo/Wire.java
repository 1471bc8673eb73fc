package dev.linkspan.cli.demo;

import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Caller;
import dev.linkspan.cli.wire.Namespaces;
import dev.linkspan.cli.wire.Probes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The network of the demo's server, and when it has caught up with the API. */
final class Wire implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Caller operator;
    private final Probes probes;

    private Wire(Caller operator, Probes probes) {
        this.operator = operator;
        this.probes = probes;
    }

    static Wire of(Caller operator) {
        Answer status = operator.ask("ReadStatus");
        Path runFolder = Path.of(status.text("Network", "RunFolder"));
        Namespaces namespaces =
                new Namespaces(runFolder, status.at("Network", "Pid").asLong());
        return new Wire(operator, new Probes(namespaces));
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
