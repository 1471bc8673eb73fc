package dev.linkspan.server.reachability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Slow;
import dev.linkspan.server.network.linux.namespace.NamespaceFolder;
import dev.linkspan.server.random.Mutant;
import dev.linkspan.server.random.Mutation;
import dev.linkspan.server.random.MutationRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Breaks the analysis or what makes the network, in one place at a time, and demands that packets show it. A broken network
 * carries the packets of fixed scenarios; a broken analysis is compared with what became of them on the real one.
 */
@Slow
class WireMutationTest {

    /** Those that notice what was written for none of them: enough for the rarest of the cases. */
    private static final List<String> DRAWN = NamedScenarios.drawn(40);

    /** What a broken product says of itself is of no interest. */
    private static final Logger LOG = Logger.getLogger("dev.linkspan");

    private static Map<String, List<Map<String, String>>> recorded = Map.of();

    @BeforeAll
    static void record() throws InterruptedException {
        NamespaceFolder.assumePermitted();
        LOG.setLevel(Level.OFF);
        recorded = FixedTrials.recorded(needed());
    }

    @AfterAll
    static void beLoud() {
        LOG.setLevel(null);
    }

    private static List<Mutation> mutations() {
        return MutationRun.table("wire-mutations.txt");
    }

    private static List<String> scenarios(Mutation mutation) {
        return mutation.noticedBy().map(List::of).orElse(DRAWN);
    }

    /** What the mutations take that are tried in this run. */
    private static List<String> needed() {
        return MutationRun.chosen(mutations()).stream()
                .flatMap(mutation -> scenarios(mutation).stream())
                .distinct()
                .toList();
    }

    private static boolean isOfTheNetwork(Mutation mutation) {
        return mutation.isIn("core.planner") || mutation.isIn("server.network");
    }

    private static Optional<String> killer(Map<String, String> sources, boolean ofTheNetwork, List<String> scenarios) {
        Mutant mutant = new Mutant(sources);
        Map<String, List<Map<String, String>>> known = new TreeMap<>(recorded);
        known.keySet().retainAll(scenarios);
        return ofTheNetwork ? onWire(mutant, scenarios) : mutant.apply(FixedTrials.OnRecord.class, known);
    }

    /**
     * One network at a time: libnftables waits for the kernel by {@code select}, which takes no file descriptor beyond 1,023 and ends the
     * process instead, and the machines of two networks have more sockets than that.
     */
    private static synchronized Optional<String> onWire(Mutant mutant, List<String> scenarios) {
        return mutant.apply(FixedTrials.OnWire.class, scenarios);
    }

    @Test
    void every_mutation_is_noticed() {
        MutationRun.demandNoticed(
                MutationRun.chosen(mutations()),
                mutation -> killer(mutation.sources(), isOfTheNetwork(mutation), scenarios(mutation)));
    }

    /** Else it would be the compiling or the loading that is noticed. */
    @Test
    void the_same_sources_unchanged_are_not() {
        Map<String, String> sources = MutationRun.unchanged(mutations());
        assertThat(killer(sources, false, needed())).isEmpty();
        assertThat(killer(sources, true, needed())).isEmpty();
    }
}
