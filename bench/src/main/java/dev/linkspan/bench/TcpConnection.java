package dev.linkspan.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A TCP connection over a line, both ends of which are in our hands. */
record TcpConnection(SocketChannel near, SocketChannel far) implements AutoCloseable {

    private static final int PORT = 5001;
    private static final int BUFFER = 256 * 1024;
    private static final int MESSAGE = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final double BITS = 8;
    private static final double NANOS_IN_MICROSECOND = 1_000;

    static TcpConnection over(Line line) throws IOException {
        try (ServerSocketChannel listener = Sockets.listener(line.far(), PORT)) {
            SocketChannel near = Sockets.unconnected(line.near());
            near.socket().connect(new InetSocketAddress(line.address(), PORT), (int) PATIENCE.toMillis());
            near.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SocketChannel far = listener.accept();
            far.setOption(StandardSocketOptions.TCP_NODELAY, true);
            return new TcpConnection(near, far);
        }
    }

    /** Sends as much as goes through in this time; returns the rate at which it arrived. The connection is used up. */
    double gigabitsPerSecond(Duration time) throws IOException, InterruptedException {
        long began = System.nanoTime();
        FutureTask<Long> sink = inBackground(this::swallow);
        ByteBuffer data = ByteBuffer.allocateDirect(BUFFER);
        while (System.nanoTime() - began < time.toNanos()) {
            near.write(data.clear());
        }
        near.shutdownOutput();
        long bytes = result(sink);
        return bytes * BITS / (System.nanoTime() - began);
    }

    private long swallow() throws IOException {
        ByteBuffer data = ByteBuffer.allocateDirect(BUFFER);
        long bytes = 0;
        for (int read = far.read(data); read >= 0; read = far.read(data.clear())) {
            bytes += read;
        }
        return bytes;
    }

    /** Sends a small message to and fro for this time; returns how long each took, in microseconds. */
    Samples roundTrips(Duration time) throws IOException, InterruptedException {
        FutureTask<Boolean> echo = inBackground(this::echo);
        List<Double> microseconds = new ArrayList<>();
        ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
        long began = System.nanoTime();
        for (long sent = began; sent - began < time.toNanos(); sent = System.nanoTime()) {
            near.write(message.clear());
            fill(near, message);
            microseconds.add((System.nanoTime() - sent) / NANOS_IN_MICROSECOND);
        }
        near.shutdownOutput();
        result(echo);
        return Samples.of(microseconds);
    }

    private boolean echo() throws IOException {
        ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
        while (fill(far, message)) {
            far.write(message.flip());
        }
        return true;
    }

    /** Whether a whole message came; there is none where the other end has shut down. */
    private static boolean fill(SocketChannel from, ByteBuffer message) throws IOException {
        message.clear();
        while (message.hasRemaining()) {
            if (from.read(message) < 0) {
                return false;
            }
        }
        return true;
    }

    private static <T> FutureTask<T> inBackground(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().name("linkspan-bench-far-end").daemon().start(task);
        return task;
    }

    private static <T> T result(FutureTask<T> task) throws IOException, InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException failed) {
            throw new IOException("the far end of a connection failed", failed.getCause());
        }
    }

    @Override
    public void close() throws IOException {
        near.close();
        far.close();
    }
}
