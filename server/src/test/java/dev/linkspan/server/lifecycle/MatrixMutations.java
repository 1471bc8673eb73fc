package dev.linkspan.server.lifecycle;

import dev.linkspan.server.lifecycle.Matrix.Column;
import dev.linkspan.server.lifecycle.ModelPeering.State;
import dev.linkspan.server.random.Mutation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A mutation for every cell of the matrix: what is refused succeeds, what succeeds is refused, for one party alone. */
final class MatrixMutations {

    private static final String TYPE = "dev.linkspan.core.peering.NetPeering";

    /** What the state is in the product. */
    private static final Map<State, String> STATES = Map.of(
            State.PENDING, "PendingAcceptance",
            State.ACTIVE, "Active",
            State.REJECTED, "Rejected",
            State.FAILED, "Failed",
            State.EXPIRED, "Expired",
            State.DELETED, "Deleted");

    private enum Action {
        ACCEPT("accept"),
        REJECT("reject"),
        DELETE("delete");

        private final String method;

        Action(String method) {
            this.method = method;
        }
    }

    private enum Party {
        REQUESTER("the requester", "by.equals(source.owner()) && !by.equals(accepter.owner())"),
        ACCEPTER("the accepter", "by.equals(accepter.owner()) && !by.equals(source.owner())"),
        BOTH("the owner of both", "by.equals(accepter.owner()) && by.equals(source.owner())");

        private final String label;
        private final String condition;

        Party(String label, String condition) {
            this.label = label;
            this.condition = condition;
        }
    }

    private record Cell(State state, boolean wasActive, Action action, Party party) {

        boolean isRefused() {
            boolean notForRequester = party == Party.REQUESTER && action != Action.DELETE;
            Column column = switch (action) {
                case ACCEPT -> Column.ACCEPT;
                case REJECT -> Column.REJECT;
                case DELETE -> party == Party.ACCEPTER ? Column.DELETE_BY_ACCEPTER : Column.DELETE_BY_REQUESTER;
            };
            return notForRequester || Matrix.cell(state, wasActive, column).equals(Matrix.REFUSED);
        }

        /** In this state, for this party, the action does the opposite. */
        Mutation broken(long seed) {
            String begin = "public NetPeering %s(AccountId by, Instant now) {".formatted(action.method);
            String history = state == State.DELETED ? " && acceptedAt.isPresent() == " + wasActive : "";
            String opposite =
                    isRefused() ? "return this;" : "throw notPossible(\"%sed\", now);".formatted(action.method);
            String prologue = "%s if (stateAt(now) instanceof %s && %s%s) { %s }"
                    .formatted(begin, STATES.get(state), party.condition, history, opposite);
            String name = "matrix: %s%s, %s by %s: %s"
                    .formatted(
                            state.label,
                            history.isEmpty() ? "" : wasActive ? " while active" : " while pending",
                            action.method,
                            party.label,
                            isRefused() ? "refused -> succeeds" : "succeeds -> refused");
            return new Mutation(name, List.of(new Mutation.Edit(TYPE, begin, prologue)), seed);
        }
    }

    private MatrixMutations() {}

    static List<Mutation> all() {
        Map<Cell, Long> met = met();
        List<Mutation> mutations = new ArrayList<>();
        for (State state : State.values()) {
            for (boolean wasActive : state == State.DELETED ? List.of(false, true) : List.of(false)) {
                for (Action action : Action.values()) {
                    for (Party party : Party.values()) {
                        Cell cell = new Cell(state, wasActive, action, party);
                        mutations.add(cell.broken(met.getOrDefault(cell, 0L)));
                    }
                }
            }
        }
        return mutations;
    }

    /** The first script that comes to each cell. */
    private static Map<Cell, Long> met() {
        Map<Cell, Long> met = new HashMap<>();
        for (long seed = 0; seed < FixedTrials.SCRIPTS; seed++) {
            Script script = Generator.script(seed);
            Model model = new Model(script, Instant.EPOCH);
            for (Step step : script.steps()) {
                Optional<Cell> cell = cell(step, model.world());
                if (cell.isPresent()) {
                    met.putIfAbsent(cell.get(), seed);
                }
                model.answer(step, "a request");
            }
        }
        return met;
    }

    private static Optional<Cell> cell(Step step, ModelWorld world) {
        return switch (step) {
            case Step.AcceptNetPeering it -> cell(it, Action.ACCEPT, world);
            case Step.RejectNetPeering it -> cell(it, Action.REJECT, world);
            case Step.DeleteNetPeering it -> cell(it, Action.DELETE, world);
            default -> Optional.empty();
        };
    }

    private static Optional<Cell> cell(Step.OnPeering step, Action action, ModelWorld world) {
        return world.visible(step.peering(), step.by(), step.in()).map(peering -> {
            State state = peering.stateAt(world.now());
            boolean requester = peering.source.owner.equals(step.by());
            boolean accepter = peering.accepter.owner.equals(step.by());
            Party party = requester && accepter ? Party.BOTH : requester ? Party.REQUESTER : Party.ACCEPTER;
            return new Cell(state, state == State.DELETED && peering.wasActive(), action, party);
        });
    }
}
