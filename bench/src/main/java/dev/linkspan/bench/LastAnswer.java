package dev.linkspan.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** Sends datagrams from a line's near end, each answered at the far one, until none is answered any more. */
final class LastAnswer {

    private static final Duration INTERVAL = Duration.ofNanos(500_000);

    /** An answer that is on its way for longer comes no more. */
    private static final Duration SILENCE = Duration.ofMillis(500);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CompletableFuture<Long> last = new CompletableFuture<>();

    private LastAnswer() {}

    /** Begins to send over a line that carries packets. */
    static LastAnswer awaited(Line line, int fromPort) {
        LastAnswer answer = new LastAnswer();
        DatagramChannel channel = Sockets.datagrams(line.near(), fromPort);
        Thread.ofPlatform().name("linkspan-bench-probe").daemon().start(() -> answer.seek(channel, line.address()));
        return answer;
    }

    /** Waits for it and returns when it came, by {@link System#nanoTime}. */
    long at() {
        return last.join();
    }

    private void seek(DatagramChannel channel, String address) {
        try (channel) {
            channel.configureBlocking(false);
            InetSocketAddress to = new InetSocketAddress(address, DatagramEcho.PORT);
            ByteBuffer datagram = ByteBuffer.allocateDirect(Long.BYTES);
            long began = System.nanoTime();
            long answered = began;
            while (System.nanoTime() - answered < SILENCE.toNanos()) {
                if (System.nanoTime() - began > PATIENCE.toNanos()) {
                    throw new IOException("packets were still answered after %d s".formatted(PATIENCE.toSeconds()));
                }
                channel.send(datagram.clear(), to);
                LockSupport.parkNanos(INTERVAL.toNanos());
                while (channel.receive(datagram.clear()) != null) {
                    answered = System.nanoTime();
                }
            }
            last.complete(answered);
        } catch (IOException failed) {
            last.completeExceptionally(new UncheckedIOException(failed));
        }
    }
}
