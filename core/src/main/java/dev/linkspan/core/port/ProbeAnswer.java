package dev.linkspan.core.port;

import java.time.Duration;
import java.util.Optional;

/**
 * What came of a probe.
 *
 * @param sent whether the machine's kernel knew where to send it
 * @param roundTrip how long the answer took, where one came; that nobody listens is an answer too
 * @param detail one sentence for people
 */
public record ProbeAnswer(boolean sent, Optional<Duration> roundTrip, String detail) {

    public static ProbeAnswer answered(Duration roundTrip, String detail) {
        return new ProbeAnswer(true, Optional.of(roundTrip), detail);
    }

    public static ProbeAnswer silence(String detail) {
        return new ProbeAnswer(true, Optional.empty(), detail);
    }

    public static ProbeAnswer notSent(String detail) {
        return new ProbeAnswer(false, Optional.empty(), detail);
    }
}
