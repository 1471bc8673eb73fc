package dev.linkspan.core.peering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.peering.LifecycleMatrix.Action;
import dev.linkspan.core.peering.LifecycleMatrix.Party;
import dev.linkspan.core.peering.LifecycleMatrix.Situation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/lifecycle.md} equal to what peerings do. */
class LifecycleDocumentTest {

    private static final String REGENERATE =
            "./mvnw -pl core test -Dtest=LifecycleDocumentTest -Dlinkspan.docs.write=true";

    private static final String HEAD = """
            # The life of a Net peering

            What each action does in each state. This page is made from the code: after a change there, run
            `%s`.

            The *requester* owns the source Net, the *accepter* the Net that was asked for. An account that owns both Nets
            may do what either of them may. To everybody else the peering does not exist.

            | state | accept, by the accepter | reject, by the accepter | delete, by the requester | delete, by the accepter |
            |---|---|---|---|---|
            """.formatted(REGENERATE);

    private static final String TAIL = """

            - *unchanged*: the call succeeds and nothing happens, so that it can be retried.
            - *refused: state* and *refused: party*: an error that changes nothing. The requester's accepting or rejecting is
              always *refused: party*.
            - A request that is not answered within 7 days is `expired` from that instant on.
            - %s, then its id is unknown.
            """.formatted(shown());

    /** How long each dead state is shown, those that are shown equally long together. */
    private static String shown() {
        Map<Duration, List<String>> states = new TreeMap<>();
        Stream.of(PeeringStateName.values())
                .filter(state -> !state.shownFor().equals(PeeringStateName.ACTIVE.shownFor()))
                .forEach(state -> states.computeIfAbsent(state.shownFor(), _ -> new ArrayList<>())
                        .add("`%s`".formatted(state.label())));
        return states.entrySet().stream()
                .map(entry -> "What is %s stays visible for %d minutes"
                        .formatted(
                                String.join(", ", entry.getValue()),
                                entry.getKey().toMinutes()))
                .collect(Collectors.joining("; "));
    }

    @Test
    @Rule("L1")
    void the_document_tells_what_the_code_does() throws IOException {
        Path document = Path.of(System.getProperty("linkspan.root", ".."), "docs", "lifecycle.md");
        String rendered = HEAD
                + Stream.of(Situation.values()).map(LifecycleDocumentTest::row).collect(Collectors.joining())
                + TAIL;
        if (Boolean.getBoolean("linkspan.docs.write")) {
            Files.createDirectories(document.getParent());
            Files.writeString(document, rendered);
        }

        assertThat(Files.readString(document))
                .as("docs/lifecycle.md is out of date; regenerate it with: %s", REGENERATE)
                .isEqualTo(rendered);
    }

    private static String row(Situation situation) {
        List<String> cells = List.of(
                situation.label,
                LifecycleMatrix.outcome(situation, Action.ACCEPT, Party.ACCEPTER),
                LifecycleMatrix.outcome(situation, Action.REJECT, Party.ACCEPTER),
                LifecycleMatrix.outcome(situation, Action.DELETE, Party.REQUESTER),
                LifecycleMatrix.outcome(situation, Action.DELETE, Party.ACCEPTER));
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
