package dev.linkspan.core.operation;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.insights.PathQuestion;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.internet.PublicIpLink;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringSide;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.port.FlowTables;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.reachability.Consent;
import dev.linkspan.core.reachability.Endpoint;
import dev.linkspan.core.reachability.Question;
import dev.linkspan.core.reachability.ReachabilityAnalysis;
import dev.linkspan.core.reachability.RegionView;
import dev.linkspan.core.reachability.Site;
import dev.linkspan.core.reachability.Trace;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.core.wording.Term;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds out whom a path's ends mean now. An account names its own machines; what is behind a peering it names by the peering
 * and an address, as far as that is a Net at the other end of one of its own (A4), and what is outside by its internet service
 * and an address.
 */
record PathEnds(Snapshot snapshot, AccountId caller, FlowTables flowTables, PublicIpPools pools) {

    /** What happens to the packet now, as the caller may see it. */
    Trace trace(PathQuestion question) {
        question.requireOnePacket();
        Endpoint from = end(Parameter.SOURCE, question.source(), question.from());
        Endpoint to = question.destination()
                .map(id -> end(Parameter.DESTINATION, id, question.to()))
                .orElseGet(() ->
                        new Endpoint.AtAddress(Optional.empty(), question.to().orElseThrow()));
        Trace trace = new ReachabilityAnalysis(RegionView.of(snapshot, flowTables, pools))
                .trace(new Question(from, to, question.packet()), caller, Consent.asShown());
        requireDoor(Parameter.SOURCE, Optional.of(question.source()), trace.to());
        requireDoor(Parameter.DESTINATION, question.destination(), trace.from());
        if (trace.sites().noneMatch(this::isOwn)) {
            throw Refusal.badValue(
                    Parameter.SOURCE,
                    question.source().value(),
                    "one of the two ends must be in a %s of your own",
                    Noun.NET);
        }
        return trace;
    }

    /** An internet service leads out of its own Net only, and in. */
    private void requireDoor(Term parameter, Optional<ResourceId> end, Optional<Site> other) {
        if (end.orElse(null) instanceof InternetServiceId id) {
            Optional<NetId> net = snapshot.internetServices().find(id).flatMap(InternetService::net);
            net.filter(it -> other.filter(site -> site.net().equals(it)).isEmpty())
                    .ifPresent(it -> {
                        throw Refusal.badValue(
                                parameter, id, "it is linked to '%s', and the other end is elsewhere", it);
                    });
        }
    }

    private boolean isOwn(Site site) {
        return site.owner().equals(caller);
    }

    private Endpoint end(Term parameter, ResourceId id, Optional<Ipv4> address) {
        return switch (id) {
            case VmId vm -> machine(parameter, vm, address);
            case NicId nic -> {
                Nic found = Visible.nic(snapshot, caller, parameter, nic);
                yield address.map(it -> at(parameter, id, List.of(found), it)).orElse(new Endpoint.AtNic(nic));
            }
            case InternetServiceId service -> {
                Visible.internetService(snapshot, caller, parameter, service);
                yield outside(parameter, address.orElseThrow());
            }
            case NetPeeringId peering -> beyond(parameter, peering, address.orElseThrow());
            default -> throw new IllegalStateException("BUG: %s is no end of a path".formatted(id));
        };
    }

    private Endpoint machine(Term parameter, VmId id, Optional<Ipv4> address) {
        Vm vm = Visible.vm(snapshot, caller, parameter, id);
        List<Nic> nics = snapshot.nics().ofVm(vm.id());
        if (nics.isEmpty()) {
            throw Refusal.badValue(parameter, id, "the %s is terminated and has no %s", Noun.VM, Noun.NIC);
        }
        return address.map(it -> at(parameter, id, nics, it)).orElse(new Endpoint.InVm(id));
    }

    private Endpoint outside(Term parameter, Ipv4 address) {
        if (!RegionView.of(snapshot, flowTables, pools).isOutside(address)) {
            throw Refusal.badValue(addressOf(parameter), address, "an address outside all %s is expected", Noun.NETS);
        }
        return new Endpoint.AtAddress(Optional.empty(), address);
    }

    /** A public address of the machine means the private one that it stands for. */
    private Endpoint at(Term parameter, ResourceId id, List<Nic> nics, Ipv4 named) {
        Ipv4 address = snapshot.publicIps()
                .findByAddress(named)
                .flatMap(PublicIp::link)
                .filter(link -> nics.stream().map(Nic::id).anyMatch(link.nic()::equals))
                .map(PublicIpLink::privateAddress)
                .orElse(named);
        NetId net = nics.stream()
                .filter(nic -> nic.addresses().contains(address))
                .map(Nic::net)
                .findFirst()
                .orElseThrow(() ->
                        Refusal.badValue(addressOf(parameter), address, "an address of '%s' is expected", id.value()));
        return new Endpoint.AtAddress(Optional.of(net), address);
    }

    private static Parameter addressOf(Term end) {
        return end.equals(Parameter.SOURCE) ? Parameter.SOURCE_ADDRESS : Parameter.DESTINATION_ADDRESS;
    }

    private Endpoint beyond(Term parameter, NetPeeringId id, Ipv4 address) {
        NetPeering peering = Visible.netPeering(snapshot, caller, parameter, id);
        PeeringState state = peering.stateAt(snapshot.now());
        if (!(state instanceof PeeringState.Live)) {
            throw Refusal.badValue(
                    parameter,
                    id,
                    "it is in the state '%s', and what is behind it is not told any more",
                    state.name().label());
        }
        PeeringSide side = Stream.of(peering.source(), peering.accepter())
                .filter(it -> it.range().contains(address))
                .findFirst()
                .orElseThrow(() -> Refusal.badValue(
                        addressOf(parameter),
                        address,
                        "an address in %s or %s is expected, which '%s' connects",
                        peering.source().range(),
                        peering.accepter().range(),
                        id));
        return new Endpoint.AtAddress(Optional.of(side.net()), address);
    }
}
