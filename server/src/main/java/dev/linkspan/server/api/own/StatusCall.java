package dev.linkspan.server.api.own;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.port.FlowTables.FlowTable;
import dev.linkspan.core.port.NetworkStatus;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.Store;
import dev.linkspan.server.api.call.AnswerShape;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.json.OneOf;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The operator's view of the whole server: what it holds, and whether the network has caught up with it. */
public final class StatusCall {

    record StatusAnswer(
            String version,
            Instant startDate,
            long uptimeSeconds,
            RegionCalls.ClockAnswer clock,
            NetworkAnswer network,
            Written store,
            List<RegionStatus> regions) {}

    /**
     * @param standingBy whether another server that shares the store carries the packets
     * @param particulars what else the driver tells, whose fields stand among these
     * @param lastSequence the events of all Regions together; what was applied reaches it when packets do what the API
     *     says
     * @param lagSeconds how long the oldest change that is not on the wire has waited
     * @param flows what the routers remember; absent where this server carries no packets
     * @param firstRound how far the network is with what was there at the start; absent once that is on the wire
     */
    record NetworkAnswer(
            String driver,
            boolean standingBy,
            @JsonUnwrapped Record particulars,
            long lastSequence,
            long appliedSequence,
            double lagSeconds,
            Optional<FirstRound> firstRound,
            Optional<Flows> flows,
            List<FailingNet> failing) {}

    /**
     * The flows in the routers' tables.
     *
     * @param total of all Nets
     * @param most how many each Net's table holds
     * @param fullestNetId the Net with the most
     * @param fullest how many that has
     * @param limited where new flows are dropped
     */
    record Flows(long total, long most, NetId fullestNetId, long fullest, List<LimitedNet> limited) {}

    /**
     * A Net in which something is full.
     *
     * @param tableFull whether no flow can begin
     * @param nicIds the NICs that have as many open as they may
     * @param netPeeringIds the peerings through which the peer has as many open as it may
     */
    record LimitedNet(
            NetId netId, long flows, boolean tableFull, List<NicId> nicIds, List<NetPeeringId> netPeeringIds) {}

    /** @param nets how many there are; 0 while they are not counted yet */
    record FirstRound(int netsDone, int nets) {}

    record FailingNet(NetId netId, String reason) {}

    record RegionStatus(
            RegionName regionName,
            long lastSequence,
            long appliedSequence,
            List<SubregionStatus> subregions,
            int nets,
            Map<String, Long> vms,
            Map<String, Long> netPeerings) {}

    record SubregionStatus(
            SubregionName subregionName,
            @OneOf({"available", "failed"}) String state) {}

    /**
     * What is fixed while the server runs.
     *
     * @param startedAt by the real time
     */
    public record ServerProcess(String version, Instant startedAt) {}

    /**
     * What the store has made durable since the start.
     *
     * @param changes those that were kept or only rehearsed
     * @param commits how many transactions they shared
     */
    public record Written(long changes, long commits) {}

    private final Store store;
    private final List<Region> regions;
    private final RegionClock clock;
    private final NetworkStatus network;
    private final Class<? extends Record> particulars;
    private final ServerProcess process;
    private final Supplier<Written> written;

    /** @param particulars what the network's are */
    public StatusCall(
            Store store,
            List<Region> regions,
            RegionClock clock,
            NetworkStatus network,
            Class<? extends Record> particulars,
            ServerProcess process,
            Supplier<Written> written) {
        this.store = store;
        this.regions = List.copyOf(regions);
        this.clock = clock;
        this.network = network;
        this.particulars = particulars;
        this.process = process;
        this.written = written;
    }

    Operation.Own<?> operation() {
        return new Operation.Own<>(
                "ReadStatus",
                OwnEndpoint.OPERATOR,
                Operation.Nothing.class,
                new AnswerShape.Fields(StatusAnswer.class, Map.of(NetworkAnswer.class, particulars)),
                (_, _) -> status());
    }

    private StatusAnswer status() {
        NetworkStatus.Report report = network.report();
        List<RegionStatus> answers = regions.stream()
                .map(region -> store.read(region.name(), snapshot -> region(snapshot, region, report)))
                .toList();
        return new StatusAnswer(
                process.version(),
                process.startedAt(),
                Duration.between(process.startedAt(), Instant.now()).toSeconds(),
                new RegionCalls.ClockAnswer(clock.kind(), clock.now()),
                network(report, answers),
                written.get(),
                answers);
    }

    private NetworkAnswer network(NetworkStatus.Report report, List<RegionStatus> answers) {
        NetworkStatus.Progress progress = report.progress();
        return new NetworkAnswer(
                report.carrier().name(),
                report.standingBy(),
                report.carrier().particulars(),
                answers.stream().mapToLong(RegionStatus::lastSequence).sum(),
                answers.stream().mapToLong(RegionStatus::appliedSequence).sum(),
                progress.lag().toMillis() / 1e3,
                progress.initialSync().map(sync -> new FirstRound(sync.done(), sync.of())),
                flows(),
                new TreeMap<>(progress.failing().entrySet().stream()
                                .collect(
                                        Collectors.toMap(entry -> entry.getKey().value(), Function.identity())))
                        .values().stream()
                                .map(entry -> new FailingNet(entry.getKey(), entry.getValue()))
                                .toList());
    }

    private Optional<Flows> flows() {
        Map<NetId, FlowTable> tables = network.flowTables();
        return tables.entrySet().stream()
                .max(Comparator.comparingLong(entry -> entry.getValue().flows()))
                .map(fullest -> new Flows(
                        tables.values().stream().mapToLong(FlowTable::flows).sum(),
                        fullest.getValue().most(),
                        fullest.getKey(),
                        fullest.getValue().flows(),
                        tables.entrySet().stream()
                                .filter(entry -> entry.getValue().drops())
                                .sorted(Comparator.comparing(
                                        entry -> entry.getKey().value()))
                                .map(entry -> limited(entry.getKey(), entry.getValue()))
                                .toList()));
    }

    private static LimitedNet limited(NetId net, FlowTable table) {
        return new LimitedNet(
                net,
                table.flows(),
                table.full(),
                table.fullNics().stream()
                        .sorted(Comparator.comparing(NicId::value))
                        .toList(),
                table.fullPeerings().stream()
                        .sorted(Comparator.comparing(NetPeeringId::value))
                        .toList());
    }

    private static RegionStatus region(Snapshot snapshot, Region region, NetworkStatus.Report report) {
        List<SubregionStatus> subregions = region.subregions().stream()
                .map(name ->
                        new SubregionStatus(name, snapshot.silentSubregions().contains(name) ? "failed" : "available"))
                .toList();
        List<NetId> nets = snapshot.nets().ids();
        long applied = report.progress().appliedSequences().getOrDefault(region.name(), 0L);
        return new RegionStatus(
                region.name(),
                snapshot.events().lastSequence(),
                Math.min(applied, snapshot.events().lastSequence()),
                subregions,
                nets.size(),
                byLabel(snapshot.vms().countByState(), VmState::label),
                byLabel(snapshot.peerings().countByState(), PeeringStateName::label));
    }

    private static <S> Map<String, Long> byLabel(Map<S, Long> counts, Function<S, String> label) {
        Map<String, Long> labelled = new TreeMap<>();
        counts.forEach((state, count) -> labelled.put(label.apply(state), count));
        return labelled;
    }
}
