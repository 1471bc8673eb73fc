package dev.linkspan.server.reachability;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.reachability.Step.Appliance;
import dev.linkspan.core.reachability.Step.Arriving;
import dev.linkspan.core.reachability.Step.Crossing;
import dev.linkspan.core.reachability.Step.Leaving;
import dev.linkspan.core.reachability.Step.Translating;
import dev.linkspan.core.reachability.Trace;
import dev.linkspan.server.network.LiveFlow;
import dev.linkspan.server.network.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Connections that were made while the network let them, and live or are cut with it (R6, S3). */
final class Flows implements AutoCloseable {

    /** Beside as long as the way was closed: TCP doubles its waits, so none is longer than all before it (RFC 6298). */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration SILENCE = Duration.ofMillis(60);

    private final Carrier carrier;
    private final Coverage coverage;
    private final Expectation expectation;
    private final List<Open> all = new ArrayList<>();

    /**
     * A connection.
     *
     * @param way through which peering, NAT service and appliances it was made, and as whom its ends were seen; it lives in no
     *     others (P13, X2)
     * @param lastPassed when something came through last (in {@link System#nanoTime()})
     */
    private record Open(Step.Connect step, LiveFlow flow, Probe.Tcp first, List<Object> way, AtomicLong lastPassed) {

        Duration closed() {
            return Duration.ofNanos(System.nanoTime() - lastPassed.get());
        }
    }

    Flows(Carrier carrier, Coverage coverage, Expectation expectation) {
        this.carrier = carrier;
        this.coverage = coverage;
        this.expectation = expectation;
    }

    /** Makes a connection, where the analysis says that it can be made. */
    boolean open(Questions questions, VmId from, Step.Connect step) {
        Probe.Tcp probe = new Probe.Tcp(from.value(), Ipv4.parse(step.to()), step.port());
        Trace trace = questions.about(probe);
        Optional<VmId> receiver = Expectation.receiver(trace);
        if (!expectation.isAnswered(trace)
                || receiver.isEmpty()
                || receiver.get().equals(from)) {
            return false;
        }
        Optional<LiveFlow> flow = carrier.connect(probe, receiver.get());
        flow.ifPresent(it -> all.add(new Open(step, it, probe, way(trace), new AtomicLong(System.nanoTime()))));
        return flow.isPresent();
    }

    private static List<Object> way(Trace trace) {
        return trace.steps().stream()
                .<Object>flatMap(step -> switch (step) {
                    case Crossing crossing -> crossing.peering().stream();
                    case Translating translating -> Stream.of(translating.service());
                    case Appliance appliance -> Stream.of(appliance.vm());
                    case Leaving leaving -> leaving.seenAs().stream();
                    case Arriving arriving -> Stream.of(arriving.to());
                    default -> Stream.empty();
                })
                .toList();
    }

    /**
     * Sends something over each, which must pass exactly where a new packet would. Where replies alone have no way nothing
     * can be said: without acknowledgements TCP soon sends nothing new.
     */
    Optional<Mismatch> check(Questions questions) {
        for (Open open : all) {
            if (!questions.isSender(open.first())) {
                continue;
            }
            Trace trace = questions.about(open.first());
            boolean same = way(trace).equals(open.way());
            if (same && expectation.arrives(trace) && !expectation.isAnswered(trace)) {
                continue;
            }
            boolean may = same && expectation.isAnswered(trace);
            boolean passes = passes(open.flow(), may ? PATIENCE.plus(open.closed()) : SILENCE);
            if (passes != may) {
                return Optional.of(Mismatch.ofFlow(open.step(), passes, trace));
            }
            if (passes) {
                open.lastPassed().set(System.nanoTime());
            }
            coverage.flow(open.first(), passes);
        }
        return Optional.empty();
    }

    private static boolean passes(LiveFlow flow, Duration patience) {
        try {
            return flow.passesForward(patience);
        } catch (IOException closed) {
            return false;
        }
    }

    @Override
    public void close() {
        for (Open open : all) {
            try {
                open.flow().close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
