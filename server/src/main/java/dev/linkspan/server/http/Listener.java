package dev.linkspan.server.http;

import dev.linkspan.core.refusal.Refusal;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/**
 * Accepts connections. Where that fails for now, as with too many open files, it says so once and goes on trying; whether it
 * is at work can be seen from outside.
 */
final class Listener extends ServerConnector {

    private static final Logger LOG = System.getLogger("dev.linkspan.server.http.Listener");
    private static final Duration BREATH = Duration.ofMillis(200);

    /** A selector that has not taken a turn for so long will not take one any more. */
    private static final Duration LONGEST_TURN = Duration.ofSeconds(60);

    private static final int LONGEST_BUFFER = 64 << 10;
    private static final long KEPT_BUFFERS = 4L << 20;

    private final Clients clients;
    private volatile @Nullable String lastFailure;
    private volatile boolean ended;
    private volatile long turnNanos = System.nanoTime();

    /** @param clients those whose connections it accepts */
    Listener(Server server, InetSocketAddress address, HttpConnectionFactory http, Clients clients) {
        super(
                server,
                null,
                null,
                new ArrayByteBufferPool(0, -1, LONGEST_BUFFER, Integer.MAX_VALUE, KEPT_BUFFERS, KEPT_BUFFERS),
                1,
                1,
                http);
        this.clients = clients;
        addBean(clients);
        setHost(address.getAddress().getHostAddress());
        setPort(address.getPort());
        setAcceptQueueSize(1024);
        // How long a client may take is limited by what it is doing, by Clients.
        setIdleTimeout(0);
    }

    /** Why nobody is accepted at this moment, where that is so. */
    Optional<String> failure() {
        return Optional.ofNullable(lastFailure);
    }

    /** Whether connections are accepted, and heard, or will be as soon as what is in the way is gone. */
    boolean isListening() {
        getSelectorManager()
                .getBeans(ManagedSelector.class)
                .forEach(selector -> selector.submit(_ -> turnNanos = System.nanoTime()));
        return isRunning() && isOpen() && !ended && System.nanoTime() - turnNanos < LONGEST_TURN.toNanos();
    }

    @Override
    public void accept(int acceptor) throws IOException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
        super.accept(acceptor);
        if (lastFailure != null) {
            lastFailure = null;
            LOG.log(Level.INFO, "connections are accepted again");
        }
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketChannelEndPoint end = new SocketChannelEndPoint(channel, selector, key, getScheduler()) {
            @Override
            public int fill(ByteBuffer buffer) throws IOException {
                int bytes = super.fill(buffer);
                if (bytes > 0) {
                    count(this, bytes);
                }
                return bytes;
            }
        };
        end.setIdleTimeout(getIdleTimeout());
        return end;
    }

    /** What there is no room for ends the connection, which {@link Faults} then answers with the reason. */
    private void count(SocketChannelEndPoint end, int bytes) throws IOException {
        try {
            clients.came(end, bytes);
        } catch (Refusal noRoom) {
            throw new IOException(noRoom.getMessage(), noRoom);
        }
    }

    @Override
    protected boolean handleAcceptFailure(Throwable failure) {
        if (!isRunning() || !isOpen()) {
            ended = true;
            return false;
        }
        if (lastFailure == null) {
            lastFailure = String.valueOf(failure.getMessage());
            tell(failure);
        }
        LockSupport.parkNanos(BREATH.toNanos());
        return true;
    }

    /** Without files even a line of the log may fail, where what writes it is not loaded yet; nothing may end this thread. */
    private static void tell(Throwable failure) {
        try {
            LOG.log(Level.WARNING, "connections cannot be accepted, which is tried again: {0}", failure.toString());
        } catch (RuntimeException | LinkageError untold) {
            // readiness tells
        }
    }
}
