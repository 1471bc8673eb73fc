package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.port.FlowTables;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.routing.RouteLookup;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.core.wording.Term;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says what happens to a packet and to its reply, by the same truth from which the network is planned, and which calls would
 * change it. That packets agree is tested (docs/decisions/0016-the-wire-is-the-oracle.md). It follows the packet to the end:
 * what is found to stop it is taken as put right, so that everything in the way is found at once.
 */
public final class ReachabilityAnalysis {

    private final RegionView region;

    public ReachabilityAnalysis(RegionView region) {
        this.region = region;
    }

    /** Answers the question; refuses it where an end of it is none. */
    public Trace trace(Question question) {
        return trace(question, region.flowTables());
    }

    /** The same, whatever flows there are now: what one owner's packets do to the other's router is not told. */
    Trace traceWhateverFlows(Question question) {
        return trace(question, FlowTables.UNKNOWN);
    }

    private Trace trace(Question question, FlowTables flowTables) {
        Decisions decisions = new Decisions(region, flowTables, question);
        Optional<ResolvedEndpoint> named = named(question.to(), Parameter.TO);
        Ipv4 address = named.map(ResolvedEndpoint::address).orElseGet(() -> bareAddress(question.to()));
        if (isOutside(question.from())) {
            ResolvedEndpoint to = named.or(() -> region.standsFor(address)).orElseThrow(() -> nobodyMeant(address));
            Optional<Ipv4> publicAddress = to.exits().publicAddressOf(to.address());
            return new OutsideWalk(decisions).in(bareAddress(question.from()), to, publicAddress);
        }
        ResolvedEndpoint from = sender(question.from(), address);
        Optional<ResolvedEndpoint> to = named.or(() -> meant(from, address));
        return to.isEmpty() && region.isOutside(address)
                ? new OutsideWalk(decisions).out(from, address)
                : new Walk(decisions, from, address, to).trace();
    }

    /** An address in no Net in particular, of a sender. */
    private boolean isOutside(Endpoint from) {
        return from instanceof Endpoint.AtAddress(var net, Ipv4 address) && net.isEmpty() && region.isOutside(address);
    }

    private static Refusal nobodyMeant(Ipv4 address) {
        return Refusal.badValue(
                Parameter.TO,
                address,
                "what comes from outside goes to a %s, or to a public address that stands for one's",
                Noun.VM);
    }

    /**
     * The answer as an account may know it: its own side in full; of the other one whose it is, and what it answers.
     *
     * @param viewer the owner of at least one of the two Nets
     * @param consent where both owners agreed
     */
    public Trace trace(Question question, AccountId viewer, Consent consent) {
        return new RedactedTrace(region, viewer, consent).trace(question);
    }

    /** Who gets in to this NIC and is answered, as far as its own side decides. */
    public List<Reach> whoReaches(NicId id) {
        return Reaches.largest(reaches(id).in());
    }

    /** Whom this NIC sends to, as far as its own side decides. */
    public List<Reach> whomReaches(NicId id) {
        return Reaches.largest(reaches(id).out());
    }

    private Reaches reaches(NicId id) {
        NetIndex net = region.netOf(id).orElseThrow(() -> Refusal.unknown(Parameter.NIC, id));
        Nic nic = net.nic(id).orElseThrow(() -> Refusal.unknown(Parameter.NIC, id));
        return new Reaches(region, net, nic);
    }

    /** Looks at both sides of a peering. */
    public PeeringHealth health(NetPeeringId id) {
        return checkup(id, Consent.asShown()).health();
    }

    /**
     * The same as one of the owners may know it.
     *
     * @param consent where both owners agreed
     */
    public PeeringHealth health(NetPeeringId id, AccountId viewer, Consent consent) {
        Checkup checkup = checkup(id, consent);
        return checkup.health().seenBy(viewer, checkup.agreed());
    }

    private Checkup checkup(NetPeeringId id, Consent consent) {
        NetPeering peering = region.peering(id).orElseThrow(() -> Refusal.unknown(Parameter.PEERING, id));
        return new Checkup(region, peering, consent);
    }

    private static Ipv4 bareAddress(Endpoint to) {
        if (to instanceof Endpoint.AtAddress bare) {
            return bare.address();
        }
        throw new IllegalStateException("BUG: %s names a Net".formatted(to));
    }

    /** The end that is named with its Net; empty for an address of no Net in particular. */
    private Optional<ResolvedEndpoint> named(Endpoint end, Term parameter) {
        return switch (end) {
            case Endpoint.InVm(var vm) -> {
                NetIndex net = region.netOf(vm).orElseThrow(() -> Refusal.unknown(parameter, vm));
                Nic primary = net.nicsOf(vm).stream()
                        .findFirst()
                        .orElseThrow(() -> Refusal.badValue(
                                parameter, vm, "the %s is terminated and has no %s", Noun.VM, Noun.NIC));
                yield Optional.of(ResolvedEndpoint.of(net, primary));
            }
            case Endpoint.AtNic(var id) -> {
                NetIndex net = region.netOf(id).orElseThrow(() -> Refusal.unknown(parameter, id));
                yield net.nic(id).map(nic -> ResolvedEndpoint.of(net, nic));
            }
            case Endpoint.AtAddress(var id, Ipv4 address) -> id.map(net -> inNet(net, address, parameter));
        };
    }

    private ResolvedEndpoint inNet(NetId id, Ipv4 address, Term parameter) {
        NetIndex net = region.net(id)
                .orElseThrow(() ->
                        Refusal.unknown(parameter.equals(Parameter.FROM) ? Parameter.FROM_NET : Parameter.TO_NET, id));
        if (!net.net().range().contains(address)) {
            throw Refusal.badValue(
                    parameter,
                    address,
                    "an address in the range %s of the %s '%s' is expected",
                    net.net().range(),
                    Noun.NET,
                    id);
        }
        return ResolvedEndpoint.at(net, address);
    }

    /** A machine chooses the NIC that it sends through, and with it its address. */
    private ResolvedEndpoint sender(Endpoint end, Ipv4 to) {
        ResolvedEndpoint seat = named(end, Parameter.FROM)
                .orElseThrow(() -> Refusal.badValue(
                        Parameter.FROM,
                        bareAddress(end),
                        "the %s of the address is needed too, in %s",
                        Noun.NET,
                        Parameter.FROM_NET));
        return end instanceof Endpoint.InVm
                ? seat.exitTo(to)
                        .map(nic -> ResolvedEndpoint.of(seat.net(), nic))
                        .orElse(seat)
                : seat;
    }

    /** Who is meant by an address of no Net in particular: whom the packet would reach, or could. */
    private Optional<ResolvedEndpoint> meant(ResolvedEndpoint from, Ipv4 address) {
        if (from.range().contains(address)) {
            return Optional.of(ResolvedEndpoint.at(from.net(), address));
        }
        NetId own = from.netId();
        return Stream.concat(
                        routed(from, address).stream(),
                        from.net().peerings().stream()
                                .sorted((one, other) -> Boolean.compare(other.isActive(), one.isActive())))
                .map(peering -> peering.peerOf(own))
                .filter(peer -> peer.range().contains(address))
                .findFirst()
                .flatMap(peer -> region.net(peer.net()))
                .map(net -> ResolvedEndpoint.at(net, address));
    }

    /** The peering that the table leads through of who sends the packet on last, if that can still carry packets. */
    private Optional<NetPeering> routed(ResolvedEndpoint from, Ipv4 address) {
        ResolvedEndpoint passed = from.applianceTo(address)
                .filter(nic -> nic.link()
                        .filter(link -> from.vmId().filter(link.vm()::equals).isEmpty())
                        .isPresent())
                .map(nic -> ResolvedEndpoint.of(from.net(), nic))
                .orElse(from);
        ResolvedEndpoint seen = passed.natServiceTo(address).orElse(passed);
        RouteTable table = seen.table(seen.exitTo(address));
        return RouteLookup.winner(table, address)
                .flatMap(route -> route.target().peering())
                .flatMap(region::peering)
                .filter(peering -> peering.stateAt(region.now()) instanceof PeeringState.Live);
    }
}
