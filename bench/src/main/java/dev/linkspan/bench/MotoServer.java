package dev.linkspan.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The mock of AWS that is written in Python, in a process of its own. */
final class MotoServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final int port;

    /** Starts it and waits until it listens. */
    MotoServer(Path program, Path folder) throws IOException, InterruptedException {
        port = freePort();
        process = Programs.begin(
                List.of(program.toString(), "-H", "127.0.0.1", "-p", Integer.toString(port)), folder, Map.of());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!listens()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IOException("moto_server does not start: see %s".formatted(folder));
            }
            Thread.sleep(20);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean listens() {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:%d".formatted(port));
    }

    Kernel kernel() {
        return new Kernel(process.pid());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
