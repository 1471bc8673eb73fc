package dev.linkspan.server.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Slow;
import dev.linkspan.server.random.Mutant;
import dev.linkspan.server.random.Mutation;
import dev.linkspan.server.random.MutationRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Breaks the product on purpose, in one place at a time, and demands that random calls against the model notice: every cell
 * of the matrix, every boundary, every limit, and what else the rules P and L say.
 */
@Slow
class MutationTest {

    /** What a broken product says of itself is of no interest. */
    private static final Logger LOG = Logger.getLogger("dev.linkspan");

    @BeforeAll
    static void beQuiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void beLoud() {
        LOG.setLevel(null);
    }

    private static List<Mutation> mutations() {
        return Stream.concat(MatrixMutations.all().stream(), MutationRun.table("mutations.txt").stream())
                .toList();
    }

    private static Optional<String> killer(Map<String, String> sources, boolean onDatabase, long seed) {
        Class<? extends Function<Long, Optional<String>>> trials =
                onDatabase ? FixedTrials.OnSqlite.class : FixedTrials.InMemory.class;
        return new Mutant(sources).apply(trials, seed);
    }

    @Test
    void every_mutation_is_noticed() {
        MutationRun.demandNoticed(
                MutationRun.chosen(mutations()),
                mutation -> killer(mutation.sources(), mutation.isIn("server.store"), mutation.seed()));
    }

    /** Else it would be the compiling or the loading that is noticed. */
    @Test
    void the_same_sources_unchanged_are_not() {
        Map<String, String> sources = MutationRun.unchanged(mutations());
        assertThat(killer(sources, false, 0)).isEmpty();
        assertThat(killer(sources, true, 0)).isEmpty();
    }

    @Test
    void a_mutation_of_what_is_not_there_is_refused() {
        Mutation stale = Mutation.table("""
                # stale
                in core: peering.NetPeering
                - this is not there
                + nor this
                """).getFirst();
        assertThatThrownBy(stale::sources).hasMessageContaining("this is not there");
    }
}
