package dev.linkspan.server.network;

import dev.linkspan.core.event.Event;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.planner.NetView;
import dev.linkspan.core.planner.Planner;
import dev.linkspan.core.port.Lease;
import dev.linkspan.core.port.NetworkDriver;
import dev.linkspan.core.port.NetworkStatus.Progress;
import dev.linkspan.core.port.Store;
import dev.linkspan.server.network.DirtyNets.Batch;
import dev.linkspan.server.network.DirtyNets.Cause;
import dev.linkspan.server.network.DirtyNets.DirtyNet;
import dev.linkspan.server.network.DirtyNets.Work;
import dev.linkspan.server.turn.TurnQueue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Keeps the network as the truth says: what changed it reads from the event log
 * (docs/decisions/0012-what-follows-reads-one-log.md), and each Net is planned alone
 * (docs/decisions/0032-each-net-is-planned-alone.md).
 *
 * <p>A virtual thread per Region follows the event log and names the Nets that its events touch. One platform thread
 * plans those again, from a snapshot that is at least as new, and lets the driver apply the plan; so a driver never
 * works on two Nets at once, and many events on one Net cost one application. Revocations come before everything else, and
 * then it goes by turns of those who changed something; a Net that gets many machines is applied in stages ({@link
 * StagedPlans}), with turns in between. What could not be applied is tried again, later each time. In between, every Net is
 * compared with its plan in turn, which repairs what somebody else changed.
 *
 * <p>Nothing is remembered across a restart: the initial synchronization applies every Net, which changes nothing where the network
 * is already as planned, and removes what belongs to no Net.
 */
public final class Reconciler implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Reconciler.class.getName());
    private static final int EVENTS_AT_ONCE = 1_000;
    private static final Duration LONGEST_WAIT_FOR_EVENTS = Duration.ofSeconds(5);

    private final Store store;
    private final List<RegionName> regions;
    private final NetworkDriver driver;
    private final Lease lease;
    private final Duration verifyEvery;
    private final DirtyNets dirty = new DirtyNets();
    private final StagedPlans stagedPlans = new StagedPlans();

    /** The plans of which a stage is applied, and as true as their Nets are not dirty; the driving thread's own. */
    private final Map<DirtyNet, NetPlan> begun = new HashMap<>();

    private final Retries retries;
    private final Map<RegionName, Long> applied = new ConcurrentHashMap<>();

    /** The Regions whose log cannot be read, and since when (in {@link System#nanoTime()}). */
    private final Map<RegionName, Long> unreadSince = new ConcurrentHashMap<>();

    private final InitialSynchronization initialSync;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /**
     * Closes the driver at its own end.
     *
     * @param lease the network is left alone while it is not held
     * @param verifyEvery how often every Net is compared with its plan, when nothing else is to do
     */
    public Reconciler(Store store, List<RegionName> regions, NetworkDriver driver, Lease lease, Duration verifyEvery) {
        this.store = store;
        this.regions = List.copyOf(regions);
        this.driver = driver;
        this.lease = lease;
        this.verifyEvery = verifyEvery;
        this.retries = new Retries(Duration.ofMillis(500), Duration.ofSeconds(30));
        this.initialSync = new InitialSynchronization(regions);
    }

    /** Begins with everything that is there, then follows what happens. */
    public void start() {
        threads.add(Thread.ofPlatform().name("reconciler").start(this::drive));
        for (RegionName region : regions) {
            threads.add(Thread.ofVirtual().name("events-" + region).start(() -> follow(region)));
        }
    }

    /** The names of its threads that have ended though nobody closed it; none while all is well. */
    public List<String> ended() {
        return threads.stream()
                .filter(thread -> !closed && !thread.isAlive())
                .map(Thread::getName)
                .toList();
    }

    /** How far it is. */
    public Progress progress() {
        return new Progress(Map.copyOf(applied), lag(), dirty.size(), retries.failures(), initialSync.progress());
    }

    /** What cannot be read of a log, or was never applied, waits as well. It is looked at first: once read, it is among the dirty. */
    private Duration lag() {
        List<Long> unread = Stream.concat(
                        unreadSince.values().stream(),
                        initialSync.since().stream().boxed())
                .toList();
        OptionalLong oldest = dirty.since();
        long now = System.nanoTime();
        return Stream.concat(unread.stream(), oldest.stream().boxed())
                .map(since -> Duration.ofNanos(now - since))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** Ends after the Net that is being applied; the network stays as it is. */
    @Override
    public void close() {
        closed = true;
        dirty.close();
        threads.stream().filter(Thread::isVirtual).forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofSeconds(10));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        driver.close();
    }

    private void follow(RegionName region) {
        OptionalLong sequence = OptionalLong.empty();
        long lookedAt = System.nanoTime();
        while (!closed) {
            try {
                long before = lookedAt;
                if (sequence.isEmpty()) {
                    lookedAt = System.nanoTime();
                    sequence = OptionalLong.of(offerEverything(region));
                } else if (store.awaitEventAfter(region, sequence.getAsLong(), LONGEST_WAIT_FOR_EVENTS)) {
                    lookedAt = System.nanoTime();
                    sequence = OptionalLong.of(offerEvents(region, sequence.getAsLong(), before, lookedAt));
                } else {
                    lookedAt = System.nanoTime();
                }
                unreadSince.remove(region);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException failure) {
                unreadSince.putIfAbsent(region, System.nanoTime());
                pauseAfter(failure, "the event log of Region %s cannot be read".formatted(region));
            }
        }
    }

    /** The store is out of reach for now: what happens meanwhile is in the log and is not lost. */
    private void pauseAfter(RuntimeException failure, String what) {
        if (!closed) {
            LOG.log(Level.WARNING, what, failure);
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        }
    }

    private long offerEverything(RegionName region) {
        return store.read(region, snapshot -> {
            Map<NetId, Cause> all = new LinkedHashMap<>();
            snapshot.nets().ids().forEach(net -> all.put(net, Cause.NOBODYS));
            stagedPlans.found(all.keySet());
            initialSync.expect(region, all.keySet());
            dirty.add(region, all, snapshot.events().lastSequence(), System.nanoTime());
            return snapshot.events().lastSequence();
        });
    }

    /**
     * Whoever waits for the network has waited since the event, however long it took to read it. Its time is the store's, which may
     * be moved by hand: an event is not younger than the notice of it, and not older than the last look at the log, which
     * did not find it.
     */
    private long offerEvents(RegionName region, long after, long lastLook, long noticed) {
        return store.read(region, snapshot -> {
            List<Event> events = snapshot.events().after(after, EVENTS_AT_ONCE);
            if (events.isEmpty()) {
                return after;
            }
            long newest = events.getLast().sequence();
            long age = Duration.between(events.getFirst().at(), snapshot.now()).toNanos();
            dirty.add(
                    region, touchedBy(events), newest, Math.max(lastLook, Math.min(noticed, System.nanoTime() - age)));
            return newest;
        });
    }

    private static Map<NetId, Cause> touchedBy(List<Event> events) {
        Map<NetId, Cause> touched = new LinkedHashMap<>();
        for (Event event : events) {
            Cause cause = new Cause(event.origin().actor(), event.fact().type().mayRevoke());
            event.fact().nets().forEach(net -> touched.merge(net, cause, (one, other) -> one.revoked() ? one : other));
        }
        return touched;
    }

    private void drive() {
        boolean orphansRemoved = false;
        Deque<DirtyNet> toVerify = new ArrayDeque<>();
        long nextVerification = nextVerification();
        while (!closed) {
            try {
                if (!orphansRemoved) {
                    removeOrphans();
                    orphansRemoved = true;
                }
                Batch batch =
                        dirty.take(toVerify.isEmpty() ? retries.nextDeadline(nextVerification) : System.nanoTime());
                work(batch);
                applied.putAll(batch.sequences());
                dirty.add(retries.due());
                if (batch.isEmpty() && !toVerify.isEmpty()) {
                    verify(toVerify.removeFirst());
                }
                if (System.nanoTime() - nextVerification >= 0) {
                    toVerify = everyNet();
                    nextVerification = nextVerification();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException failure) {
                pauseAfter(failure, "the network cannot be reconciled");
            }
        }
    }

    private long nextVerification() {
        return System.nanoTime() + verifyEvery.toNanos();
    }

    private void removeOrphans() {
        requireLease();
        Set<NetId> nets = new HashSet<>();
        Set<VmId> vms = new HashSet<>();
        Set<NatServiceId> natServices = new HashSet<>();
        for (RegionName region : regions) {
            store.read(region, snapshot -> {
                for (NetId net : snapshot.nets().ids()) {
                    nets.add(net);
                    snapshot.vms().ofNet(net).stream()
                            .filter(Vm::exists)
                            .map(Vm::id)
                            .forEach(vms::add);
                    snapshot.natServices().existingOfNet(net).forEach(service -> natServices.add(service.id()));
                }
                return nets;
            });
        }
        driver.removeOrphans(nets, vms, natServices);
    }

    private Deque<DirtyNet> everyNet() {
        Deque<DirtyNet> all = new ArrayDeque<>();
        for (RegionName region : regions) {
            store.read(region, snapshot -> snapshot.nets().ids()).forEach(net -> all.add(new DirtyNet(region, net)));
        }
        return all;
    }

    private void verify(DirtyNet net) {
        attempt(
                net,
                () -> plan(net.region(), net.net()).ifPresent(plan -> {
                    driver.verify(plan);
                    stagedPlans.applied(plan);
                }));
    }

    /** Nets that are not finished stay in their line; those of others that came since do not wait for them. */
    private void work(Batch batch) {
        TurnQueue<Work> left = new TurnQueue<>();
        batch.work().stream()
                .filter(it -> !it.cause().revoked())
                .forEach(it -> left.add(it.cause().whose(), it));
        batch.work().stream().filter(it -> it.cause().revoked()).forEach(it -> step(it, left));
        while (!left.isEmpty() && !closed) {
            left.poll().ifPresent(it -> step(it, left));
            Optional<Work> meanwhile = dirty.takeMeanwhile(left.lines());
            while (meanwhile.isPresent()) {
                step(meanwhile.get(), left);
                meanwhile = dirty.takeMeanwhile(left.lines());
            }
        }
    }

    private void step(Work work, TurnQueue<Work> left) {
        DirtyNet net = work.net();
        Optional<NetPlan> unfinished = Optional.ofNullable(begun.remove(net));
        attempt(net, () -> {
            boolean outdated = dirty.takeIfWaiting(net);
            Optional<NetPlan> plan = unfinished.filter(_ -> !outdated).or(() -> plan(net.region(), net.net()));
            if (plan.isPresent()) {
                NetPlan stage = stagedPlans.stage(plan.get());
                driver.apply(stage);
                stagedPlans.applied(stage);
                if (stage.ports().size() < plan.get().ports().size()) {
                    begun.put(net, plan.get());
                    left.add(work.cause().whose(), work);
                }
            } else if (isGone(net)) {
                driver.remove(net.net());
                stagedPlans.removed(net.net());
            }
        });
    }

    private Optional<NetPlan> plan(RegionName region, NetId net) {
        return store.read(region, snapshot -> NetView.of(snapshot, net)).map(Planner::plan);
    }

    /** A Net that an event of one Region names may live in another one: a peering across Regions was asked for (P5). */
    private boolean isGone(DirtyNet net) {
        return store.read(net.region(), snapshot -> snapshot.nets().findInAnyRegion(net.net()))
                .isEmpty();
    }

    private void requireLease() {
        if (!lease.isHeld()) {
            throw new IllegalStateException("another server carries the network");
        }
    }

    private void attempt(DirtyNet net, Runnable work) {
        try {
            requireLease();
            work.run();
            retries.succeeded(net);
        } catch (RuntimeException failure) {
            failed(net, failure);
        } catch (StackOverflowError | AssertionError | LinkageError bug) {
            // What one Net runs into must not end the work for all others, at each start anew.
            failed(net, new IllegalStateException("BUG: " + bug, bug));
        }
        initialSync.done(net);
    }

    private void failed(DirtyNet net, RuntimeException failure) {
        if (retries.failed(net, failure)) {
            LOG.log(Level.WARNING, () -> "the network of %s is not as planned".formatted(net.net()), failure);
        }
    }
}
