package dev.linkspan.server.network.ovn;

import dev.linkspan.core.id.NetId;
import dev.linkspan.server.network.ovsdb.Mutation;
import dev.linkspan.server.network.ovsdb.Operation;
import dev.linkspan.server.network.ovsdb.OperationResult;
import dev.linkspan.server.network.ovsdb.OvsdbClient;
import dev.linkspan.server.network.ovsdb.OvsdbException;
import dev.linkspan.server.network.ovsdb.OvsdbSettings;
import dev.linkspan.server.network.ovsdb.Row;
import dev.linkspan.server.network.ovsdb.Tables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes Nets into the northbound database, and knows when they are in force.
 *
 * <p>What closes without much work goes first ({@link NbDiff#closing}). Then one transaction is under way at a time, with the barrier
 * behind it: northd recomputes much for each, and a second barrier beside a
 * first one has misled it in some releases. Whoever comes meanwhile goes into the next one together. The barrier is a number
 * ({@code nb_cfg}) that the transaction raises, northd hands on and every chassis reports when it forwards accordingly.
 */
final class Northbound implements AutoCloseable {

    private static final String GLOBAL = "NB_Global";
    private static final String WRITTEN = "nb_cfg";
    private static final String COMPILED = "sb_cfg";
    private static final String OPTIONS = "options";

    private final OvsdbClient client;
    private final OvsdbClient southbound;
    private final Chassis chassis;
    private final NbMarks marks;
    private final String lock;
    private final Duration inForce;
    private final ReentrantLock committing = new ReentrantLock();
    private final ConcurrentLinkedQueue<Change> waiting = new ConcurrentLinkedQueue<>();

    /** The number that must be reached for a Net to be in force, where it was not seen to be; guarded by the lock. */
    private final Map<NetId, Long> unconfirmed = new LinkedHashMap<>();

    /** What one caller wants, and how it ended. */
    private static final class Change {

        private final NetRows wanted;
        private boolean done;
        private @Nullable RuntimeException failure;

        Change(NetRows wanted) {
            this.wanted = wanted;
        }
    }

    private Northbound(OvnSettings settings) {
        this.marks = new NbMarks(settings.access().network());
        this.lock = "linkspan_" + settings.access().network().replaceAll("[^A-Za-z0-9]", "_");
        this.inForce = settings.inForce();
        Map<String, Set<String>> monitored = NbTable.monitored();
        monitored.put(GLOBAL, Set.of(WRITTEN, COMPILED, OPTIONS));
        this.client = OvsdbClient.open(clientSettings(settings, "OVN_Northbound", monitored)
                .indexedBy(marks::index)
                .locking(lock));
        this.southbound = OvsdbClient.open(clientSettings(settings, "OVN_Southbound", Chassis.MONITORED));
        this.chassis = new Chassis(southbound);
    }

    private static OvsdbSettings clientSettings(
            OvnSettings settings, String database, Map<String, Set<String>> monitored) {
        OvnAccess access = settings.access();
        OvsdbSettings plain = OvsdbSettings.of(
                        database.equals("OVN_Northbound") ? access.northbound() : access.southbound(),
                        database,
                        monitored)
                .with(settings.limits());
        return access.certificates().map(plain::with).orElse(plain);
    }

    /** From now on whoever wrote this network before is refused. */
    static Northbound open(OvnSettings settings) {
        return new Northbound(settings);
    }

    /** The Nets of which there are rows. */
    Set<NetId> nets() {
        client.awaitReady();
        return knownNets();
    }

    /** The same, as far as is known at once. */
    Set<NetId> knownNets() {
        Set<String> keys = client.tables().read(Tables.View::keys);
        Set<NetId> nets = new HashSet<>();
        keys.forEach(key -> NetId.KIND.tryParse(key).ifPresent(nets::add));
        return nets;
    }

    /** Of the OVN that compiles what is written, as far as is known at once. */
    Optional<OvnVersion> version() {
        return client.tables()
                .read(view -> view.rows(GLOBAL).values().stream()
                        .flatMap(row -> row.get(OPTIONS).at("northd_internal_version").stream())
                        .flatMap(text -> OvnVersion.parse(text).stream())
                        .findFirst());
    }

    /** The names of the hosts, as far as is known at once. */
    List<String> chassis() {
        return chassis.names();
    }

    /**
     * Gives the Nets these rows and no others, and waits until they are in force everywhere.
     *
     * @throws NotInForce where some host does not follow in time; the rows are there
     * @throws OvsdbException where the database cannot be written, or somebody else writes the network
     */
    void put(Collection<NetRows> wanted) {
        List<Change> changes = wanted.stream().map(Change::new).toList();
        waiting.addAll(changes);
        committing.lock();
        try {
            if (!changes.stream().allMatch(change -> change.done)) {
                commit(drain());
            }
        } finally {
            committing.unlock();
        }
        for (Change change : changes) {
            if (change.failure != null) {
                throw change.failure;
            }
        }
    }

    private List<Change> drain() {
        List<Change> batch = new ArrayList<>();
        Change next = waiting.poll();
        while (next != null) {
            batch.add(next);
            next = waiting.poll();
        }
        return batch;
    }

    private void commit(List<Change> batch) {
        try {
            write(batch);
            batch.forEach(change -> change.done = true);
        } catch (OvsdbException.Refused refused) {
            if (batch.size() > 1) {
                // One of them is to blame, and the others need not wait.
                batch.forEach(change -> commit(List.of(change)));
            } else {
                fail(batch, refused);
            }
        } catch (OvsdbException | NotInForce failed) {
            fail(batch, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            fail(batch, new NotInForce("interrupted before all hosts had in force what was written"));
        } catch (RuntimeException bug) {
            fail(batch, bug);
        }
    }

    private static void fail(List<Change> batch, RuntimeException failure) {
        batch.forEach(change -> {
            change.done = true;
            change.failure = failure;
        });
    }

    private void write(List<Change> batch) throws InterruptedException {
        client.awaitReady();
        close(batch);
        long behind = Math.max(0, chassis.latest() - written());
        List<Operation> operations = new ArrayList<>();
        client.tables().read(view -> {
            for (int i = 0; i < batch.size(); i++) {
                operations.addAll(NbDiff.between(view, batch.get(i).wanted, marks, "n%d_".formatted(i)));
            }
            return operations;
        });
        long target = operations.isEmpty() ? confirmedBy(batch) : transact(operations, behind + 1);
        batch.forEach(change -> unconfirmed.put(change.wanted.net(), target));
        awaitInForce(target);
        batch.forEach(change -> unconfirmed.put(change.wanted.net(), 0L));
    }

    /** Ahead of what takes long, and not waited for: northd takes it up at once, and the barrier behind the rest is behind it too. */
    private void close(List<Change> batch) {
        List<Operation> closing = client.tables()
                .read(view -> batch.stream()
                        .flatMap(change -> NbDiff.closing(view, change.wanted, marks).stream())
                        .toList());
        if (!closing.isEmpty()) {
            client.transact(owned(closing));
        }
    }

    /** Of a Net that this process has not written, all that is there may still be on its way. */
    private long confirmedBy(List<Change> batch) {
        return batch.stream()
                .map(change -> unconfirmed.getOrDefault(change.wanted.net(), written()))
                .reduce(0L, Math::max);
    }

    private long written() {
        return client.tables().read(view -> global(view, WRITTEN));
    }

    private static long global(Tables.View view, String column) {
        return view.rows(GLOBAL).values().stream()
                .flatMap(row -> row.whole(column).stream())
                .findFirst()
                .orElse(0L);
    }

    /** Refused if somebody else writes the network, or the database has no row that northd makes when it makes it its own. */
    private List<Operation> owned(List<Operation> operations) {
        List<Operation> all = new ArrayList<>();
        all.add(new Operation.Assert(lock));
        all.add(new Operation.Wait(GLOBAL, List.of(), List.of("ipsec"), false, List.of(), Duration.ZERO));
        all.addAll(operations);
        return all;
    }

    /** The number of a new database begins at 0 again. */
    private long transact(List<Operation> operations, long step) {
        List<Operation> all = owned(operations);
        all.add(new Operation.Mutate(GLOBAL, List.of(), List.of(Mutation.add(WRITTEN, step))));
        all.add(new Operation.Select(GLOBAL, List.of(), List.of(WRITTEN)));
        List<OperationResult> results = client.transact(all);
        return results.getLast().rows().stream()
                .map((Row row) -> row.whole(WRITTEN).orElse(0L))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("BUG: " + GLOBAL + " was demanded"));
    }

    private void awaitInForce(long target) throws InterruptedException {
        if (!client.tables().await(view -> global(view, COMPILED) >= target, inForce)) {
            throw new NotInForce("northd has not compiled what was written within %d ms".formatted(inForce.toMillis()));
        }
        chassis.await(target, inForce);
    }

    /** Ends the connections; what is written stays. */
    @Override
    public void close() {
        client.close();
        southbound.close();
    }
}
