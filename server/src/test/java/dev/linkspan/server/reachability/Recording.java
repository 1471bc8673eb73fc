package dev.linkspan.server.reachability;

import dev.linkspan.core.id.VmId;
import dev.linkspan.server.network.LiveFlow;
import dev.linkspan.server.network.Probe;
import dev.linkspan.server.network.ProbeResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What became of packets, batch by batch, as texts: so that it can be compared with what a mutant says, which shares no
 * class but the JDK's.
 */
final class Recording {

    private final List<Map<String, String>> batches = new ArrayList<>();

    List<Map<String, String>> batches() {
        return batches;
    }

    /** Carries packets as another carrier does, and notes what becomes of them. */
    Carrier of(Carrier carrier) {
        return new Carrier() {
            @Override
            public void settle(Set<VmId> passingOn) {
                carrier.settle(passingOn);
            }

            @Override
            public Map<Probe, ProbeResult> surprises(Map<Probe, ProbeResult> expected) {
                Map<Probe, ProbeResult> surprises = carrier.surprises(expected);
                Map<String, String> batch = new LinkedHashMap<>();
                expected.forEach((probe, wanted) -> batch.put(
                        probe.toString(), surprises.getOrDefault(probe, wanted).toString()));
                batches.add(batch);
                return surprises;
            }

            @Override
            public Optional<LiveFlow> connect(Probe.Tcp first, VmId to) {
                return Optional.empty();
            }

            @Override
            public void close() {
                carrier.close();
            }
        };
    }

    /** Knows what became of the same packets before. */
    static Carrier again(List<Map<String, String>> batches) {
        List<Map<String, String>> left = new ArrayList<>(batches);
        return new Carrier() {
            @Override
            public void settle(Set<VmId> passingOn) {}

            // That something differs is known, and not what happened, which nobody asks about.
            @Override
            public Map<Probe, ProbeResult> surprises(Map<Probe, ProbeResult> expected) {
                Map<String, String> batch = left.removeFirst();
                Map<Probe, ProbeResult> surprises = new LinkedHashMap<>(expected);
                surprises
                        .entrySet()
                        .removeIf(entry -> entry.getValue()
                                .toString()
                                .equals(batch.get(entry.getKey().toString())));
                return surprises;
            }

            @Override
            public Optional<LiveFlow> connect(Probe.Tcp first, VmId to) {
                return Optional.empty();
            }

            @Override
            public void close() {}
        };
    }
}
