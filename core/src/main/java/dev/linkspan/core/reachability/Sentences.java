package dev.linkspan.core.reachability;

import dev.linkspan.core.address.AddressRange;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Sentence;
import java.util.Optional;
import java.util.stream.Collectors;

/** Causes as people read them: a sentence that names the resource, the value and what is wrong with it. */
final class Sentences {

    private Sentences() {}

    static Sentence why(Cause cause) {
        return why(cause.step(), cause.blockReason());
    }

    static Sentence told(Step step) {
        return step.blockReason().map(blockReason -> why(step, blockReason)).orElseGet(() -> passed(step));
    }

    private static Sentence passed(Step passed) {
        return switch (passed) {
            case Step.Beginning step -> Sentence.of("%s can begin a flow", named(step.packet()));
            case Step.Machine step ->
                Sentence.of("%s runs at %s", text(step.vm().map(VmId::value)), step.address());
            case Step.InSubregion step -> Sentence.of("Subregion %s works", step.subregion());
            case Step.SourceCheck step ->
                step.own()
                        ? Sentence.of("%s sends from its own address %s", step.nic(), step.address())
                        : Sentence.of("%s may send from %s: it is not checked", step.nic(), step.address());
            case Step.Groups step -> allowed(step);
            case Step.SubnetBorder step -> crossed(step);
            case Step.Routing step -> led(step);
            case Step.Crossing step ->
                Sentence.of("%s is active and reaches %s", text(step.peering().map(NetPeeringId::value)), step.range());
            case Step.Translating step -> translated(step);
            case Step.Leaving step ->
                Sentence.of(
                        "%s leaves %s by %s as %s",
                        step.from(),
                        step.net(),
                        door(step.service()),
                        step.seenAs().orElseThrow());
            case Step.Arriving step ->
                Sentence.of(
                        "%s comes in to %s by %s as %s",
                        step.sentTo().orElseThrow(), step.net(), door(step.service()), step.to());
            case Step.Outside step ->
                step.told()
                        ? Sentence.of("%s is outside, and taken to answer", step.address())
                        : Sentence.of(
                                "whether %s answers is not told before the public address that the packet has there is yours",
                                step.address());
            case Step.DestinationCheck step ->
                Sentence.of("%s takes in what is for others: it is not checked", step.nic());
            case Step.Tracking _, Step.Appliance _ ->
                throw new IllegalStateException("BUG: met only where it stops: " + passed);
            case Step.InsideMachine step -> Sentence.of("it stays inside %s", step.vm());
            case Step.Router step -> Sentence.of("the router of %s answers ping", step.net());
            case Step.OtherSide step -> otherSidePassed(step);
        };
    }

    private static Sentence door(Optional<InternetServiceId> service) {
        return service.map(id -> Sentence.of(id.value())).orElse(Sentence.of("an %s", Noun.INTERNET_SERVICE));
    }

    private static Sentence translated(Step.Translating step) {
        return step.leg() == Leg.THERE
                ? Sentence.of("%s sends it on from %s as from %s", step.service(), step.before(), step.after())
                : Sentence.of("%s hands the reply to %s on to %s", step.service(), step.before(), step.after());
    }

    private static Sentence allowed(Step.Groups step) {
        Step.Allowance allowance = step.allowance().orElseThrow();
        String direction = step.direction() == Direction.INBOUND ? "in from" : "out to";
        String counterpart = switch (allowance.rule().counterpart()) {
            case Counterpart.Range(AddressRange range) -> range.toString();
            case Counterpart.Group(SecurityGroupId id, AccountId _) -> id.value();
        };
        return Sentence.of(
                "%s lets %s %s %s", allowance.group(), named(allowance.rule().traffic()), direction, counterpart);
    }

    private static Sentence crossed(Step.SubnetBorder step) {
        return Sentence.of(
                "%s at %s lets %s %s %s%s",
                step.acl(), step.subnet(), named(step.packet()), towards(step), step.other(), byEntry(step));
    }

    private static Sentence stopped(Step.SubnetBorder step) {
        return Sentence.of(
                "The network ACL %s at %s does not let the %s (%s) %s %s%s.",
                step.acl(),
                step.subnet(),
                packet(step.leg()),
                named(step.packet()),
                towards(step),
                step.other(),
                step.decision().isPresent() ? byEntry(step) : ": no entry speaks of all of it");
    }

    private static String towards(Step.SubnetBorder step) {
        return step.direction() == Direction.INBOUND ? "in from" : "out to";
    }

    private static String byEntry(Step.SubnetBorder step) {
        return step.decision().map(entry -> ", by entry " + entry.number()).orElse("");
    }

    private static Sentence led(Step.Routing step) {
        Route route = step.route().orElseThrow();
        return switch (route.target()) {
            case RouteTarget.Local _ -> Sentence.of("%s is local in %s", step.address(), step.table());
            case RouteTarget.Peering(NetPeeringId id) ->
                Sentence.of("%s leads %s to %s", step.table(), route.destination(), id);
            case RouteTarget.InternetService(InternetServiceId id) ->
                Sentence.of("%s leads %s to %s", step.table(), route.destination(), id);
            case RouteTarget.NatService(NatServiceId id) ->
                Sentence.of("%s leads %s to %s", step.table(), route.destination(), id);
            case RouteTarget.Nic(NicId id) -> Sentence.of("%s leads %s to %s", step.table(), route.destination(), id);
        };
    }

    private static Sentence otherSidePassed(Step.OtherSide step) {
        Sentence side = Sentence.of("account %s's side (%s)", step.owner(), step.net());
        return switch (step.telling()) {
            case TOLD -> Sentence.of(step.leg() == Leg.BACK ? "%s sends the reply back" : "%s lets it in", side);
            case NOT_AGREED -> Sentence.of("%s is not told before a peering is active", side);
            case NOT_ONES_OWN -> Sentence.of("what %s sends is told to its owner alone", side);
            case NOT_LET_IN -> Sentence.of("the reply of %s is not told while it does not let the packet in", side);
        };
    }

    private static Sentence why(Step stopping, BlockReason blockReason) {
        return switch (stopping) {
            case Step.Beginning step ->
                Sentence.of("No flow can begin with %s: it belongs to another packet.", named(step.packet()));
            case Step.Machine step -> machine(step);
            case Step.InSubregion step ->
                Sentence.of("The Subregion %s has failed: its machines exchange no packets.", step.subregion());
            case Step.SourceCheck step ->
                Sentence.of(
                        "The %s would leave through %s, which may not send from %s: its source/destination check is on.",
                        packet(step.leg()), step.nic(), step.address());
            case Step.Groups step -> groups(step);
            case Step.SubnetBorder step -> stopped(step);
            case Step.Routing step -> routing(step);
            case Step.Crossing step -> crossing(step);
            case Step.Translating step ->
                Sentence.of(
                        "The %s %s passes TCP, UDP and ICMP on, and nothing else: not %s.",
                        Noun.NAT_SERVICE, step.service(), named(step.packet()));
            case Step.Leaving step ->
                Sentence.of("No public address stands for %s in %s: it does not get outside.", step.from(), step.net());
            case Step.Arriving step ->
                step.sentTo()
                        .map(address -> Sentence.of(
                                "%s stands for %s, but it takes an %s that is linked to %s to lead in.",
                                address, step.to(), Noun.INTERNET_SERVICE, step.net()))
                        .orElseGet(() -> Sentence.of(
                                "No public address stands for %s in %s: from outside it is not reached.",
                                step.to(), step.net()));
            case Step.Outside step -> Sentence.of("Outside, nothing answers from %s.", step.address());
            case Step.Tracking step -> tracking(step);
            case Step.DestinationCheck step ->
                Sentence.of(
                        "The %s %s takes in only what is for its own addresses: its source/destination check is on.",
                        Noun.NIC, step.nic());
            case Step.Appliance step ->
                Sentence.of(
                        "%s is handed to the %s %s of the %s %s: what that does with it is its own affair. What follows is its way if it is passed on as it is.",
                        step.leg() == Leg.THERE ? "The packet" : "The reply", Noun.NIC, step.nic(), Noun.VM, step.vm());
            case Step.InsideMachine _ -> throw new IllegalStateException("BUG: nothing stops a machine's own packets");
            case Step.Router step ->
                Sentence.of("%s is the router of %s, which answers nothing but ping.", step.address(), step.net());
            case Step.OtherSide step -> otherSide(step, blockReason);
        };
    }

    /** A packet in a few words: {@code tcp/443}, {@code ping}. */
    static String named(Traffic packet) {
        return switch (packet) {
            case Traffic.All _ -> "everything";
            case Traffic.Ports ports ->
                "%s/%s"
                        .formatted(
                                ports.protocolName(),
                                ports.from() == ports.to() ? "" + ports.from() : ports.from() + "-" + ports.to());
            case Traffic.Icmp icmp when icmp.type() == 8 -> "ping";
            case Traffic.Icmp(int type, int _) -> type < 0 ? "icmp" : "icmp type " + type;
            case Traffic.Other(int protocol) -> "protocol " + protocol;
        };
    }

    private static String packet(Leg leg) {
        return leg == Leg.THERE ? "packet" : "reply";
    }

    private static Sentence machine(Step.Machine step) {
        return switch (step.condition()) {
            case RUNNING -> throw new IllegalStateException("BUG: a running machine stops nothing");
            case STOPPED ->
                Sentence.of("The %s %s is stopped.", Noun.VM, text(step.vm().map(VmId::value)));
            case NOT_LINKED ->
                Sentence.of(
                        "The %s %s is linked to no %s.",
                        Noun.NIC, text(step.nic().map(NicId::value)), Noun.VM);
            case NAT_SERVICE ->
                Sentence.of(
                        step.direction() == Direction.INBOUND
                                ? "A %s has the address %s in %s: it only passes replies on, and nobody begins a flow to it."
                                : "A %s has the address %s in %s: it only passes on what others send, and sends nothing of its own.",
                        Noun.NAT_SERVICE,
                        step.address(),
                        step.net());
            case NOBODY -> Sentence.of("No %s in %s has the address %s.", Noun.NIC, step.net(), step.address());
        };
    }

    private static String text(Optional<String> id) {
        return id.orElse("");
    }

    private static Sentence groups(Step.Groups step) {
        String groups = step.groups().stream().map(SecurityGroupId::value).collect(Collectors.joining(", "));
        String direction = step.direction() == Direction.INBOUND ? "in from" : "out to";
        return Sentence.of("No rule of %s lets %s %s %s.", groups, named(step.packet()), direction, step.other());
    }

    private static Sentence routing(Step.Routing step) {
        String back = step.leg() == Leg.BACK ? "back to" : "to";
        if (step.route().isEmpty()) {
            return Sentence.of("The route table %s has no route %s %s.", step.table(), back, step.address());
        }
        Route route = step.route().get();
        Sentence winner =
                Sentence.of("In %s the route to %s wins for %s", step.table(), route.destination(), step.address());
        return switch (step.outcome()) {
            case OVERLAP ->
                Sentence.of(
                        "%s is in the range %s of %s itself, where everything is local: %s.",
                        step.address(),
                        route.destination(),
                        step.net(),
                        step.leg() == Leg.THERE
                                ? "Nets that overlap cannot be peered"
                                : "the reply does not get outside");
            case DEAD ->
                Sentence.of(
                        "%s and leads to %s, which is %s: packets are dropped.",
                        winner,
                        target(route),
                        step.target().map(PeeringStateName::label).orElse("long gone"));
            case ELSEWHERE -> elsewhere(step, winner, route);
            case BEYOND ->
                Sentence.of(
                        "%s and leads to %s, whose other end does not have it: a peering passes nothing on.",
                        winner, target(route));
            case NOT_LINKED ->
                Sentence.of(
                        "%s and leads to %s, which is not linked to %s: packets are dropped.",
                        winner, target(route), step.net());
            case NOT_SHARED ->
                step.leg() == Leg.THERE
                        ? Sentence.of(
                                "%s and leads to %s, and the peer's exits are not for you: outside is reached by an %s and a public address of your own.",
                                winner, target(route), Noun.INTERNET_SERVICE)
                        : Sentence.of(
                                "%s and leads to %s, and what came from outside goes back by no peering: the reply is dropped.",
                                winner, target(route));
            case NAT_DELETED ->
                Sentence.of("%s and leads to %s, which is deleted: packets are dropped.", winner, target(route));
            case NAT_AGAIN ->
                Sentence.of(
                        "%s and leads to %s: what one %s sends none passes on. Its Subnet needs a route table that leads elsewhere.",
                        winner, target(route), Noun.NAT_SERVICE);
            case APPLIANCE_STOPPED ->
                Sentence.of(
                        "%s and leads to %s, whose %s is stopped: packets are dropped.",
                        winner, target(route), Noun.VM);
            case APPLIANCE_UNLINKED ->
                Sentence.of(
                        "%s and leads to %s, which is linked to no %s: packets are dropped.",
                        winner, target(route), Noun.VM);
            case LOCAL, THROUGH_PEERING, OUTSIDE, BY_NAT_SERVICE, TO_APPLIANCE, NOWHERE ->
                throw new IllegalStateException("BUG: " + step);
        };
    }

    private static Sentence elsewhere(Step.Routing step, Sentence winner, Route route) {
        boolean there = step.leg() == Leg.THERE;
        if (route.target() instanceof RouteTarget.InternetService) {
            return there
                    ? Sentence.of("%s and leads outside by %s, where nobody has that address.", winner, target(route))
                    : Sentence.of(
                            "%s and leads outside by %s, where the packet did not come from: the reply is dropped.",
                            winner, target(route));
        }
        if (there && route.target() instanceof RouteTarget.Nic) {
            return Sentence.of(
                    "%s and leads to %s, whose machine is handed nothing that it sends itself, or that a %s or another one passes on: the packet is dropped.",
                    winner, target(route), Noun.NAT_SERVICE);
        }
        if (route.target() instanceof RouteTarget.NatService || route.target() instanceof RouteTarget.Nic) {
            return Sentence.of(
                    "%s and leads to %s, through which the packet did not come: the reply is dropped.",
                    winner, target(route));
        }
        return there
                ? Sentence.of("%s and leads to %s, where another %s has that address.", winner, target(route), Noun.NET)
                : Sentence.of(
                        "%s and leads to %s, not to the peering that the packet came through: the reply is dropped.",
                        winner, target(route));
    }

    private static Sentence target(Route route) {
        return switch (route.target()) {
            case RouteTarget.Local _ -> Sentence.of("the %s itself", Noun.NET);
            case RouteTarget.Peering(NetPeeringId id) -> Sentence.of(id.value());
            case RouteTarget.InternetService(InternetServiceId id) -> Sentence.of(id.value());
            case RouteTarget.NatService(NatServiceId id) -> Sentence.of(id.value());
            case RouteTarget.Nic(NicId id) -> Sentence.of(id.value());
        };
    }

    private static Sentence tracking(Step.Tracking step) {
        Sentence whose = step.nic()
                .map(nic -> Sentence.of("The %s %s has as many flows open as one may", Noun.NIC, nic))
                .or(() -> step.peering()
                        .map(id -> Sentence.of("Through %s the peer has as many flows open as one peering may", id)))
                .orElse(Sentence.of("The router remembers as many flows as it can"));
        return Sentence.of("%s (%s has %d in all): until some end, none more begins.", whose, step.net(), step.flows());
    }

    private static Sentence crossing(Step.Crossing step) {
        return step.peering()
                .map(id -> Sentence.of(
                        "The %s peering %s waits for the owner of its accepter %s to accept it.",
                        Noun.NET, id, Noun.NET))
                .orElseGet(() -> Sentence.of("No %s peering connects %s and %s.", Noun.NET, step.net(), step.peer()));
    }

    private static Sentence otherSide(Step.OtherSide step, BlockReason blockReason) {
        Sentence side = Sentence.of("The side of account %s (%s)", step.owner(), step.net());
        return switch (blockReason) {
            case NOT_LET_IN ->
                Sentence.of("%s does not let it in: nothing runs at that address, or no rule allows it.", side);
            case NO_WAY_BACK -> Sentence.of("%s has no route back through the peering.", side);
            case OVERLAP -> Sentence.of("The ranges of the two Nets overlap: nothing can connect %s.", step.net());
            default -> throw new IllegalStateException("BUG: " + step);
        };
    }
}
