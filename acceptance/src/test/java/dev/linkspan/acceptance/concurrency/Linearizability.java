package dev.linkspan.acceptance.concurrency;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/*
 * The search
 *
 * A history is linearizable when its operations can be put in an order that keeps what was over before something else
 * began in front of it, and in which every answer is the one that the specification gives. The search is that of Wing and
 * Gong (1993): put one operation after another into the order, go back where none fits. Lowe's addition (2017) makes it
 * feasible: two ways to the same state with the same operations done have the same future, so only one is followed.
 *
 * Two observations keep it small. A look that fits now may be taken at once, without trying the others first: whatever
 * explains the rest explains it with this one in front. (That is true of what can change nothing later either, not of every
 * change that happens to change nothing here: it may be needed later.) And what has no answer need not be in the order at
 * all, so it is tried only where it changes the state.
 */
/** Decides whether a history is explained by a specification. */
final class Linearizability<S, O> {

    private static final int MOST_VISITED = 500_000;

    private final Specification<S, O> specification;
    private final List<Recorded<O>> history;
    private final Set<Place<S>> visited = new HashSet<>();
    private final Deque<Step<S>> path = new ArrayDeque<>();
    private List<Integer> longest = List.of();
    private Place<S> furthest;

    private Linearizability(Specification<S, O> specification, List<Recorded<O>> history) {
        this.specification = specification;
        this.history = history.stream()
                .sorted(Comparator.comparingLong(Recorded::invoked))
                .toList();
        this.furthest = new Place<>(new BitSet(), specification.initial());
    }

    /** What is in the order already, and the state that it leads to. */
    private record Place<S>(BitSet done, S state) {

        Place<S> then(int index, S next) {
            BitSet more = (BitSet) done.clone();
            more.set(index);
            return new Place<>(more, next);
        }
    }

    /** An operation put into the order, and what has not been tried after it. */
    private record Step<S>(int index, Deque<Move<S>> untried) {}

    private record Move<S>(int index, Place<S> place) {}

    static <S, O> Verdict<S, O> check(Specification<S, O> specification, List<Recorded<O>> history) {
        return new Linearizability<>(specification, history).search();
    }

    private Verdict<S, O> search() {
        Place<S> start = furthest;
        visited.add(start);
        path.push(new Step<>(-1, moves(start)));
        if (isComplete(start)) {
            return new Verdict.Explained<>(List.of());
        }
        while (!path.isEmpty()) {
            Move<S> move = path.peek().untried().poll();
            if (move == null) {
                path.pop();
            } else if (visited.add(move.place())) {
                path.push(new Step<>(move.index(), moves(move.place())));
                remember(move.place());
                if (isComplete(move.place())) {
                    return new Verdict.Explained<>(operations(longest));
                }
                if (visited.size() > MOST_VISITED) {
                    return new Verdict.Undecided<>(visited.size());
                }
            }
        }
        return new Verdict.Unexplained<>(operations(longest), furthest.state(), stuck());
    }

    /** Everything that may come next and fits; only one move where that changes nothing. */
    private Deque<Move<S>> moves(Place<S> place) {
        Deque<Move<S>> moves = new ArrayDeque<>();
        for (int index : candidates(place.done())) {
            Recorded<O> candidate = history.get(index);
            for (S next : specification.after(place.state(), candidate.operation())) {
                Move<S> move = new Move<>(index, place.then(index, next));
                boolean changes = !next.equals(place.state());
                if (!changes && candidate.isAnswered() && specification.isOver(next, candidate.operation())) {
                    return new ArrayDeque<>(List.of(move));
                }
                if (changes || candidate.isAnswered()) {
                    moves.add(move);
                }
            }
        }
        return moves;
    }

    /** Those before which nothing has to come that is not done yet; what was answered first, first. */
    private List<Integer> candidates(BitSet done) {
        List<Integer> candidates = new ArrayList<>();
        long earliestReturn = Recorded.NEVER;
        int index = done.nextClearBit(0);
        while (index < history.size() && history.get(index).invoked() <= earliestReturn) {
            candidates.add(index);
            earliestReturn = Math.min(earliestReturn, history.get(index).returned());
            index = done.nextClearBit(index + 1);
        }
        long limit = earliestReturn;
        candidates.removeIf(candidate -> history.get(candidate).invoked() > limit);
        candidates.sort(
                Comparator.comparingLong(candidate -> history.get(candidate).returned()));
        return candidates;
    }

    private boolean isComplete(Place<S> place) {
        int index = place.done().nextClearBit(0);
        while (index < history.size() && !history.get(index).isAnswered()) {
            index = place.done().nextClearBit(index + 1);
        }
        return index >= history.size();
    }

    private void remember(Place<S> place) {
        if (path.size() - 1 > longest.size()) {
            List<Integer> order = new ArrayList<>();
            path.descendingIterator().forEachRemaining(step -> order.add(step.index()));
            longest = order.subList(1, order.size());
            furthest = place;
        }
    }

    private List<Recorded<O>> operations(List<Integer> order) {
        return order.stream().map(history::get).toList();
    }

    private List<Recorded<O>> stuck() {
        return operations(candidates(furthest.done()).stream()
                .filter(index -> history.get(index).isAnswered())
                .toList());
    }
}
