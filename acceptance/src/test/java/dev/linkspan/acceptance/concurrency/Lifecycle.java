package dev.linkspan.acceptance.concurrency;

import dev.linkspan.acceptance.concurrency.Outcome.Done;
import dev.linkspan.acceptance.concurrency.Outcome.Listed;
import dev.linkspan.acceptance.concurrency.Outcome.Refused;
import dev.linkspan.acceptance.concurrency.Outcome.Shown;
import dev.linkspan.acceptance.concurrency.Outcome.Time;
import dev.linkspan.acceptance.concurrency.Peering.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The life of peerings, one call after the other, as the rules P3, P4, P9, P12 and L1 to L6 have it. It is written from
 * the rules, apart from the product.
 *
 * <p>Ids are the server's to choose, so a peering that is born takes the one that its answer shows. Where the answer was
 * lost, it may have any id that anybody has seen on such a peering, or one that nobody has.
 *
 * @param seenIds the ids of all peerings that were ever shown, by what must have been asked to get them
 */
record Lifecycle(World world, Instant start, Map<Call.Create, Set<String>> seenIds)
        implements Specification<LifecycleState, Operation> {

    private static final String UNSEEN = "unseen-";
    private static final String REJECTED_AUTOMATICALLY =
            "Rejected automatically: an active peering already connects these two Nets";

    Lifecycle {
        seenIds = Map.copyOf(seenIds);
    }

    static Lifecycle of(World world, Instant start, List<Recorded<Operation>> history) {
        return new Lifecycle(
                world,
                start,
                history.stream()
                        .flatMap(recorded -> recorded.operation().outcome().shown())
                        .collect(Collectors.groupingBy(
                                seen -> new Call.Create(seen.source(), seen.accepter()),
                                Collectors.mapping(Outcome.Seen::id, Collectors.toUnmodifiableSet()))));
    }

    /** What a call makes of a state, and what it answers. */
    private record Effect(LifecycleState state, Outcome outcome) {}

    @Override
    public LifecycleState initial() {
        return new LifecycleState(start, world.peerings());
    }

    @Override
    public List<LifecycleState> after(LifecycleState state, Operation operation) {
        if (!operation.isIndeterminate()) {
            Effect effect = effect(state, operation, idFor(operation));
            return effect.outcome().equals(operation.outcome()) ? List.of(effect.state()) : List.of();
        }
        Stream<String> ids = Stream.of(UNSEEN + operation.requestId());
        if (operation.call() instanceof Call.Create create) {
            ids = Stream.concat(ids, seenIds.getOrDefault(create, Set.of()).stream());
        }
        return ids.map(id -> effect(state, operation, id).state()).distinct().toList();
    }

    @Override
    public String expected(LifecycleState state, Operation operation) {
        return effect(state, operation, idFor(operation)).outcome().toString();
    }

    @Override
    public boolean onlyLooks(Operation operation) {
        return operation.onlyLooks();
    }

    /** Lives go one way, and ids are not used again: what was accepted cannot be accepted later, and so on. */
    @Override
    public boolean isOver(LifecycleState state, Operation operation) {
        return !operation.isIndeterminate();
    }

    /** A birth cannot have brought an id that is there already: the state then has a peering that the answer does not show. */
    private static String idFor(Operation operation) {
        return operation.outcome() instanceof Shown(Outcome.Seen seen) ? seen.id() : UNSEEN + operation.requestId();
    }

    private Effect effect(LifecycleState state, Operation operation, String newId) {
        String caller = operation.account();
        return switch (operation.call()) {
            case Call.Create create -> create(state, caller, create, newId);
            case Call.Accept(String id) -> party(state, caller, id, true).orElseGet(() -> accept(state, id));
            case Call.Reject(String id) -> party(state, caller, id, true).orElseGet(() -> reject(state, caller, id));
            case Call.Delete(String id) -> party(state, caller, id, false).orElseGet(() -> delete(state, caller, id));
            case Call.Read read -> new Effect(state, read(state, caller, read));
            case Call.Advance(var by) ->
                new Effect(state.at(state.now().plus(by)), new Time(state.now().plus(by)));
            case Call.Expire(String id) -> new Effect(expire(state, id), new Done());
        };
    }

    private static LifecycleState expire(LifecycleState state, String id) {
        return state.peering(id)
                .filter(Peering::isPending)
                .map(peering -> state.at(peering.expiry()))
                .orElse(state);
    }

    private Effect create(LifecycleState state, String caller, Call.Create call, String newId) {
        if (!world.owner(call.source()).equals(caller)) {
            return new Effect(state, Refused.NO_SUCH_NET);
        }
        List<Peering> live = state.between(call.source(), call.accepter())
                .filter(Peering::isLive)
                .toList();
        Optional<Peering> same =
                live.stream().filter(it -> it.source().equals(call.source())).findFirst();
        if (same.isPresent()) {
            return new Effect(state, new Shown(same.get().seen()));
        }
        Peering born = born(state, call, newId, live);
        if (born.isPending()
                && outstanding(state, caller) >= world.limitsOf(caller).outstanding()) {
            return new Effect(state, Refused.OVER_QUOTA);
        }
        boolean idIsTaken = state.peering(newId).isPresent();
        return idIsTaken ? new Effect(state, new Done()) : new Effect(state.with(born), new Shown(born.seen()));
    }

    private Peering born(LifecycleState state, Call.Create call, String id, List<Peering> live) {
        World.OwnedNet source = world.net(call.source());
        World.OwnedNet accepter = world.net(call.accepter());
        State first = State.PENDING;
        String message = "Pending acceptance by " + accepter.owner();
        if (Ranges.overlap(source.range(), accepter.range())) {
            first = State.FAILED;
            message = "Failed: the IP ranges of the two Nets overlap (%s, %s)"
                    .formatted(source.range(), accepter.range());
        } else if (live.stream().anyMatch(Peering::isActive)) {
            first = State.REJECTED;
            message = REJECTED_AUTOMATICALLY;
        }
        Instant birth = world.births().getOrDefault(id, state.now());
        return new Peering(id, source.id(), accepter.id(), birth, first, state.now(), message, false);
    }

    private long outstanding(LifecycleState state, String account) {
        return state.peerings().stream()
                .filter(it -> it.isPending() && world.owner(it.source()).equals(account))
                .count();
    }

    /** The refusal of whoever may not even ask. */
    private Optional<Effect> party(LifecycleState state, String caller, String id, boolean accepterOnly) {
        Optional<Peering> visible = state.peering(id).filter(it -> owns(caller, it.source(), it.accepter()));
        if (visible.isEmpty()) {
            return Optional.of(new Effect(state, Refused.NO_SUCH_PEERING));
        }
        Peering peering = visible.get();
        boolean withdraws = !accepterOnly && peering.isPending();
        boolean may = withdraws ? owns(caller, peering.source()) : !accepterOnly || owns(caller, peering.accepter());
        return may ? Optional.empty() : Optional.of(new Effect(state, Refused.WRONG_PARTY));
    }

    private Effect accept(LifecycleState state, String id) {
        Peering asked = state.peering(id).orElseThrow();
        if (asked.isActive()) {
            return new Effect(state, new Shown(asked.seen()));
        }
        if (!asked.isPending()) {
            return new Effect(state, Refused.WRONG_STATE);
        }
        if (Stream.of(asked.source(), asked.accepter()).anyMatch(net -> isFull(state, net))) {
            return new Effect(state, Refused.OVER_QUOTA);
        }
        Peering active = asked.changed(State.ACTIVE, state.now(), "Active");
        LifecycleState next = state.with(active);
        for (Peering other : state.between(asked.source(), asked.accepter()).toList()) {
            if (other.isPending() && !other.id().equals(id)) {
                next = next.with(other.changed(State.REJECTED, state.now(), REJECTED_AUTOMATICALLY));
            }
        }
        return new Effect(next, new Shown(active.seen()));
    }

    private boolean isFull(LifecycleState state, String net) {
        return state.activeOf(net) >= world.limitsOf(world.owner(net)).activePerNet();
    }

    private static Effect reject(LifecycleState state, String caller, String id) {
        Peering asked = state.peering(id).orElseThrow();
        return switch (asked.state()) {
            case PENDING ->
                new Effect(state.with(asked.changed(State.REJECTED, state.now(), "Rejected by " + caller)), new Done());
            case REJECTED -> new Effect(state, new Done());
            case ACTIVE, FAILED, EXPIRED, DELETED -> new Effect(state, Refused.WRONG_STATE);
        };
    }

    private Effect delete(LifecycleState state, String caller, String id) {
        Peering asked = state.peering(id).orElseThrow();
        boolean could = asked.wasActive() || owns(caller, asked.source());
        return switch (asked.state()) {
            case PENDING, ACTIVE ->
                new Effect(state.with(asked.changed(State.DELETED, state.now(), "Deleted by " + caller)), new Done());
            case DELETED -> new Effect(state, could ? new Done() : Refused.WRONG_STATE);
            case REJECTED, FAILED, EXPIRED -> new Effect(state, Refused.WRONG_STATE);
        };
    }

    private Outcome read(LifecycleState state, String caller, Call.Read read) {
        return new Listed(state.peerings().stream()
                .filter(it -> owns(caller, it.source(), it.accepter()))
                .filter(it -> read.matches(it.id(), it.source(), it.accepter()))
                .map(Peering::seen)
                .toList());
    }

    private boolean owns(String account, String... nets) {
        return Stream.of(nets).anyMatch(net -> world.owner(net).equals(account));
    }
}
