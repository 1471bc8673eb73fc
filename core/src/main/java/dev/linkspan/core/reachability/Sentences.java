package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
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
import java.util.Optional;
import java.util.stream.Collectors;

/** Causes as people read them: a sentence that names the resource, the value and what is wrong with it. */
final class Sentences {

    private Sentences() {}

    static String why(Cause cause) {
        return why(cause.step(), cause.trouble());
    }

    static String told(Step step) {
        return step.trouble().map(trouble -> why(step, trouble)).orElseGet(() -> passed(step));
    }

    private static String passed(Step passed) {
        return switch (passed) {
            case Step.Beginning step -> "%s can begin a flow".formatted(named(step.packet()));
            case Step.Machine step -> "%s runs at %s".formatted(text(step.vm().map(VmId::value)), step.address());
            case Step.InSubregion step -> "Subregion %s works".formatted(step.subregion());
            case Step.SourceCheck step ->
                step.own()
                        ? "%s sends from its own address %s".formatted(step.nic(), step.address())
                        : "%s may send from %s: it is not checked".formatted(step.nic(), step.address());
            case Step.Groups step -> allowed(step);
            case Step.Routing step -> led(step);
            case Step.Crossing step ->
                "%s is active and reaches %s".formatted(text(step.peering().map(NetPeeringId::value)), step.range());
            case Step.Tracking step -> throw new IllegalStateException("BUG: met only where it stops: " + step);
            case Step.InsideMachine step -> "it stays inside %s".formatted(step.vm());
            case Step.Router step -> "the router of %s answers ping".formatted(step.net());
            case Step.OtherSide step -> otherSidePassed(step);
        };
    }

    private static String allowed(Step.Groups step) {
        Step.Allowance allowance = step.allowance().orElseThrow();
        String direction = step.direction() == Direction.INBOUND ? "in from" : "out to";
        String counterpart = switch (allowance.rule().counterpart()) {
            case Counterpart.Range(Cidr cidr) -> cidr.toString();
            case Counterpart.Group(SecurityGroupId id, AccountId _) -> id.value();
        };
        return "%s lets %s %s %s"
                .formatted(allowance.group(), named(allowance.rule().traffic()), direction, counterpart);
    }

    private static String led(Step.Routing step) {
        Route route = step.route().orElseThrow();
        return switch (route.target()) {
            case RouteTarget.Local _ -> "%s is local in %s".formatted(step.address(), step.table());
            case RouteTarget.Peering(NetPeeringId id) ->
                "%s leads %s to %s".formatted(step.table(), route.destination(), id);
        };
    }

    private static String otherSidePassed(Step.OtherSide step) {
        String side = "account %s's side (%s)".formatted(step.owner(), step.net());
        return switch (step.telling()) {
            case TOLD -> side + (step.leg() == Leg.BACK ? " sends the reply back" : " lets it in");
            case NOT_AGREED -> side + " is not told before a peering is active";
            case NOT_ONES_OWN -> "what %s sends is told to its owner alone".formatted(side);
            case NOT_LET_IN -> "the reply of %s is not told while it does not let the packet in".formatted(side);
        };
    }

    private static String why(Step stopping, Trouble trouble) {
        return switch (stopping) {
            case Step.Beginning step ->
                "No flow can begin with %s: it belongs to another packet.".formatted(named(step.packet()));
            case Step.Machine step -> machine(step);
            case Step.InSubregion step ->
                "The Subregion %s has failed: its machines exchange no packets.".formatted(step.subregion());
            case Step.SourceCheck step ->
                "The %s would leave through %s, which may not send from %s: its source/destination check is on."
                        .formatted(packet(step.leg()), step.nic(), step.address());
            case Step.Groups step -> groups(step);
            case Step.Routing step -> routing(step);
            case Step.Crossing step -> crossing(step);
            case Step.Tracking step -> tracking(step);
            case Step.InsideMachine _ -> throw new IllegalStateException("BUG: nothing stops a machine's own packets");
            case Step.Router step ->
                "%s is the router of %s, which answers nothing but ping.".formatted(step.address(), step.net());
            case Step.OtherSide step -> otherSide(step, trouble);
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

    private static String machine(Step.Machine step) {
        return switch (step.condition()) {
            case RUNNING -> throw new IllegalStateException("BUG: a running machine stops nothing");
            case STOPPED -> "The VM %s is stopped.".formatted(text(step.vm().map(VmId::value)));
            case NOT_LINKED ->
                "The NIC %s is linked to no VM.".formatted(text(step.nic().map(NicId::value)));
            case NOBODY -> "No NIC in %s has the address %s.".formatted(step.net(), step.address());
        };
    }

    private static String text(Optional<String> id) {
        return id.orElse("");
    }

    private static String groups(Step.Groups step) {
        String groups = step.groups().stream().map(SecurityGroupId::value).collect(Collectors.joining(", "));
        String direction = step.direction() == Direction.INBOUND ? "in from" : "out to";
        return "No rule of %s lets %s %s %s.".formatted(groups, named(step.packet()), direction, step.other());
    }

    private static String routing(Step.Routing step) {
        String back = step.leg() == Leg.BACK ? "back to" : "to";
        if (step.route().isEmpty()) {
            return "The route table %s has no route %s %s.".formatted(step.table(), back, step.address());
        }
        Route route = step.route().get();
        String winner =
                "In %s the route to %s wins for %s".formatted(step.table(), route.destination(), step.address());
        return switch (step.outcome()) {
            case OVERLAP ->
                "%s is in the range %s of %s itself, where everything is local: Nets that overlap cannot be peered."
                        .formatted(step.address(), route.destination(), step.net());
            case DEAD ->
                "%s and leads to %s, which is %s: packets are dropped."
                        .formatted(
                                winner,
                                target(route),
                                step.target().map(PeeringStateName::label).orElse("long gone"));
            case ELSEWHERE ->
                step.leg() == Leg.THERE
                        ? "%s and leads to %s, where another Net has that address.".formatted(winner, target(route))
                        : "%s and leads to %s, not to the peering that the packet came through: the reply is dropped."
                                .formatted(winner, target(route));
            case BEYOND ->
                "%s and leads to %s, whose other end does not have it: a peering passes nothing on."
                        .formatted(winner, target(route));
            case LOCAL, THROUGH_PEERING, NOWHERE -> throw new IllegalStateException("BUG: " + step);
        };
    }

    private static String target(Route route) {
        return switch (route.target()) {
            case RouteTarget.Local _ -> "the Net itself";
            case RouteTarget.Peering(NetPeeringId id) -> id.value();
        };
    }

    private static String tracking(Step.Tracking step) {
        String whose = step.nic()
                .map(nic -> "The NIC %s has as many flows open as one may".formatted(nic))
                .or(() -> step.peering()
                        .map(id -> "Through %s the peer has as many flows open as one peering may".formatted(id)))
                .orElse("The router remembers as many flows as it can");
        return "%s (%s has %d in all): until some end, none more begins.".formatted(whose, step.net(), step.flows());
    }

    private static String crossing(Step.Crossing step) {
        return step.peering()
                .map(id -> "The Net peering %s waits for the owner of its accepter Net to accept it.".formatted(id))
                .orElseGet(() -> "No Net peering connects %s and %s.".formatted(step.net(), step.peer()));
    }

    private static String otherSide(Step.OtherSide step, Trouble trouble) {
        String side = "The side of account %s (%s)".formatted(step.owner(), step.net());
        return switch (trouble) {
            case NOT_LET_IN -> side + " does not let it in: nothing runs at that address, or no rule allows it.";
            case NO_WAY_BACK -> side + " has no route back through the peering.";
            case OVERLAP -> "The ranges of the two Nets overlap: nothing can connect %s.".formatted(step.net());
            default -> throw new IllegalStateException("BUG: " + step);
        };
    }
}
