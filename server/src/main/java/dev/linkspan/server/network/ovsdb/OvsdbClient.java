package dev.linkspan.server.network.ovsdb;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A client of one database, which keeps a copy of what it monitors and writes by transactions. It connects by itself, to the leader
 * where there is a cluster, again whenever a connection is lost, and then brings the copy up to date. May be used from any thread.
 */
public final class OvsdbClient implements AutoCloseable {

    private final OvsdbSettings settings;
    private final Optional<SSLSocketFactory> tls;
    private final Tables tables;
    private final Membership membership = new Membership();
    private final AtomicLong sessions = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;

    /** What is used now; guarded by the lock, like what follows. */
    private @Nullable Session session;

    private String trouble = "it was not tried yet";
    private boolean closed;

    private OvsdbClient(OvsdbSettings settings) {
        this.settings = settings;
        this.tls = settings.certificates().map(Certificates::socketFactory);
        this.tables = new Tables(settings.index());
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("ovsdb-" + settings.database())
                .unstarted(this::keepConnected);
    }

    /**
     * Begins to connect, and returns at once. Throws {@link IllegalArgumentException} where the certificates cannot be used.
     */
    public static OvsdbClient open(OvsdbSettings settings) {
        OvsdbClient client = new OvsdbClient(settings);
        client.thread.start();
        return client;
    }

    /** The copy of what is monitored. */
    public Tables tables() {
        return tables;
    }

    /** How often a connection was made: a greater number says that there was a gap. */
    public long sessions() {
        return sessions.get();
    }

    /** Waits until the copy is up to date; throws {@link OvsdbException.Unavailable} when it is not in time. */
    public void awaitReady() {
        readySession();
    }

    /**
     * Does all of it, or nothing and throws why; the results are one for each operation. Not repeated by itself: what came of a
     * transaction whose answer was lost, only who reads again can tell ({@link OvsdbException#outcomeUnknown}).
     */
    public List<OperationResult> transact(List<Operation> operations) {
        Session ready = readySession();
        try {
            return ready.transact(operations);
        } catch (OvsdbException.Refused refused) {
            if (refused.error().kind() == OvsdbError.Kind.NOT_LEADER) {
                ready.end("it is not the leader of its cluster any more");
            }
            throw refused;
        }
    }

    private Session readySession() {
        lock.lock();
        try {
            long left = settings.limits().answer().toNanos();
            while (session == null) {
                if (closed || left <= 0) {
                    throw new OvsdbException.Unavailable("%s cannot be used: %s"
                            .formatted(settings.database(), closed ? "this client is closed" : trouble));
                }
                left = changed.awaitNanos(left);
            }
            return session;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new OvsdbException.Unavailable("interrupted while waiting for " + settings.database());
        } finally {
            lock.unlock();
        }
    }

    /** Tries the members in turn, beginning with the next one after a connection was lost. */
    private void keepConnected() {
        Duration pause = settings.limits().firstPause();
        int failures = 0;
        int next = 0;
        try {
            while (!isClosed()) {
                Endpoint member = settings.members().get(next);
                next = (next + 1) % settings.members().size();
                Session ready = tryOpen(member);
                if (ready != null) {
                    long since = System.nanoTime();
                    serve(ready);
                    boolean lasted = System.nanoTime() - since
                            > settings.limits().longestPause().toNanos();
                    pause = lasted ? settings.limits().firstPause() : pause;
                    failures = lasted ? 0 : failures;
                }
                failures++;
                if (failures % settings.members().size() == 0) {
                    pauseOrClose(pause);
                    pause = shorter(pause.multipliedBy(2), settings.limits().longestPause());
                }
            }
        } catch (InterruptedException ended) {
            // It is being closed.
            Thread.currentThread().interrupt();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private @Nullable Session tryOpen(Endpoint member) {
        try {
            return Session.open(settings, member, tls, membership, tables, sessions.get() == 0);
        } catch (IOException | OvsdbException failed) {
            setTrouble("%s: %s".formatted(member, failed.getMessage()));
        } catch (RuntimeException bug) {
            setTrouble("BUG: %s: %s".formatted(member, bug));
        }
        return null;
    }

    /** Offers the session until it ends. */
    private void serve(Session ready) throws InterruptedException {
        Duration tick = settings.limits().silence().dividedBy(6);
        try (ready) {
            offer(ready);
            Optional<String> end = Optional.empty();
            while (end.isEmpty() && !isClosed()) {
                end = ready.watch(tick);
            }
            end.ifPresent(this::setTrouble);
        } finally {
            offer(null);
        }
    }

    private void offer(@Nullable Session ready) {
        lock.lock();
        try {
            session = ready;
            if (ready != null) {
                sessions.incrementAndGet();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void setTrouble(String text) {
        lock.lock();
        try {
            trouble = text;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void pauseOrClose(Duration pause) throws InterruptedException {
        lock.lock();
        try {
            long left = pause.toNanos();
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the connection; who waits for an answer is told that it is lost. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (session != null) {
                session.close();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
