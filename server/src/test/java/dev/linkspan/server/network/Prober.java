package dev.linkspan.server.network;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sends real packets between machines and sees who receives them. */
public interface Prober extends AutoCloseable {

    /**
     * The probes that fare otherwise than expected, and how. What arrives without being expected is one at once: it cannot
     * be a coincidence. What is missing is sent again a few times, since a packet may be lost while the machine is busy.
     */
    Map<Probe, ProbeResult> surprises(Map<? extends Probe, ProbeResult> expected);

    /** Demands that each probe fares as expected: that there are no {@link #surprises}. */
    default void demand(Map<? extends Probe, ProbeResult> expected) {
        Map<Probe, ProbeResult> surprises = surprises(expected);
        if (!surprises.isEmpty()) {
            List<String> lines = new ArrayList<>();
            surprises.forEach((probe, was) -> {
                ProbeResult wanted = expected.getOrDefault(probe, ProbeResult.LOST);
                String what = was.exceeds(wanted) ? "must not arrive" : "must arrive";
                lines.add("%s: %s was %s, expected %s".formatted(what, probe, was, wanted));
            });
            throw new AssertionError(String.join("\n", lines));
        }
    }

    @Override
    void close() throws IOException;
}
