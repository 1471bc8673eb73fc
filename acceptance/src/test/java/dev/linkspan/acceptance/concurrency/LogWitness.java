package dev.linkspan.acceptance.concurrency;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes the log's word for the order of changes, and checks that this order explains the whole history at once, all Nets
 * together: every change answered what it had to at its place, none before its request or after its answer; and every
 * other call has a place between two changes that explains it, none before that of a call that was over when it began.
 * Once the order of changes is given this needs no search, so it can look at what the checker has to take apart.
 */
final class LogWitness {

    private final History history;
    private final Lifecycle lifecycle;
    private final List<String> faults = new ArrayList<>();
    private final List<Recorded<Operation>> changes = new ArrayList<>();
    private final List<LifecycleState> states = new ArrayList<>();

    private LogWitness(History history) {
        this.history = history;
        this.lifecycle = history.specification();
        states.add(lifecycle.initial());
    }

    /**
     * What the log and the history tell differently; nothing where they agree.
     *
     * @param log the part that was written during the history
     */
    static List<String> faults(History history, List<LogEntry> log) {
        LogWitness witness = new LogWitness(history);
        witness.order(log);
        if (witness.faults.isEmpty()) {
            witness.replayChanges();
        }
        if (witness.faults.isEmpty()) {
            witness.placeOthers();
        }
        return witness.faults;
    }

    private void order(List<LogEntry> log) {
        Map<String, Recorded<Operation>> byRequest = history.operations().stream()
                .collect(Collectors.toMap(recorded -> recorded.operation().requestId(), Function.identity()));
        Map<String, List<LogEntry>> events = new HashMap<>();
        for (LogEntry entry : log) {
            if (isChange(entry)) {
                events.computeIfAbsent(entry.requestId(), id -> changed(id, byRequest))
                        .add(entry);
            }
        }
        events.forEach((request, entries) -> {
            Recorded<Operation> recorded = byRequest.get(request);
            if (recorded != null) {
                demandOwnEvent(recorded, entries);
            }
        });
    }

    /** What time has done is recorded on the way by whoever comes across it: that is nobody's change. */
    private static boolean isChange(LogEntry entry) {
        return switch (entry.type()) {
            case "CLOCK_ADVANCED",
                    "NET_PEERING_REQUESTED",
                    "NET_PEERING_FAILED",
                    "NET_PEERING_ACCEPTED",
                    "NET_PEERING_REJECTED",
                    "NET_PEERING_DELETED" -> true;
            default -> false;
        };
    }

    private List<LogEntry> changed(String request, Map<String, Recorded<Operation>> byRequest) {
        Recorded<Operation> recorded = byRequest.get(request);
        if (recorded == null) {
            faults.add("nobody made the request '%s' that the log tells of".formatted(request));
        } else {
            changes.add(recorded);
        }
        return new ArrayList<>();
    }

    /** A change has exactly one event that says what was asked for; others tell what followed from it. */
    private void demandOwnEvent(Recorded<Operation> recorded, List<LogEntry> entries) {
        Operation operation = recorded.operation();
        long own = entries.stream().filter(entry -> isOwn(operation, entry)).count();
        if (own != 1 || operation.onlyLooks()) {
            faults.add("%s has %d events of its own: %s".formatted(operation, own, entries));
        }
    }

    private static boolean isOwn(Operation operation, LogEntry entry) {
        return switch (operation.call()) {
            case Call.Create _ ->
                operation.outcome() instanceof Outcome.Shown(Outcome.Seen seen)
                        && seen.id().equals(entry.subject());
            case Call.Accept(String id) -> is(entry, "NET_PEERING_ACCEPTED", id);
            case Call.Reject(String id) -> is(entry, "NET_PEERING_REJECTED", id);
            case Call.Delete(String id) -> is(entry, "NET_PEERING_DELETED", id);
            case Call.Advance _ -> entry.type().equals("CLOCK_ADVANCED");
            case Call.Read _, Call.Expire _ -> false;
        };
    }

    private static boolean is(LogEntry entry, String type, String subject) {
        return entry.type().equals(type) && entry.subject().equals(subject);
    }

    private void replayChanges() {
        long latestInvocation = Long.MIN_VALUE;
        for (Recorded<Operation> change : changes) {
            LifecycleState state = states.getLast();
            if (change.returned() < latestInvocation) {
                faults.add("the log has it behind what began when it was over: " + history.line(change));
            }
            latestInvocation = Math.max(latestInvocation, change.invoked());
            List<LifecycleState> next = lifecycle.after(state, change.operation());
            if (next.isEmpty()) {
                faults.add("where the log has it, this would have answered %s:%n%s%nin %s"
                        .formatted(lifecycle.expected(state, change.operation()), history.line(change), state));
                return;
            }
            states.add(next.getFirst());
        }
    }

    private void placeOthers() {
        List<Recorded<Operation>> placed = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        history.operations().stream()
                .filter(recorded -> recorded.isAnswered() && !changes.contains(recorded))
                .sorted(Comparator.comparingLong(Recorded::invoked))
                .forEach(recorded -> {
                    int first = firstPlace(recorded);
                    for (int i = 0; i < placed.size(); i++) {
                        if (placed.get(i).precedes(recorded)) {
                            first = Math.max(first, places.get(i));
                        }
                    }
                    placed.add(recorded);
                    places.add(place(recorded, first));
                });
    }

    /** Behind every change that was over before. */
    private int firstPlace(Recorded<Operation> recorded) {
        int place = changes.size();
        while (place > 0 && !changes.get(place - 1).precedes(recorded)) {
            place--;
        }
        return place;
    }

    private int place(Recorded<Operation> recorded, int first) {
        for (int place = first; place < states.size(); place++) {
            LifecycleState state = states.get(place);
            if (lifecycle.after(state, recorded.operation()).contains(state)) {
                return place;
            }
            if (place < changes.size() && recorded.precedes(changes.get(place))) {
                break;
            }
        }
        faults.add("nowhere in the log's order this could have been answered:%n%s%nfirst possible in %s: %s"
                .formatted(
                        history.line(recorded),
                        states.get(first),
                        lifecycle.expected(states.get(first), recorded.operation())));
        return first;
    }
}
