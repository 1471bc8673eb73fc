package dev.linkspan.server.lifecycle;

import dev.linkspan.server.lifecycle.Expected.Done;
import dev.linkspan.server.lifecycle.Expected.Problem;
import dev.linkspan.server.lifecycle.Expected.Refused;
import dev.linkspan.server.lifecycle.Expected.Shown;
import dev.linkspan.server.lifecycle.Expected.View;
import dev.linkspan.server.lifecycle.Matrix.Column;
import dev.linkspan.server.lifecycle.ModelPeering.State;
import dev.linkspan.server.lifecycle.ModelWorld.Transition;
import dev.linkspan.server.lifecycle.Step.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Asking for a peering, and what can be done about one: rules P and L. */
final class ModelLifecycle {

    private static final Problem OVER_QUOTA = Problem.of(400, "10\\d{3}", "TooManyResources (QuotaExceded)");

    private final ModelWorld world;
    private final boolean requiresVm;
    private final boolean overlappingPeers;

    ModelLifecycle(ModelWorld world, boolean requiresVm, boolean overlappingPeers) {
        this.world = world;
        this.requiresVm = requiresVm;
        this.overlappingPeers = overlappingPeers;
    }

    Expected create(Step.CreateNetPeering step, String request) {
        if (step.source().equals(step.accepter())) {
            return Refused.because(Problem.of(400, "4199", "InvalidParameterValue")); // P10
        }
        Optional<ModelNet> source =
                world.net(step.source()).filter(net -> net.owner.equals(step.by()) && net.region.equals(step.in()));
        if (source.isEmpty()) {
            return Refused.because(Problem.unknown("5065", "SourceNetId", step.source()));
        }
        String owner = step.owner().isEmpty() ? step.by() : step.owner();
        Optional<ModelNet> accepter = world.net(step.accepter()).filter(net -> net.owner.equals(owner));
        if (accepter.isEmpty()) {
            return Refused.because(Problem.unknown("5065", "AccepterNetId", step.accepter()));
        }
        return create(step, source.get(), accepter.get(), request);
    }

    private Expected create(Step.CreateNetPeering step, ModelNet source, ModelNet accepter, String request) {
        Optional<ModelPeering> same =
                world.live().filter(it -> it.asks(source, accepter)).findFirst();
        if (same.isPresent()) { // P9
            return shown(step, same.get());
        }
        ModelPeering born = born(step.peering(), source, accepter);
        List<Problem> reasons = new ArrayList<>(emptyNets(source, accepter));
        if (born.stateAt(world.now()) == State.PENDING
                && world.outstanding(step.by(), source.region)
                        >= world.limit(step.by(), Limit.OUTSTANDING_PEERING_REQUESTS)) {
            reasons.add(OVER_QUOTA); // P12
        }
        if (!reasons.isEmpty()) {
            return new Refused(reasons);
        }
        if (!step.dryRun()) {
            record(eventOf(born), born, step.by(), request);
        }
        return shown(step, born);
    }

    private Expected shown(Step.CreateNetPeering step, ModelPeering peering) {
        if (step.dryRun()) {
            return new Done();
        }
        world.name(step.peering(), peering);
        return new Shown(View.of(peering, step.by(), world.now()));
    }

    private static String eventOf(ModelPeering born) {
        return switch (born.situationAt(born.createdAt)) {
            case PENDING -> "NET_PEERING_REQUESTED";
            case FAILED_OVERLAP, FAILED_REGIONS -> "NET_PEERING_FAILED";
            default -> "NET_PEERING_REJECTED";
        };
    }

    private ModelPeering born(String name, ModelNet source, ModelNet accepter) {
        State state = State.PENDING; // P7
        String message = "Pending acceptance by {%s}".formatted(accepter.owner);
        if (!source.region.equals(accepter.region)) { // P5
            state = State.FAILED;
            message = "Failed: the two Nets are in different Regions ({%s}, {%s})"
                    .formatted(source.region, accepter.region);
        } else if (source.overlaps(accepter)) { // P4
            state = State.FAILED;
            message = "Failed: the IP ranges of the two Nets overlap (%s, %s)".formatted(source.range, accepter.range);
        } else if (world.live().anyMatch(it -> it.isActive() && it.connects(source, accepter))) { // P9
            state = State.REJECTED;
            message = "Rejected automatically: an active peering already connects these two Nets";
        }
        return new ModelPeering(name, source, accepter, world.now(), state, message);
    }

    /** P6. A Region does not know the VMs of another one; such a peering fails in any case (P5). */
    private List<Problem> emptyNets(ModelNet source, ModelNet accepter) {
        List<Problem> reasons = new ArrayList<>();
        if (requiresVm && source.vms == 0) {
            reasons.add(emptyNet("{%s}".formatted(source.name)));
        }
        if (requiresVm && accepter.vms == 0 && accepter.region.equals(source.region)) {
            boolean own = accepter.owner.equals(source.owner);
            reasons.add(
                    own
                            ? emptyNet("{%s}".formatted(accepter.name))
                            : emptyNet().hiding("{%s}".formatted(accepter.name)));
        }
        return reasons;
    }

    private static Problem emptyNet(String... says) {
        return Problem.of(400, "4045", "InvalidParameterValue", says);
    }

    Expected accept(Step.AcceptNetPeering step, String request) {
        Optional<Refused> party = accepterOnly(step);
        if (party.isPresent()) {
            return party.get();
        }
        ModelPeering asked = world.peering(step.peering()).orElseThrow();
        String cell = cell(asked, Column.ACCEPT);
        if (cell.equals(Matrix.REFUSED)) {
            return wrongState();
        }
        if (cell.equals(Matrix.UNCHANGED)) {
            return step.dryRun() ? new Done() : new Shown(View.of(asked, step.by(), world.now()));
        }
        List<Problem> reasons = againstAccepting(asked);
        if (!reasons.isEmpty()) {
            return new Refused(reasons);
        }
        if (step.dryRun()) {
            return new Done();
        }
        world.live()
                .filter(other -> other != asked && other.connects(asked.source, asked.accepter))
                .forEach(
                        other -> { // P9
                            other.enter(
                                    State.REJECTED,
                                    world.now(),
                                    "Rejected automatically: an active peering already connects these two Nets");
                            record("NET_PEERING_REJECTED", other, step.by(), request);
                        });
        asked.enter(State.ACTIVE, world.now(), "Active");
        record("NET_PEERING_ACCEPTED", asked, step.by(), request);
        return new Shown(View.of(asked, step.by(), world.now()));
    }

    /** P12 and P13, for both Nets. */
    private List<Problem> againstAccepting(ModelPeering asked) {
        List<Problem> reasons = new ArrayList<>();
        for (ModelNet net : List.of(asked.source, asked.accepter)) {
            if (world.active(net) >= world.limit(net.owner, Limit.ACTIVE_PEERINGS_PER_NET)) {
                reasons.add(OVER_QUOTA);
            }
            boolean overlap = world.live()
                    .filter(it -> it.isActive() && it.connects(net))
                    .anyMatch(it -> it.peerOf(net).overlaps(asked.peerOf(net)));
            if (overlap && !overlappingPeers) {
                reasons.add(Problem.of(409, "9029", "ResourceConflict", "overlap"));
            }
        }
        return reasons;
    }

    Expected reject(Step.RejectNetPeering step, String request) {
        return accepterOnly(step)
                .<Expected>map(Function.identity())
                .orElseGet(() -> end(
                        step,
                        Column.REJECT,
                        step.dryRun(),
                        new End(State.REJECTED, "NET_PEERING_REJECTED", "Rejected by {%s}".formatted(step.by())),
                        request));
    }

    Expected delete(Step.DeleteNetPeering step, String request) {
        Optional<ModelPeering> visible = world.visible(step.peering(), step.by(), step.in());
        if (visible.isEmpty()) {
            return unknown(step);
        }
        ModelPeering peering = visible.get();
        boolean requester = peering.source.owner.equals(step.by());
        if (!requester && peering.stateAt(world.now()) == State.PENDING) {
            return wrongParty(peering.source.owner);
        }
        return end(
                step,
                requester ? Column.DELETE_BY_REQUESTER : Column.DELETE_BY_ACCEPTER,
                step.dryRun(),
                new End(State.DELETED, "NET_PEERING_DELETED", "Deleted by {%s}".formatted(step.by())),
                request);
    }

    /** What a call makes of a peering where it may. */
    private record End(State state, String event, String message) {}

    private Expected end(Step.OnPeering step, Column column, boolean dryRun, End end, String request) {
        ModelPeering peering = world.peering(step.peering()).orElseThrow();
        String cell = cell(peering, column);
        if (cell.equals(Matrix.REFUSED)) {
            return wrongState();
        }
        if (cell.equals(end.state().label) && !dryRun) {
            peering.enter(end.state(), world.now(), end.message());
            record(end.event(), peering, step.by(), request);
        }
        return new Done();
    }

    private String cell(ModelPeering peering, Column column) {
        return Matrix.cell(peering.stateAt(world.now()), peering.wasActive(), column);
    }

    /** What is answered to all but the accepter's owner. */
    private Optional<Refused> accepterOnly(Step.OnPeering step) {
        Optional<ModelPeering> visible = world.visible(step.peering(), step.by(), step.in());
        if (visible.isEmpty()) {
            return Optional.of(unknown(step));
        }
        String owner = visible.get().accepter.owner;
        return owner.equals(step.by()) ? Optional.empty() : Optional.of(wrongParty(owner));
    }

    private static Refused unknown(Step.OnPeering step) {
        return Refused.because(Problem.unknown("5035", "NetPeeringId", step.peering()));
    }

    private static Refused wrongParty(String whoMay) {
        return Refused.because(Problem.of(401, "4", "AccessDenied", "{%s}".formatted(whoMay)));
    }

    private static Refused wrongState() {
        return Refused.because(Problem.of(409, "6004", "InvalidState"));
    }

    private void record(String type, ModelPeering peering, String actor, String request) {
        world.history.add(new Transition(peering.source.region, type, peering, actor, request, world.now()));
    }
}
