package dev.linkspan.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends a datagram again and again from a line's near end until the first answer comes. It always comes from a port that was
 * not used before: connection tracking remembers flows, and one belongs to the peering in which it began (P13).
 */
final class FirstAnswer {

    private static final Duration INTERVAL = Duration.ofNanos(200_000);
    private static final Duration LOOK = Duration.ofNanos(20_000);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CompletableFuture<Long> answered = new CompletableFuture<>();

    private FirstAnswer() {}

    /** Begins to send. */
    static FirstAnswer sought(Line line, int fromPort) {
        FirstAnswer answer = new FirstAnswer();
        DatagramChannel channel = Sockets.datagrams(line.near(), fromPort);
        Thread.ofPlatform().name("linkspan-bench-probe").daemon().start(() -> answer.seek(channel, line.address()));
        return answer;
    }

    /** Waits for it and returns when it came, by {@link System#nanoTime}. */
    long at() {
        return answered.join();
    }

    private void seek(DatagramChannel channel, String address) {
        try (channel) {
            channel.configureBlocking(false);
            InetSocketAddress to = new InetSocketAddress(address, DatagramEcho.PORT);
            ByteBuffer datagram = ByteBuffer.allocateDirect(Long.BYTES);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < deadline) {
                channel.send(datagram.clear(), to);
                if (isAnswered(channel, datagram)) {
                    answered.complete(System.nanoTime());
                    return;
                }
            }
            throw new IOException("no packet was answered within %d s".formatted(PATIENCE.toSeconds()));
        } catch (IOException failed) {
            answered.completeExceptionally(new UncheckedIOException(failed));
        }
    }

    private static boolean isAnswered(DatagramChannel channel, ByteBuffer datagram) throws IOException {
        long next = System.nanoTime() + INTERVAL.toNanos();
        while (System.nanoTime() < next) {
            if (channel.receive(datagram.clear()) != null) {
                return true;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return false;
    }
}
