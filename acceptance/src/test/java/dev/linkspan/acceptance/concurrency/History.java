package dev.linkspan.acceptance.concurrency;

import dev.linkspan.acceptance.concurrency.Outcome.Listed;
import dev.linkspan.acceptance.concurrency.Outcome.Seen;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What all clients did in one round.
 *
 * @param start the time when it began
 */
record History(World world, Instant start, List<Recorded<Operation>> operations) {

    static final Comparator<Recorded<Operation>> BY_INVOCATION = Comparator.comparingLong(Recorded::invoked);

    History {
        operations = List.copyOf(operations);
    }

    Lifecycle specification() {
        return Lifecycle.of(world, start, operations);
    }

    /**
     * The same, in parts that hold one pair of Nets each: what happens between two Nets depends on no others, but for
     * quotas. Moving the clock belongs to every part, and reads to those whose peerings they may show.
     */
    List<History> byPair() {
        Map<String, Set<String>> pairs = pairsByPeering();
        return Stream.concat(
                        pairs.values().stream(),
                        operations.stream()
                                .map(recorded -> recorded.operation().call())
                                .flatMap(call -> call instanceof Call.Create(String source, String accepter)
                                        ? Stream.of(pair(source, accepter))
                                        : Stream.empty()))
                .distinct()
                .map(pair -> part(pair, pairs))
                .toList();
    }

    private Map<String, Set<String>> pairsByPeering() {
        Map<String, Set<String>> pairs = new HashMap<>();
        world.peerings().forEach(it -> pairs.put(it.id(), pair(it.source(), it.accepter())));
        operations.stream()
                .flatMap(recorded -> recorded.operation().outcome().shown())
                .forEach(seen -> pairs.put(seen.id(), pair(seen.source(), seen.accepter())));
        return pairs;
    }

    private static Set<String> pair(String one, String other) {
        return new TreeSet<>(Set.of(one, other));
    }

    private History part(Set<String> pair, Map<String, Set<String>> pairs) {
        List<Recorded<Operation>> concerned = operations.stream()
                .filter(recorded -> concerns(recorded.operation().call(), pair, pairs))
                .map(recorded ->
                        new Recorded<>(seenFrom(pair, recorded.operation()), recorded.invoked(), recorded.returned()))
                .toList();
        return new History(world.between(pair), start, concerned);
    }

    private static boolean concerns(Call call, Set<String> pair, Map<String, Set<String>> pairs) {
        return switch (call) {
            case Call.Create(String source, String accepter) -> pair.equals(pair(source, accepter));
            case Call.Accept(String id) -> pair.equals(pairs.get(id));
            case Call.Reject(String id) -> pair.equals(pairs.get(id));
            case Call.Delete(String id) -> pair.equals(pairs.get(id));
            case Call.Read read ->
                read.peerings().stream().allMatch(id -> pair.equals(pairs.get(id)))
                        && touches(read.sources(), pair)
                        && touches(read.accepters(), pair);
            case Call.Expire(String id) -> pair.equals(pairs.get(id));
            case Call.Advance _ -> true;
        };
    }

    private static boolean touches(List<String> nets, Set<String> pair) {
        return nets.isEmpty() || nets.stream().anyMatch(pair::contains);
    }

    private static Operation seenFrom(Set<String> pair, Operation operation) {
        if (!(operation.outcome() instanceof Listed(List<Seen> all))) {
            return operation;
        }
        List<Seen> some = all.stream()
                .filter(seen -> pair.equals(pair(seen.source(), seen.accepter())))
                .toList();
        return new Operation(
                operation.client(), operation.account(), operation.call(), new Listed(some), operation.requestId());
    }

    /** For people: one operation a line, in the order of their beginnings. */
    String told() {
        return operations.stream().map(this::line).collect(Collectors.joining("\n"));
    }

    String line(Recorded<Operation> recorded) {
        long first = operations.isEmpty() ? 0 : operations.getFirst().invoked();
        String until = recorded.isAnswered() ? micros(recorded.returned() - first) : "     ...";
        return "%s %s us  client %s".formatted(micros(recorded.invoked() - first), until, recorded.operation());
    }

    private static String micros(long nanos) {
        return "%8d".formatted(nanos / 1_000);
    }
}
