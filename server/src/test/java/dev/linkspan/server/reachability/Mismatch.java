package dev.linkspan.server.reachability;

import dev.linkspan.core.reachability.Trace;
import dev.linkspan.server.network.ProbeResult;
import dev.linkspan.server.random.RecordLine;
import java.util.stream.Collectors;

/**
 * Something that the analysis says and the wire does not do.
 *
 * @param step what was sent, or the connection
 */
record Mismatch(Step step, String told) {

    static Mismatch of(Step.Send send, ProbeResult was, ProbeResult expected, Trace trace) {
        return new Mismatch(send, """
                %s
                on the wire: %s
                analysis:    %s
                %s""".formatted(RecordLine.of(send), inWords(was), inWords(expected), inWords(trace)));
    }

    static Mismatch ofFlow(Step.Connect connect, boolean passes, Trace trace) {
        return new Mismatch(
                connect, """
                %s
                on the wire: %s
                analysis:    otherwise
                %s""".formatted(RecordLine.of(connect), passes ? "goes on" : "is cut", inWords(trace)));
    }

    private static String inWords(ProbeResult result) {
        String receivers = result.receivers().isEmpty() ? "nobody" : String.join(", ", result.receivers());
        return "received by %s, %s".formatted(receivers, result.answered() ? "answered" : "not answered");
    }

    private static String inWords(Trace trace) {
        return trace.steps().stream()
                .map(step -> "  %s%s"
                        .formatted(
                                step,
                                step.blockReason().map(it -> "  <-- " + it).orElse("")))
                .collect(Collectors.joining("\n"));
    }
}
