package dev.linkspan.server.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.NetworkDriver;
import dev.linkspan.core.port.NetworkStatus;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.LoggedBugs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReconcilerTest {

    private static final Duration NEVER = Duration.ofDays(1);

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId account = fixture.account();
    private final RecordingDriver driver = new RecordingDriver();
    private volatile boolean held = true;
    private Optional<Reconciler> running = Optional.empty();

    @AfterEach
    void stop() {
        running.ifPresent(Reconciler::close);
        store.close();
    }

    @Test
    void what_is_there_at_the_start_is_applied() {
        Net net = fixture.net(account, "10.0.0.0/16");

        start(NEVER);

        eventually(() -> driver.plans.containsKey(net.id()));
    }

    @Test
    void what_an_earlier_process_left_of_gone_nets_is_removed() {
        Net net = fixture.net(account, "10.0.0.0/16");

        start(NEVER);

        eventually(() -> driver.retained.size() == 1);
        assertThat(driver.retained.getFirst()).containsExactly(net.id());
    }

    @Test
    void an_event_has_the_nets_that_it_touches_planned_again_and_no_others() {
        Net touched = fixture.net(account, "10.0.0.0/16");
        Net other = fixture.net(account, "10.1.0.0/16");
        Reconciler reconciler = start(NEVER);
        eventually(() -> driver.plans.containsKey(touched.id()) && driver.plans.containsKey(other.id()));
        driver.applications.clear();

        fixture.subnet(touched, "10.0.1.0/24");
        record(EventType.SUBNET_CREATED, touched.id());

        eventually(() -> reconciler.progress().appliedSequences().getOrDefault(Fixture.REGION, 0L) == 1L);
        assertThat(driver.applications).containsOnly(touched.id());
        assertThat(driver.plans.get(touched.id()).gateways()).hasSize(1);
    }

    @Test
    void a_net_that_is_gone_is_removed() {
        Net net = fixture.net(account, "10.0.0.0/16");
        start(NEVER);
        eventually(() -> driver.plans.containsKey(net.id()));

        fixture.change(unit -> {
            unit.routeTables()
                    .ofNet(net.id())
                    .forEach(table -> unit.routeTables().delete(table.id()));
            unit.securityGroups()
                    .ofNet(net.id())
                    .forEach(group -> unit.securityGroups().delete(group.id()));
            unit.nets().delete(net.id());
            return unit.now();
        });
        record(EventType.NET_DELETED, net.id());

        eventually(() -> driver.removed.contains(net.id()));
    }

    @Test
    @Rule("P5")
    void a_net_of_another_region_that_an_event_names_is_left_alone() {
        Net abroad = new Fixture(store, Fixture.OTHER_REGION).net(account, "10.9.0.0/16");
        Reconciler reconciler = start(NEVER);

        record(EventType.NET_PEERING_FAILED, abroad.id());

        eventually(() -> reconciler.progress().appliedSequences().getOrDefault(Fixture.REGION, 0L) == 1L);
        assertThat(driver.removed).isEmpty();
    }

    @Test
    void a_failure_is_reported_and_tried_again_until_it_succeeds() {
        Net net = fixture.net(account, "10.0.0.0/16");
        driver.failing = true;
        Reconciler reconciler = start(NEVER);
        eventually(() -> reconciler.progress().failing().containsKey(net.id()));
        assertThat(reconciler.progress().failing().get(net.id())).isEqualTo("no more namespaces");

        driver.failing = false;

        eventually(() -> reconciler.progress().failing().isEmpty() && driver.plans.containsKey(net.id()));
    }

    @Test
    void every_net_is_compared_with_its_plan_from_time_to_time() {
        Net net = fixture.net(account, "10.0.0.0/16");

        start(Duration.ofMillis(20));

        eventually(() -> driver.verified.contains(net.id()));
    }

    @Test
    void nothing_is_touched_while_the_lease_is_not_held_and_nothing_is_forgotten() {
        Net net = fixture.net(account, "10.0.0.0/16");
        Reconciler reconciler = start(NEVER);
        eventually(() -> driver.plans.containsKey(net.id()));
        driver.applications.clear();

        held = false;
        record(EventType.SUBNET_CREATED, net.id());

        eventually(() -> reconciler.progress().failing().containsKey(net.id()));
        assertThat(driver.applications).isEmpty();
        held = true;
        eventually(() -> driver.applications.contains(net.id()));
        eventually(() -> reconciler.progress().failing().isEmpty());
    }

    @Test
    void a_change_lags_until_the_driver_has_applied_it() {
        Net net = fixture.net(account, "10.0.0.0/16");
        Reconciler reconciler = start(NEVER);
        eventually(() -> driver.plans.containsKey(net.id()));
        eventually(() -> reconciler.progress().lag().isZero());

        driver.pause();
        record(EventType.SUBNET_CREATED, net.id());
        Duration longer = Duration.ofMillis(50);
        eventually(() -> reconciler.progress().lag().compareTo(longer) > 0);
        assertThat(reconciler.progress().waiting()).isEqualTo(1);
        driver.resume();

        eventually(() -> reconciler.progress().lag().isZero());
        assertThat(reconciler.progress().waiting()).isZero();
        assertThat(reconciler.progress().appliedSequences()).containsEntry(Fixture.REGION, 1L);
    }

    /** A driver that is let go one application at a time tells in which order they are. */
    @Test
    void a_revocation_waits_for_one_part_of_a_net_that_gets_many_machines() {
        AccountId other = fixture.account();
        Net small = fixture.net(other, "10.1.0.0/16");
        Reconciler reconciler = start(NEVER);
        eventually(() -> driver.plans.containsKey(small.id())
                && reconciler.progress().lag().isZero());
        Net large = fixture.net(account, "10.0.0.0/16");
        record(EventType.NET_CREATED, large.id());
        eventually(() -> driver.plans.containsKey(large.id())
                && reconciler.progress().lag().isZero());
        Subnet subnet = fixture.subnet(large, "10.0.1.0/24");
        for (int i = 0; i < 10 * StagedPlans.AT_ONCE; i++) {
            fixture.vm(subnet, "10.0.1." + (10 + i), fixture.defaultGroup(large).id());
        }
        driver.applications.clear();

        driver.pause();
        record(EventType.VM_CREATED, large.id());
        eventually(() -> driver.waiting());
        long before = reconciler.progress().appliedSequences().get(Fixture.REGION);
        record(EventType.SECURITY_GROUP_RULES_CHANGED, small.id());
        eventually(() -> reconciler.progress().waiting() == 2);
        driver.resume();

        eventually(() -> driver.plans.get(large.id()).ports().size() == 10 * StagedPlans.AT_ONCE);
        eventually(() -> reconciler.progress().appliedSequences().get(Fixture.REGION) == before + 2);
        assertThat(driver.applications).startsWith(large.id(), small.id()).hasSize(11);
    }

    @Test
    void what_was_there_at_the_start_lags_until_each_net_of_it_was_applied() {
        Net first = fixture.net(account, "10.0.0.0/16");
        Net second = fixture.net(account, "10.1.0.0/16");
        driver.pause();

        Reconciler reconciler = start(NEVER);
        assertThat(reconciler.progress().initialSync()).isPresent();
        eventually(() -> reconciler.progress().initialSync().equals(Optional.of(new NetworkStatus.InitialSync(0, 2))));
        assertThat(reconciler.progress().lag()).isPositive();
        driver.resume();

        eventually(() -> reconciler.progress().initialSync().isEmpty());
        assertThat(driver.plans).containsOnlyKeys(first.id(), second.id());
    }

    @Test
    void a_net_that_cannot_be_made_does_not_hold_up_the_first_round() {
        fixture.net(account, "10.0.0.0/16");
        driver.failing = true;

        Reconciler reconciler = start(NEVER);

        eventually(() -> reconciler.progress().initialSync().isEmpty());
        assertThat(reconciler.progress().failing()).hasSize(1);
    }

    @Test
    void a_change_lags_since_its_event_and_not_since_it_was_noticed() {
        UnreadableStore slow = new UnreadableStore(store);
        Net net = fixture.net(account, "10.0.0.0/16");
        Reconciler reconciler = start(slow, NEVER);
        eventually(() -> reconciler.progress().initialSync().isEmpty());
        eventually(() -> reconciler.progress().lag().isZero());
        driver.pause();
        slow.hold();
        record(EventType.SUBNET_CREATED, net.id());
        long recorded = System.nanoTime();
        eventually(() -> System.nanoTime() - recorded > Duration.ofMillis(400).toNanos());
        slow.letGo();

        eventually(() -> reconciler.progress().waiting() > 0);

        // An event's time is the wall's, in whole milliseconds: the two clocks do not agree to the last one.
        assertThat(reconciler.progress().lag()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        driver.resume();
    }

    @Test
    void a_log_that_cannot_be_read_lags_too() {
        UnreadableStore unreadable = new UnreadableStore(store);
        Reconciler reconciler = start(unreadable, NEVER);
        eventually(() -> reconciler.progress().appliedSequences().containsKey(Fixture.REGION));
        eventually(() -> reconciler.progress().lag().isZero());

        unreadable.broken = true;
        record(EventType.SUBNET_CREATED, fixture.net(account, "10.0.0.0/16").id());
        eventually(() -> !reconciler.progress().lag().isZero());
        unreadable.broken = false;

        eventually(() -> reconciler.progress().lag().isZero());
        assertThat(reconciler.progress().appliedSequences()).containsEntry(Fixture.REGION, 1L);
    }

    @Test
    void what_one_net_runs_into_does_not_end_the_work_for_the_others() {
        try (LoggedBugs logged = new LoggedBugs(Reconciler.class)) {
            Net poor = fixture.net(account, "10.0.0.0/16");
            driver.fatal = Optional.of(poor.id());
            Reconciler reconciler = start(NEVER);
            eventually(() -> reconciler.progress().failing().containsKey(poor.id()));

            Net other = fixture.net(account, "10.1.0.0/16");
            record(EventType.NET_CREATED, other.id());

            eventually(() -> driver.plans.containsKey(other.id()));
            assertThat(reconciler.progress().failing().get(poor.id())).contains("BUG", "too deep");
            assertThat(reconciler.ended()).isEmpty();
            assertThat(logged.messages()).anyMatch(message -> message.contains("BUG: java.lang.StackOverflowError"));
            reconciler.close();
        }
    }

    @Test
    void a_thread_that_ends_by_itself_is_named() {
        driver.dying = true;
        Reconciler reconciler = start(NEVER);

        eventually(() -> reconciler.ended().equals(List.of("reconciler")));

        reconciler.close();
        assertThat(reconciler.ended()).isEmpty();
    }

    @Test
    void so_is_one_that_follows_a_log() {
        UnreadableStore unreadable = new UnreadableStore(store);
        unreadable.dead = true;
        Reconciler reconciler = start(unreadable, NEVER);
        eventually(() -> reconciler.ended().equals(List.of("events-" + Fixture.REGION)));
    }

    private Reconciler start(Duration verifyEvery) {
        return start(store, verifyEvery);
    }

    private Reconciler start(Store from, Duration verifyEvery) {
        List<RegionName> regions = List.of(Fixture.REGION);
        Reconciler reconciler = new Reconciler(from, regions, driver, () -> held, verifyEvery);
        reconciler.start();
        running = Optional.of(reconciler);
        return reconciler;
    }

    private void record(EventType type, NetId net) {
        fixture.change(unit -> {
            unit.record(new Fact(type, net.value(), Set.of(account), Set.of(net), ""));
            return unit.now();
        });
    }

    private static void eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** A store that cannot be read for a while, or answers late. */
    private static final class UnreadableStore implements Store {

        private final Store store;
        private final Semaphore readable = new Semaphore(1);
        private volatile boolean broken;
        private volatile boolean dead;

        UnreadableStore(Store store) {
            this.store = store;
        }

        @Override
        public <T> T change(RegionName region, Origin origin, Function<UnitOfWork, T> work) {
            return store.change(region, origin, work);
        }

        @Override
        public <T> T rehearse(RegionName region, Origin origin, Function<UnitOfWork, T> work) {
            return store.rehearse(region, origin, work);
        }

        @Override
        public <T> T read(RegionName region, Function<Snapshot, T> query) {
            if (broken) {
                throw new Refusal(RefusalCode.UNAVAILABLE, "the disk is gone");
            }
            hold();
            letGo();
            return store.read(region, query);
        }

        /** Whoever reads has to wait. */
        void hold() {
            readable.acquireUninterruptibly();
        }

        void letGo() {
            readable.release();
        }

        @Override
        public boolean awaitEventAfter(RegionName region, long sequence, Duration timeout) throws InterruptedException {
            if (dead) {
                throw new AssertionError("a fault on purpose");
            }
            return store.awaitEventAfter(region, sequence, timeout);
        }

        @Override
        public void close() {
            store.close();
        }
    }

    private static final class RecordingDriver implements NetworkDriver {

        private final Map<NetId, NetPlan> plans = new ConcurrentHashMap<>();
        private final List<NetId> applications = new CopyOnWriteArrayList<>();
        private final List<NetId> verified = new CopyOnWriteArrayList<>();
        private final List<NetId> removed = new CopyOnWriteArrayList<>();
        private final List<Set<NetId>> retained = new CopyOnWriteArrayList<>();
        private final Semaphore free = new Semaphore(1);
        private volatile boolean failing;
        private volatile boolean dying;
        private volatile Optional<NetId> fatal = Optional.empty();

        boolean waiting() {
            return free.hasQueuedThreads();
        }

        void pause() {
            free.acquireUninterruptibly();
        }

        void resume() {
            free.release();
        }

        @Override
        public void removeOrphans(Set<NetId> nets, Set<VmId> vms, Set<NatServiceId> natServices) {
            if (dying) {
                throw new AssertionError("a fault on purpose");
            }
            retained.add(nets);
        }

        @Override
        public void apply(NetPlan plan) {
            if (fatal.equals(Optional.of(plan.net()))) {
                throw new StackOverflowError("too deep, on purpose");
            }
            if (failing) {
                throw new IllegalStateException("no more namespaces");
            }
            pause();
            resume();
            applications.add(plan.net());
            plans.put(plan.net(), plan);
        }

        @Override
        public void verify(NetPlan plan) {
            verified.add(plan.net());
        }

        @Override
        public void remove(NetId net) {
            removed.add(net);
        }

        @Override
        public void close() {}
    }
}
