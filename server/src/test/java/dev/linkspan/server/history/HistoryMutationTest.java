package dev.linkspan.server.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

/** Breaks what filters, routes and forgets flows, in one place at a time, and demands that the packets of histories show it. */
@Slow
class HistoryMutationTest {

    private static final int HISTORIES = 20;

    /** What a broken product says of itself is of no interest. */
    private static final Logger LOG = Logger.getLogger("dev.linkspan");

    @BeforeAll
    static void be_quiet() throws InterruptedException {
        assumeTrue(Boolean.getBoolean("linkspan.long"), "it takes three minutes: --long");
        NamespaceFolder.assumePermitted();
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void be_loud() {
        LOG.setLevel(null);
    }

    private static List<Mutation> mutations() {
        return MutationRun.table("history-mutations.txt");
    }

    private static Optional<String> killer(Map<String, String> sources) {
        return new Mutant(sources).apply(FixedHistories.class, HISTORIES);
    }

    @Test
    void every_mutation_is_noticed() {
        MutationRun.demandNoticed(MutationRun.chosen(mutations()), mutation -> killer(mutation.sources()));
    }

    /** Else it would be the compiling or the loading that is noticed. */
    @Test
    void the_same_sources_unchanged_are_not() {
        assertThat(killer(MutationRun.unchanged(mutations()))).isEmpty();
    }
}
