package dev.linkspan.server.api.own;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.operation.Visible;
import dev.linkspan.core.port.FlowTables;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.reachability.Consent;
import dev.linkspan.core.reachability.Endpoint;
import dev.linkspan.core.reachability.PeeringHealth;
import dev.linkspan.core.reachability.Question;
import dev.linkspan.core.reachability.Reach;
import dev.linkspan.core.reachability.ReachabilityAnalysis;
import dev.linkspan.core.reachability.RegionView;
import dev.linkspan.core.reachability.Site;
import dev.linkspan.core.reachability.Trace;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.core.wording.Verbatim;
import dev.linkspan.server.api.call.Asker;
import dev.linkspan.server.api.call.Invocation;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadTurns;
import dev.linkspan.server.api.json.Required;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/** Why one machine does or does not reach another, also as it would be after calls that are only planned. */
public final class ReachabilityCalls {

    private static final Traffic PING = Question.ECHO_REQUEST;

    /**
     * What to trace.
     *
     * @param regionName the operator says it; the server's first Region where it is absent
     * @param from a VM, a NIC, or an address: in {@code fromNetId}, in the only Net that it can be in, or outside
     * @param to a VM, a NIC, or an address: in {@code toNetId}, wherever the sender's routes lead, in the only Net that it
     *     can be in, or outside
     * @param ipProtocol {@code icmp}, which is the default, {@code tcp}, {@code udp}, or a number
     * @param port the destination port, for tcp and udp
     * @param icmpType an echo request unless given
     * @param plan calls that are thought through before, and not kept
     */
    record TracePathRequest(
            Optional<RegionName> regionName,
            @Required String from,
            Optional<NetId> fromNetId,
            @Required String to,
            Optional<NetId> toNetId,
            Optional<String> ipProtocol,
            Optional<Integer> port,
            Optional<Integer> icmpType,
            List<PlannedCall> plan) {}

    /**
     * Whose reach to answer.
     *
     * @param of a VM, all of whose NICs are meant, or a NIC
     * @param ipProtocol with {@code port} or {@code icmpType}: only what covers such a packet; everything if absent
     */
    record ReadReachabilityRequest(
            Optional<RegionName> regionName,
            @Required String of,
            Optional<String> ipProtocol,
            Optional<Integer> port,
            Optional<Integer> icmpType,
            List<PlannedCall> plan) {}

    /** Who gets in and is answered, and whom it sends to: what the far ends allow is for them to say. */
    record ReadReachabilityResponse(List<ReachAnswer> in, List<ReachAnswer> out) {}

    record ReadPeeringHealthRequest(
            Optional<RegionName> regionName, @Required NetPeeringId netPeeringId, List<PlannedCall> plan) {}

    /** @param netPeeringIds those that do not exist, or are other accounts', are left out of the answer */
    record ReadPeeringSummariesRequest(
            Optional<RegionName> regionName, @Required List<NetPeeringId> netPeeringIds) {}

    /** In the order in which they were asked for. */
    record ReadPeeringSummariesResponse(List<HealthSummaryAnswer> peerings) {}

    private static final int MOST_SUMMARIES = 1000;

    private final Store store;
    private final List<RegionName> regions;
    private final Plans plans;
    private final FlowTables flowTables;
    private final PublicIpPools pools;
    private final ReadTurns turns;

    /**
     * Calls on the store.
     *
     * @param regions the default one first
     * @param operations those of the OUTSCALE API, for planned calls
     */
    public ReachabilityCalls(Store store, List<RegionName> regions, Collection<Operation> operations) {
        this(store, regions, operations, new ReadTurns(), FlowTables.UNKNOWN, PublicIpPools.NONE);
    }

    /**
     * Calls on the store and the network.
     *
     * @param turns whose turn it is to read; the operator needs none
     * @param flowTables what the routers remember now
     * @param pools the public addresses
     */
    public ReachabilityCalls(
            Store store,
            List<RegionName> regions,
            Collection<Operation> operations,
            ReadTurns turns,
            FlowTables flowTables,
            PublicIpPools pools) {
        this.turns = turns;
        this.flowTables = flowTables;
        this.pools = pools;
        this.store = store;
        this.regions = List.copyOf(regions);
        this.plans = new Plans(operations);
    }

    List<Operation.Own<?>> operations() {
        return List.of(
                Operation.own(
                        "TracePath",
                        OwnEndpoint.EITHER,
                        TracePathRequest.class,
                        TraceAnswer.class,
                        inTurn(this::tracePath)),
                Operation.own(
                        "ReadReachability",
                        OwnEndpoint.EITHER,
                        ReadReachabilityRequest.class,
                        ReadReachabilityResponse.class,
                        inTurn(this::readReachability)),
                Operation.own(
                        "ReadPeeringHealth",
                        OwnEndpoint.EITHER,
                        ReadPeeringHealthRequest.class,
                        HealthAnswer.class,
                        inTurn(this::readPeeringHealth)),
                Operation.own(
                        "ReadPeeringSummaries",
                        OwnEndpoint.EITHER,
                        ReadPeeringSummariesRequest.class,
                        ReadPeeringSummariesResponse.class,
                        inTurn(this::readPeeringSummaries)));
    }

    private <Q extends Record, A> Operation.OwnHandler<Q, A> inTurn(Operation.OwnHandler<Q, A> handler) {
        return (invocation, request) -> switch (invocation.asker()) {
            case Asker.Operator _ -> handler.handle(invocation, request);
            case Asker.Tenant(var caller) -> turns.taking(caller.account(), () -> handler.handle(invocation, request));
        };
    }

    private HealthAnswer readPeeringHealth(Invocation invocation, ReadPeeringHealthRequest request) {
        Asker asker = invocation.asker();
        RegionName region = regionOf(asker, request.regionName());
        return planned(region, invocation, request.plan(), (snapshot, consent) -> {
            NetPeeringId id = request.netPeeringId();
            ifTenant(asker, account -> Visible.netPeering(snapshot, account, Parameter.PEERING, id));
            return HealthAnswer.of(health(new ReachabilityAnalysis(RegionView.of(snapshot)), asker, id, consent));
        });
    }

    private ReadPeeringSummariesResponse readPeeringSummaries(
            Invocation invocation, ReadPeeringSummariesRequest request) {
        Asker asker = invocation.asker();
        List<NetPeeringId> ids = request.netPeeringIds();
        if (ids.size() > MOST_SUMMARIES) {
            throw Refusal.badValue(
                    "NetPeeringIds", ids.size() + " ids", "at most %d are answered at once", MOST_SUMMARIES);
        }
        return store.read(regionOf(asker, request.regionName()), snapshot -> {
            ReachabilityAnalysis analysis = new ReachabilityAnalysis(RegionView.of(snapshot));
            return new ReadPeeringSummariesResponse(ids.stream()
                    .distinct()
                    .filter(id -> isVisible(snapshot, asker, id))
                    .map(id -> HealthSummaryAnswer.of(health(analysis, asker, id, Consent.asShown())))
                    .toList());
        });
    }

    private static boolean isVisible(Snapshot snapshot, Asker asker, NetPeeringId id) {
        return switch (asker) {
            case Asker.Operator _ -> snapshot.peerings().find(id).isPresent();
            case Asker.Tenant(var caller) ->
                Visible.netPeering(snapshot, caller.account(), id).isPresent();
        };
    }

    private static PeeringHealth health(ReachabilityAnalysis analysis, Asker asker, NetPeeringId id, Consent consent) {
        return switch (asker) {
            case Asker.Operator _ -> analysis.health(id);
            case Asker.Tenant(var caller) -> analysis.health(id, caller.account(), consent);
        };
    }

    private ReadReachabilityResponse readReachability(Invocation invocation, ReadReachabilityRequest request) {
        Asker asker = invocation.asker();
        RegionName region = regionOf(asker, request.regionName());
        Optional<Traffic> packet =
                request.ipProtocol().map(name -> packet(Optional.of(name), request.port(), request.icmpType()));
        return planned(region, invocation, request.plan(), (snapshot, _) -> {
            ReachabilityAnalysis analysis = new ReachabilityAnalysis(RegionView.of(snapshot));
            List<NicId> nics = nicsOf(snapshot, asker, request.of());
            return new ReadReachabilityResponse(
                    answers(nics, analysis::whoReaches, packet), answers(nics, analysis::whomReaches, packet));
        });
    }

    private static List<ReachAnswer> answers(
            List<NicId> nics, Function<NicId, List<Reach>> reaches, Optional<Traffic> packet) {
        return nics.stream()
                .flatMap(nic -> reaches.apply(nic).stream()
                        .filter(reach -> packet.map(reach::speaksOf).orElse(true))
                        .map(reach -> ReachAnswer.of(nic, reach)))
                .toList();
    }

    private static List<NicId> nicsOf(Snapshot snapshot, Asker asker, String of) {
        return switch (end(snapshot, asker, "Of", of, Optional.empty())) {
            case Endpoint.InVm(VmId vm) ->
                snapshot.nics().ofVm(vm).stream().map(Nic::id).toList();
            case Endpoint.AtNic(NicId nic) -> List.of(nic);
            case Endpoint.AtAddress _ -> throw Refusal.malformed("Of", of, "the id of a VM or of a NIC is expected");
        };
    }

    private TraceAnswer tracePath(Invocation invocation, TracePathRequest request) {
        Asker asker = invocation.asker();
        RegionName region = regionOf(asker, request.regionName());
        Traffic packet = packet(request.ipProtocol(), request.port(), request.icmpType());
        return TraceAnswer.of(planned(
                region,
                invocation,
                request.plan(),
                (snapshot, consent) -> trace(snapshot, asker, request, packet, consent)));
    }

    /**
     * Runs the query on what is true, or on what would be after the planned calls, of which nothing remains. Where both
     * owners agreed is asked before: a plan opens no view.
     */
    private <T> T planned(
            RegionName region, Invocation invocation, List<PlannedCall> plan, BiFunction<Snapshot, Consent, T> query) {
        return plan.isEmpty()
                ? store.read(region, snapshot -> query.apply(snapshot, Consent.asShown()))
                : store.rehearse(region, invocation.origin(), (UnitOfWork unit) -> {
                    Consent consent = consentOf(unit, invocation.asker());
                    plans.make(unit, invocation.asker(), consent, plan);
                    return query.apply(unit, consent);
                });
    }

    private static Consent consentOf(Snapshot truth, Asker asker) {
        return switch (asker) {
            case Asker.Operator _ -> Consent.asShown();
            case Asker.Tenant(var caller) -> Consent.inTruth(truth, caller.account());
        };
    }

    private Trace trace(Snapshot snapshot, Asker asker, TracePathRequest request, Traffic packet, Consent consent) {
        Endpoint from = sender(snapshot, asker, end(snapshot, asker, "From", request.from(), request.fromNetId()));
        Endpoint to = receiver(snapshot, asker, from, end(snapshot, asker, "To", request.to(), request.toNetId()));
        ReachabilityAnalysis analysis = new ReachabilityAnalysis(RegionView.of(snapshot, flowTables, pools));
        Function<Endpoint, Trace> traced = goal -> switch (asker) {
            case Asker.Operator _ -> analysis.trace(new Question(from, goal, packet));
            case Asker.Tenant(var caller) ->
                analysis.trace(new Question(from, goal, packet), caller.account(), consent);
        };
        Trace trace = traced.apply(to);
        Trace best = trace.to().isPresent() || trace.isLedOutside()
                ? trace
                : elsewhere(snapshot, asker, to).map(traced).orElse(trace);
        ifTenant(asker, account -> requireConcerned(account, best));
        return best;
    }

    /** Who sends is in a Net, also where it was not said in which, or outside. */
    private Endpoint sender(Snapshot snapshot, Asker asker, Endpoint from) {
        if (!(from instanceof Endpoint.AtAddress(var net, Ipv4 address)) || net.isPresent()) {
            return from;
        }
        NetOfAddress named = new NetOfAddress(snapshot, asker, "From", address);
        Optional<NetId> of = isOutside(snapshot, address) ? named.found() : Optional.of(named.required());
        return new Endpoint.AtAddress(of, address);
    }

    private boolean isOutside(Snapshot snapshot, Ipv4 address) {
        return RegionView.of(snapshot, flowTables, pools).isOutside(address);
    }

    /** What comes from outside has no routes that say which Net is meant. */
    private static Endpoint receiver(Snapshot snapshot, Asker asker, Endpoint from, Endpoint to) {
        boolean fromOutside = from instanceof Endpoint.AtAddress(var net, Ipv4 _) && net.isEmpty();
        return fromOutside ? elsewhere(snapshot, asker, to).orElse(to) : to;
    }

    /** An address to which the sender has no way yet. */
    private static Optional<Endpoint> elsewhere(Snapshot snapshot, Asker asker, Endpoint to) {
        return to instanceof Endpoint.AtAddress(var none, Ipv4 address) && none.isEmpty()
                ? new NetOfAddress(snapshot, asker, "To", address)
                        .found()
                        .map(net -> new Endpoint.AtAddress(Optional.of(net), address))
                : Optional.empty();
    }

    /** An account asks about its own machines, and whom they talk to. */
    private static void requireConcerned(AccountId viewer, Trace trace) {
        boolean concerned = trace.sites().map(Site::owner).anyMatch(viewer::equals);
        if (!concerned) {
            throw Refusal.badValue("From", trace.source(), "one of the two ends must be in a Net of your own");
        }
    }

    private static Endpoint end(Snapshot snapshot, Asker asker, String parameter, String text, Optional<NetId> net) {
        net.ifPresent(id -> requireVisible(snapshot, asker, parameter + "NetId", id));
        Optional<Ipv4> address = Ipv4.tryParse(text);
        if (address.isPresent()) {
            return new Endpoint.AtAddress(net, address.get());
        }
        return switch (ResourceId.tryParse(text).orElse(null)) {
            case VmId vm -> {
                ifTenant(asker, account -> Visible.vm(snapshot, account, new Verbatim(parameter), vm));
                yield new Endpoint.InVm(vm);
            }
            case NicId nic -> {
                ifTenant(asker, account -> Visible.nic(snapshot, account, new Verbatim(parameter), nic));
                yield new Endpoint.AtNic(nic);
            }
            case null, default ->
                throw Refusal.malformed(parameter, text, "the id of a VM or of a NIC, or an IPv4 address, is expected");
        };
    }

    /** An account knows its own Nets, and those at the other ends of its peerings. */
    private static void requireVisible(Snapshot snapshot, Asker asker, String parameter, NetId net) {
        ifTenant(asker, account -> {
            boolean known = snapshot.nets()
                            .find(net)
                            .filter(it -> it.owner().equals(account))
                            .isPresent()
                    || snapshot.peerings().liveOfNet(net).stream().anyMatch(peering -> peering.concerns(account));
            if (!known) {
                throw Refusal.unknown(parameter, net);
            }
        });
    }

    private static void ifTenant(Asker asker, Consumer<AccountId> check) {
        if (asker instanceof Asker.Tenant(var caller)) {
            check.accept(caller.account());
        }
    }

    private RegionName regionOf(Asker asker, Optional<RegionName> named) {
        RegionName region = switch (asker) {
            case Asker.Tenant(var caller) -> named.orElse(caller.region());
            case Asker.Operator _ -> named.orElse(regions.getFirst());
        };
        if (!regions.contains(region)) {
            throw Refusal.badValue("RegionName", region, "this server's Regions are " + regions);
        }
        return region;
    }

    private static Traffic packet(Optional<String> protocol, Optional<Integer> port, Optional<Integer> icmpType) {
        String name = protocol.orElse("icmp");
        boolean ports = name.equals("tcp") || name.equals("udp") || name.equals("6") || name.equals("17");
        if (!ports && port.isPresent()) {
            throw new Refusal(RefusalCode.PARAMETER_COMBINATION, "A Port goes with the IpProtocol tcp or udp only.");
        }
        if (ports && port.isEmpty()) {
            throw new Refusal(RefusalCode.MISSING_PARAMETER, "The parameter 'Port' is required for tcp and udp.");
        }
        boolean icmp = name.equals("icmp") || name.equals("1");
        if (!icmp && icmpType.isPresent()) {
            throw new Refusal(RefusalCode.PARAMETER_COMBINATION, "An IcmpType goes with the IpProtocol icmp only.");
        }
        if (icmp) {
            return icmpType.map(type -> Traffic.parse("icmp", Optional.of(type), Optional.of(0)))
                    .orElse(PING);
        }
        Traffic packet = Traffic.parse(name, port, port);
        if (packet instanceof Traffic.All) {
            throw Refusal.malformed("IpProtocol", name, "tcp, udp, icmp, or a number from 0 to 255 is expected");
        }
        return packet;
    }
}
