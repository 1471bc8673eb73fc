package dev.linkspan.server.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.id.VmId;
import dev.linkspan.core.port.NetworkStatus;
import dev.linkspan.core.port.ProbeAnswer;
import dev.linkspan.core.port.ProbePacket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeasedNetworkTest {

    private static final NetworkStatus.Carrier RECORDING = new NetworkStatus.Carrier("recording", true, new Nothing());

    private final List<Recording> opened = new CopyOnWriteArrayList<>();
    private volatile boolean held;
    private volatile boolean broken;
    private volatile boolean dying;
    private final LeasedNetwork network = new LeasedNetwork(this::held, RECORDING, this::open);

    private record Nothing() {}

    /** Counts what is done to it. */
    private static final class Recording implements Network {

        private volatile boolean started;
        private volatile boolean dead;
        private volatile boolean closed;

        @Override
        public ProbeAnswer probe(VmId from, ProbePacket packet) {
            return ProbeAnswer.silence("from " + from);
        }

        @Override
        public void start() {
            started = true;
        }

        @Override
        public List<String> ended() {
            return dead ? List.of("reconciler") : List.of();
        }

        @Override
        public Report report() {
            return new Report(RECORDING, false, new Progress(Map.of(), Duration.ZERO, 7, Map.of(), Optional.empty()));
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private boolean held() {
        if (dying) {
            throw new AssertionError("a fault on purpose");
        }
        return held;
    }

    private Network open() {
        if (broken) {
            throw new IllegalStateException("no more namespaces");
        }
        Recording carrier = new Recording();
        opened.add(carrier);
        return carrier;
    }

    @AfterEach
    void close() {
        network.close();
    }

    private static void eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void nothing_is_opened_before_the_lease_is_held() {
        network.start();

        assertThat(network.report().standingBy()).isTrue();
        held = true;

        eventually(() -> network.report().progress().waiting() == 7);
        assertThat(opened)
                .singleElement()
                .satisfies(carrier -> assertThat(carrier.started).isTrue());
        assertThat(network.report().standingBy()).isFalse();
    }

    @Test
    void who_loses_the_lease_stops_and_who_gets_it_again_begins_anew() {
        held = true;
        network.start();
        eventually(() -> opened.size() == 1);

        held = false;
        eventually(() -> opened.getFirst().closed);
        eventually(() -> network.report().standingBy());

        held = true;
        eventually(() -> opened.size() == 2);
        network.close();
        assertThat(opened.getLast().closed).isTrue();
    }

    @Test
    void who_has_the_lease_and_cannot_open_the_network_lags_behind_and_tries_again() {
        broken = true;
        held = true;
        network.start();

        eventually(() -> network.report().progress().lag().isPositive());
        assertThat(network.report().standingBy()).isFalse();
        broken = false;

        eventually(() -> network.report().progress().waiting() == 7);
    }

    @Test
    void what_ends_by_itself_is_named_its_own_thread_and_those_of_what_it_carries() {
        held = true;
        network.start();
        eventually(() -> opened.size() == 1 && opened.getFirst().started);
        eventually(() -> network.ended().isEmpty());

        opened.getFirst().dead = true;
        eventually(() -> network.ended().equals(List.of("reconciler")));
        dying = true;
        eventually(() -> network.ended().equals(List.of("reconciler", "network-lease")));

        network.close();
        assertThat(network.ended()).isEmpty();
    }
}
