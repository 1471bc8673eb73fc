package dev.linkspan.server.network;

import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.port.ProbeAnswer;
import dev.linkspan.core.port.ProbePacket;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Carries no packets: for a server that is a control plane only. It never lags behind. */
public final class NoNetwork implements Network {

    private final Carrier carrier;
    private final Store store;
    private final List<RegionName> regions;

    private NoNetwork(Carrier carrier, Store store, List<RegionName> regions) {
        this.carrier = carrier;
        this.store = store;
        this.regions = List.copyOf(regions);
    }

    /** The kind of it. */
    public record Kind(String name, Record particulars) implements NetworkKind {

        @Override
        public boolean carriesPackets() {
            return false;
        }

        /** There is nothing in which they would meet. */
        @Override
        public boolean separatesOverlappingPeers() {
            return true;
        }

        @Override
        public Network open(NetworkContext context) {
            return new NoNetwork(carrier(), context.store(), context.regions());
        }
    }

    @Override
    public Report report() {
        Map<RegionName, Long> sequences = regions.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        region ->
                                store.read(region, snapshot -> snapshot.events().lastSequence())));
        return new Report(carrier, false, new Progress(sequences, Duration.ZERO, 0, Map.of(), Optional.empty()));
    }

    @Override
    public ProbeAnswer probe(VmId from, ProbePacket packet) {
        throw new Refusal(
                RefusalCode.INVALID_STATE,
                "This server carries no packets: it was started with --network %s.".formatted(carrier.name()));
    }

    @Override
    public List<String> ended() {
        return List.of();
    }

    @Override
    public void start() {}

    @Override
    public void close() {}
}
