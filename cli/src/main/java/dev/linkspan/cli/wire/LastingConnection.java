package dev.linkspan.cli.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One TCP connection between two machines that is opened once and used again and again. */
public final class LastingConnection implements AutoCloseable {

    private final Process client;
    private final BlockingQueue<String> echoes = new LinkedBlockingQueue<>();
    private int sent;

    LastingConnection(Process client) {
        this.client = client;
        Thread.ofVirtual().name("linkspan-echoes").start(this::listen);
    }

    /** Sends a numbered line and tells whether its echo came in time; echoes of earlier lines do not count. */
    public boolean echoes(Duration patience) {
        sent++;
        String line = "line " + sent;
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            OutputStream out = client.getOutputStream();
            out.write((line + "\n").getBytes(UTF_8));
            out.flush();
            String heard = "";
            while (!heard.equals(line)) {
                String next = echoes.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (next == null) {
                    return false;
                }
                heard = next;
            }
            return true;
        } catch (IOException closed) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        Commands.end(client);
    }

    private void listen() {
        try (BufferedReader lines = client.inputReader(UTF_8)) {
            lines.lines().forEach(echoes::add);
        } catch (IOException | UncheckedIOException ended) {
            // The connection is over; whoever waits for an echo gets none.
        }
    }
}
