package dev.linkspan.server.host.protocol;

import dev.linkspan.core.port.ProbeAnswer;
import dev.linkspan.server.api.json.Required;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * What came of a {@link HostTask}.
 *
 * @param probe what came of a probe
 * @param failure why the task was not done, where it was not
 */
public record TaskResult(@Required UUID taskId, Optional<ProbeResult> probe, Optional<String> failure) {

    private static final int NANOS_PER_MICRO = 1000;

    /**
     * What came of a probe, as {@link ProbeAnswer} has it.
     *
     * @param roundTripMicros how long the answer took, where one came
     */
    public record ProbeResult(
            @Required boolean sent,
            Optional<Long> roundTripMicros,
            @Required String detail) {

        /** The answer of the host's machine. */
        public ProbeAnswer answer() {
            return new ProbeAnswer(
                    sent, roundTripMicros.map(micros -> Duration.ofNanos(micros * NANOS_PER_MICRO)), detail);
        }
    }

    /** Of a probe. */
    public static TaskResult of(UUID task, ProbeAnswer answer) {
        return new TaskResult(
                task,
                Optional.of(new ProbeResult(
                        answer.sent(),
                        answer.roundTrip().map(Duration::toNanos).map(nanos -> nanos / NANOS_PER_MICRO),
                        answer.detail())),
                Optional.empty());
    }

    /** Of a task that was not done. */
    public static TaskResult failed(UUID task, String why) {
        return new TaskResult(task, Optional.empty(), Optional.of(why));
    }
}
