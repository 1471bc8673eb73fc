package dev.linkspan.server.network;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.port.Lease;
import dev.linkspan.core.port.ProbeAnswer;
import dev.linkspan.core.port.ProbePacket;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The network of several servers that share a store: whoever holds the lease carries it, the others stand by. Who gets the
 * lease begins like a server that starts: it takes over what is there and changes only what differs.
 */
final class LeasedNetwork implements Network {

    private static final Logger LOG = System.getLogger(LeasedNetwork.class.getName());
    private static final Duration PERIOD = Duration.ofMillis(200);

    private final Lease lease;
    private final Carrier idle;
    private final Supplier<Network> opening;
    private final Thread thread;
    private volatile @Nullable Network carrying;

    /** Since when the lease is held and the network is not carried (in {@link System#nanoTime()}). */
    private volatile @Nullable Long takingOverSince;

    private volatile boolean closed;

    /**
     * Nothing is opened before the lease is held.
     *
     * @param idle for the report, while another server carries the packets
     * @param opening opens the network, at each time that the lease is got
     */
    LeasedNetwork(Lease lease, Carrier idle, Supplier<Network> opening) {
        this.lease = lease;
        this.idle = idle;
        this.opening = opening;
        this.thread = Thread.ofPlatform().name("network-lease").daemon().unstarted(this::followLease);
    }

    @Override
    public void start() {
        thread.start();
    }

    private void followLease() {
        while (!closed) {
            try {
                boolean held = lease.isHeld();
                if (carrying == null && held) {
                    takeOver();
                } else if (carrying != null && !held) {
                    LOG.log(Level.WARNING, "another server carries the network from now on");
                    giveUp();
                } else if (!held) {
                    takingOverSince = null;
                }
            } catch (RuntimeException failure) {
                LOG.log(Level.WARNING, "the network cannot be taken over; tried again", failure);
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            }
            LockSupport.parkNanos(PERIOD.toNanos());
        }
        giveUp();
    }

    private void takeOver() {
        if (takingOverSince == null) {
            takingOverSince = System.nanoTime();
            LOG.log(Level.INFO, "this server carries the network from now on");
        }
        Network network = opening.get();
        network.start();
        carrying = network;
        takingOverSince = null;
    }

    private void giveUp() {
        Network network = carrying;
        carrying = null;
        if (network != null) {
            network.close();
        }
    }

    /** Who has the lease and cannot open the network lags behind: nobody carries it. */
    @Override
    public Report report() {
        Network network = carrying;
        if (network != null) {
            return network.report();
        }
        Optional<Duration> late =
                Optional.ofNullable(takingOverSince).map(since -> Duration.ofNanos(System.nanoTime() - since));
        Progress progress =
                new Progress(Map.of(), late.orElse(Duration.ZERO), 0, Map.of(), late.map(_ -> new InitialSync(0, 0)));
        return new Report(idle, late.isEmpty(), progress);
    }

    @Override
    public Optional<FlowTable> flowTable(NetId net) {
        Network network = carrying;
        return network == null ? Optional.empty() : network.flowTable(net);
    }

    @Override
    public Map<NetId, FlowTable> flowTables() {
        Network network = carrying;
        return network == null ? Map.of() : network.flowTables();
    }

    @Override
    public ProbeAnswer probe(VmId from, ProbePacket packet) {
        Network network = carrying;
        if (network == null) {
            throw new Refusal(
                    RefusalCode.INVALID_STATE,
                    "Another server carries the packets: ask that one. ReadStatus tells which one stands by.");
        }
        return network.probe(from, packet);
    }

    @Override
    public List<String> ended() {
        if (closed) {
            return List.of();
        }
        Network network = carrying;
        List<String> ended = new ArrayList<>(network == null ? List.of() : network.ended());
        if (!thread.isAlive()) {
            ended.add(thread.getName());
        }
        return ended;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(Duration.ofSeconds(15));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
