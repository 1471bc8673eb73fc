package dev.linkspan.server.network.netns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Sends real packets between VMs and sees who receives them: it holds sockets in every VM's namespace, in one process. All
 * probes of a batch are sent before anything is waited for, so what does not arrive costs one short wait, not one each.
 */
public final class Prober implements AutoCloseable {

    private static final Duration QUIET = Duration.ofMillis(15);
    private static final List<Duration> SECOND_CHANCES =
            List.of(Duration.ofMillis(50), Duration.ofMillis(300), Duration.ofMillis(1200));
    private static final long PAUSE_NANOS = 200_000;

    private final Map<String, ProbeEnd> ends;
    private long lastTag;

    private Prober(Map<String, ProbeEnd> ends) {
        this.ends = ends;
    }

    /** Listens in each VM on each port, for UDP and TCP. */
    public static Prober among(Collection<NetworkNamespace> vms, Set<Integer> ports) {
        return new Prober(
                vms.stream().collect(Collectors.toMap(NetworkNamespace::name, vm -> ProbeEnd.listen(vm, ports))));
    }

    /** Sends the probes, and waits until nothing more arrives. */
    public Map<Probe, ProbeResult> probe(Collection<? extends Probe> probes) {
        return probe(probes, QUIET);
    }

    /** Sends one probe, and waits until nothing more arrives. */
    public ProbeResult probe(Probe probe) {
        return probe(List.of(probe)).getOrDefault(probe, ProbeResult.LOST);
    }

    /**
     * Demands that each probe fares as expected. What arrives without being expected fails at once: it cannot be a
     * coincidence. What is missing is sent again a few times, since a packet may be lost while the machine is busy.
     */
    public void demand(Map<? extends Probe, ProbeResult> expected) {
        Map<Probe, ProbeResult> seen = new LinkedHashMap<>(probe(expected.keySet()));
        for (Duration patience : SECOND_CHANCES) {
            failOn(expected, seen, (wanted, was) -> was.exceeds(wanted), "must not arrive");
            List<Probe> missing = expected.keySet().stream()
                    .filter(probe -> !expected.get(probe).equals(seen.get(probe)))
                    .collect(Collectors.toList());
            if (missing.isEmpty()) {
                return;
            }
            probe(missing, patience).forEach((probe, again) -> seen.merge(probe, again, ProbeResult::plus));
        }
        failOn(expected, seen, (wanted, was) -> was.exceeds(wanted), "must not arrive");
        failOn(expected, seen, (wanted, was) -> !was.equals(wanted), "must arrive");
    }

    @Override
    public void close() throws IOException {
        for (ProbeEnd end : ends.values()) {
            end.close();
        }
    }

    private interface Mismatch {
        boolean between(ProbeResult expected, ProbeResult seen);
    }

    private static void failOn(
            Map<? extends Probe, ProbeResult> expected, Map<Probe, ProbeResult> seen, Mismatch mismatch, String what) {
        List<String> lines = new ArrayList<>();
        expected.forEach((probe, wanted) -> {
            ProbeResult was = seen.getOrDefault(probe, ProbeResult.LOST);
            if (mismatch.between(wanted, was)) {
                lines.add("%s: %s, expected %s".formatted(probe, was, wanted));
            }
        });
        if (!lines.isEmpty()) {
            throw new AssertionError(what + ":\n" + String.join("\n", lines));
        }
    }

    private Map<Probe, ProbeResult> probe(Collection<? extends Probe> probes, Duration quiet) {
        Map<Long, Probe> byTag = new LinkedHashMap<>();
        Map<Long, ProbeResult> results = new HashMap<>();
        try {
            for (ProbeEnd end : ends.values()) {
                end.beginBatch();
            }
            for (Probe probe : probes) {
                byTag.put(++lastTag, probe);
                Optional.ofNullable(ends.get(probe.from()))
                        .orElseThrow(() -> new IllegalArgumentException("no sockets in " + probe.from()))
                        .send(probe, lastTag);
            }
            collect(results, quiet);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return byTag.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getValue,
                        entry -> results.getOrDefault(entry.getKey(), ProbeResult.LOST),
                        ProbeResult::plus,
                        LinkedHashMap::new));
    }

    private void collect(Map<Long, ProbeResult> results, Duration quiet) throws IOException {
        long quietSince = System.nanoTime();
        while (System.nanoTime() - quietSince < quiet.toNanos()) {
            boolean arrived = false;
            for (ProbeEnd end : ends.values()) {
                arrived |= end.poll(
                        received -> note(results, received, new ProbeResult(Set.of(end.name()), false)),
                        answered -> note(results, answered, new ProbeResult(Set.of(), true)));
            }
            if (arrived) {
                quietSince = System.nanoTime();
            } else {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static void note(Map<Long, ProbeResult> results, long tag, ProbeResult result) {
        results.merge(tag, result, ProbeResult::plus);
    }
}
