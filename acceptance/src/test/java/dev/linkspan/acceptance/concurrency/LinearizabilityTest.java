package dev.linkspan.acceptance.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The checker itself, on a register that is written, read and compared. */
class LinearizabilityTest {

    private static final Register REGISTER = new Register();

    /** Writes or reads a number; a change swaps one for another where it finds it, and answers whether it did. */
    private sealed interface Use {
        record Write(int value) implements Use {}

        record Read(int value) implements Use {}

        record Change(int from, int to, boolean done) implements Use {}

        record Lost(int value) implements Use {}
    }

    private record Register() implements Specification<Integer, Use> {

        @Override
        public Integer initial() {
            return 0;
        }

        @Override
        public List<Integer> after(Integer state, Use use) {
            return switch (use) {
                case Use.Write(int value) -> List.of(value);
                case Use.Lost(int value) -> List.of(value);
                case Use.Read(int value) -> value == state ? List.of(state) : List.of();
                case Use.Change(int from, int to, boolean done) ->
                    done == (state == from) ? List.of(done ? to : state) : List.of();
            };
        }

        @Override
        public String expected(Integer state, Use use) {
            return state.toString();
        }

        @Override
        public boolean onlyLooks(Use use) {
            return use instanceof Use.Read;
        }

        @Override
        public boolean isOver(Integer state, Use use) {
            return onlyLooks(use);
        }
    }

    private static Recorded<Use> at(long from, long to, Use use) {
        return new Recorded<>(use, from, to);
    }

    private static boolean isExplained(List<Recorded<Use>> history) {
        return Linearizability.check(REGISTER, history) instanceof Verdict.Explained;
    }

    @Test
    void nothing_is_explained() {
        assertThat(isExplained(List.of())).isTrue();
    }

    @Test
    void a_read_sees_a_write_that_was_under_way_or_does_not() {
        Recorded<Use> write = at(0, 10, new Use.Write(1));

        assertThat(isExplained(List.of(write, at(1, 9, new Use.Read(1))))).isTrue();
        assertThat(isExplained(List.of(write, at(1, 9, new Use.Read(0))))).isTrue();
        assertThat(isExplained(List.of(write, at(1, 9, new Use.Read(2))))).isFalse();
    }

    @Test
    void a_read_does_not_go_back_in_time() {
        Recorded<Use> write = at(0, 10, new Use.Write(1));

        assertThat(isExplained(List.of(write, at(1, 2, new Use.Read(0)), at(3, 4, new Use.Read(1)))))
                .isTrue();
        assertThat(isExplained(List.of(write, at(1, 2, new Use.Read(1)), at(3, 4, new Use.Read(0)))))
                .isFalse();
    }

    @Test
    void what_was_over_is_not_moved_behind_what_began_later() {
        assertThat(isExplained(List.of(at(0, 1, new Use.Write(1)), at(2, 3, new Use.Read(0)))))
                .isFalse();
        assertThat(isExplained(List.of(at(0, 2, new Use.Write(1)), at(2, 3, new Use.Read(0)))))
                .isTrue();
    }

    @Test
    void what_was_never_answered_happens_at_any_time_or_never() {
        Recorded<Use> lost = at(0, Recorded.NEVER, new Use.Lost(1));

        assertThat(isExplained(List.of(lost, at(5, 6, new Use.Read(0))))).isTrue();
        assertThat(isExplained(List.of(lost, at(5, 6, new Use.Read(0)), at(7, 8, new Use.Read(1)))))
                .isTrue();
        assertThat(isExplained(List.of(lost, at(5, 6, new Use.Read(1)), at(7, 8, new Use.Read(0)))))
                .isFalse();
        assertThat(isExplained(List.of(at(3, Recorded.NEVER, new Use.Lost(1)), at(1, 2, new Use.Read(1)))))
                .isFalse();
    }

    @Test
    void what_cannot_be_explained_is_told() {
        List<Recorded<Use>> history =
                List.of(at(0, 1, new Use.Write(1)), at(2, 3, new Use.Read(1)), at(4, 5, new Use.Read(0)));

        assertThat(Linearizability.check(REGISTER, history))
                .isEqualTo(new Verdict.Unexplained<>(history.subList(0, 2), 1, history.subList(2, 3)));
    }

    @Test
    void an_inexplicable_history_is_cut_down_to_what_contradicts() {
        List<Recorded<Use>> history = List.of(
                at(0, 1, new Use.Write(1)),
                at(0, 30, new Use.Write(7)),
                at(2, 3, new Use.Read(1)),
                at(4, 5, new Use.Read(0)),
                at(5, 6, new Use.Read(1)),
                at(7, 9, new Use.Write(4)),
                at(10, 12, new Use.Read(8)));

        assertThat(new Reduction<>(REGISTER).of(history))
                .containsExactly(
                        at(0, 1, new Use.Write(1)), at(0, Recorded.NEVER, new Use.Write(7)), at(4, 5, new Use.Read(0)));
    }

    @Test
    void the_verdict_is_that_of_trying_every_order() {
        Random random = new Random(20261122);
        int explained = 0;
        int total = 4_000;
        for (int i = 0; i < total; i++) {
            List<Recorded<Use>> history = randomHistory(random, 1 + random.nextInt(6));
            boolean some = someOrderExplains(history, new ArrayList<>(), 0);
            assertThat(isExplained(history)).as(history::toString).isEqualTo(some);
            explained += some ? 1 : 0;
        }
        assertThat(explained).isBetween(total / 10, total * 9 / 10);
    }

    private static List<Recorded<Use>> randomHistory(Random random, int size) {
        return IntStream.range(0, size)
                .mapToObj(_ -> {
                    long from = random.nextInt(12);
                    Use use = switch (random.nextInt(7)) {
                        case 0, 1 -> new Use.Write(random.nextInt(3));
                        case 2 -> new Use.Lost(random.nextInt(3));
                        case 3 -> new Use.Change(random.nextInt(3), random.nextInt(3), random.nextBoolean());
                        default -> new Use.Read(random.nextInt(3));
                    };
                    return at(from, use instanceof Use.Lost ? Recorded.NEVER : from + random.nextInt(9), use);
                })
                .toList();
    }

    /** Every order of every choice among those that were never answered, without any cleverness. */
    private static boolean someOrderExplains(List<Recorded<Use>> left, List<Recorded<Use>> order, int state) {
        if (left.stream().noneMatch(Recorded::isAnswered)) {
            return true;
        }
        for (Recorded<Use> next : left) {
            List<Recorded<Use>> others = new ArrayList<>(left);
            others.remove(next);
            if (others.stream().anyMatch(other -> other.precedes(next))) {
                continue;
            }
            order.add(next);
            for (int after : REGISTER.after(state, next.operation())) {
                if (someOrderExplains(others, order, after)) {
                    return true;
                }
            }
            order.removeLast();
        }
        return false;
    }
}
