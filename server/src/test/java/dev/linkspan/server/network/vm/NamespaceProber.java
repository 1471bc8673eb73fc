package dev.linkspan.server.network.vm;

import dev.linkspan.server.network.Probe;
import dev.linkspan.server.network.ProbeResult;
import dev.linkspan.server.network.Prober;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends real packets between VMs and sees who receives them: it holds sockets in every VM's namespace, in one process. All
 * probes of a batch are sent before anything is waited for, so what does not arrive costs one short wait, not one each.
 */
public final class NamespaceProber implements Prober {

    private static final Duration QUIET = Duration.ofMillis(15);
    /**
     * The last one is sent more than a second after the first: the kernel looks after some links once a second only, and
     * until then such a link, whose other end came up, drops what it should send.
     */
    private static final List<Duration> SECOND_CHANCES =
            List.of(Duration.ofMillis(50), Duration.ofMillis(1200), Duration.ofMillis(300));

    private static final long PAUSE_NANOS = 200_000;

    /** No two probers use the same number: what comes late must not be taken for another one's. */
    private static final AtomicLong LAST_TAG = new AtomicLong();

    private final Map<String, ProbeEnd> ends;

    private NamespaceProber(Map<String, ProbeEnd> ends) {
        this.ends = ends;
    }

    /** Listens in each VM on each port, for UDP and TCP. */
    public static NamespaceProber among(Collection<NetworkNamespace> vms, Set<Integer> ports) {
        return new NamespaceProber(
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

    @Override
    public Map<Probe, ProbeResult> surprises(Map<? extends Probe, ProbeResult> expected) {
        Map<Probe, ProbeResult> seen = new LinkedHashMap<>(probe(expected.keySet()));
        for (Duration patience : SECOND_CHANCES) {
            seen.entrySet().removeIf(entry -> entry.getValue().equals(wanted(expected, entry.getKey())));
            if (seen.entrySet().stream()
                    .anyMatch(entry -> entry.getValue().exceeds(wanted(expected, entry.getKey())))) {
                return seen;
            }
            if (seen.isEmpty()) {
                return seen;
            }
            probe(List.copyOf(seen.keySet()), patience)
                    .forEach((probe, again) -> seen.merge(probe, again, ProbeResult::plus));
        }
        seen.entrySet().removeIf(entry -> entry.getValue().equals(wanted(expected, entry.getKey())));
        return seen;
    }

    private static ProbeResult wanted(Map<? extends Probe, ProbeResult> expected, Probe probe) {
        return expected.getOrDefault(probe, ProbeResult.LOST);
    }

    @Override
    public void close() throws IOException {
        for (ProbeEnd end : ends.values()) {
            end.close();
        }
    }

    private Map<Probe, ProbeResult> probe(Collection<? extends Probe> probes, Duration quiet) {
        Map<Long, Probe> byTag = new LinkedHashMap<>();
        Map<Long, ProbeResult> results = new HashMap<>();
        try {
            for (ProbeEnd end : ends.values()) {
                end.beginBatch();
            }
            Map<String, Map<Long, Probe>> bySender = new LinkedHashMap<>();
            for (Probe probe : probes) {
                long tag = LAST_TAG.incrementAndGet();
                byTag.put(tag, probe);
                bySender.computeIfAbsent(probe.from(), _ -> new LinkedHashMap<>())
                        .put(tag, probe);
            }
            bySender.forEach((from, its) -> end(from).send(its));
            collect(byTag, results, quiet);
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

    private ProbeEnd end(String vm) {
        return Optional.ofNullable(ends.get(vm)).orElseThrow(() -> new IllegalArgumentException("no sockets in " + vm));
    }

    private void collect(Map<Long, Probe> sent, Map<Long, ProbeResult> results, Duration quiet) throws IOException {
        long quietSince = System.nanoTime();
        while (System.nanoTime() - quietSince < quiet.toNanos()) {
            boolean arrived = false;
            for (ProbeEnd end : ends.values()) {
                arrived |= end.poll(
                        tag -> note(results, tag, new ProbeResult(Set.of(end.name()), false)),
                        tag -> note(results, tag, answered(sent.get(tag), end.name())));
            }
            if (arrived) {
                quietSince = System.nanoTime();
            } else {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** An answer that another VM than the sender gets has strayed: it has received what is not for it. */
    private static ProbeResult answered(@Nullable Probe sent, String by) {
        boolean own = sent == null || sent.from().equals(by);
        return own ? new ProbeResult(Set.of(), true) : new ProbeResult(Set.of(by), false);
    }

    private static void note(Map<Long, ProbeResult> results, long tag, ProbeResult result) {
        results.merge(tag, result, ProbeResult::plus);
    }
}
