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

    /** Enough for the rarest of the cases. */
    private static final int RECORDED = 40;

    private static final int CARRIED = 40;

    /** What a broken product says of itself is of no interest. */
    private static final Logger LOG = Logger.getLogger("dev.linkspan");

    private static Map<Long, List<Map<String, String>>> recorded = Map.of();

    @BeforeAll
    static void record() throws InterruptedException {
        NamespaceFolder.assumePermitted();
        LOG.setLevel(Level.OFF);
        recorded = FixedTrials.recorded(RECORDED);
    }

    @AfterAll
    static void beLoud() {
        LOG.setLevel(null);
    }

    private static List<Mutation> mutations() {
        return MutationRun.table("wire-mutations.txt");
    }

    private static boolean isOfTheNetwork(Mutation mutation) {
        return mutation.isIn("core.planner") || mutation.isIn("server.network");
    }

    private static Optional<String> killer(Map<String, String> sources, boolean ofTheNetwork) {
        Mutant mutant = new Mutant(sources);
        return ofTheNetwork
                ? mutant.apply(FixedTrials.OnWire.class, CARRIED)
                : mutant.apply(FixedTrials.OnRecord.class, recorded);
    }

    @Test
    void every_mutation_is_noticed() {
        MutationRun.demandNoticed(
                MutationRun.chosen(mutations()), mutation -> killer(mutation.sources(), isOfTheNetwork(mutation)));
    }

    /** Else it would be the compiling or the loading that is noticed. */
    @Test
    void the_same_sources_unchanged_are_not() {
        Map<String, String> sources = MutationRun.unchanged(mutations());
        assertThat(killer(sources, false)).isEmpty();
        assertThat(killer(sources, true)).isEmpty();
    }
}
