package dev.linkspan.cli.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that runs as a child of this program. Its log goes to a file. */
public final class ServerProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("linkspan ready (http\\S+)");
    private static final Duration PATIENCE_TO_START = Duration.ofMinutes(2);
    private static final Duration PATIENCE_TO_STOP = Duration.ofSeconds(15);
    private static final int LINES_TOLD = 20;

    /** What the caller's environment may say about servers, which is not meant for this one. */
    private static final Set<String> SETTINGS = Set.of(
            "LINKSPAN_CONFIG",
            "LINKSPAN_DATA",
            "LINKSPAN_DEV",
            "LINKSPAN_LISTEN",
            "LINKSPAN_LOG",
            "LINKSPAN_OUTSIDE",
            "LINKSPAN_OVN_CA",
            "LINKSPAN_OVN_CERTIFICATE",
            "LINKSPAN_OVN_NB",
            "LINKSPAN_OVN_NETWORK",
            "LINKSPAN_OVN_PRIVATE_KEY",
            "LINKSPAN_OVN_SB",
            "LINKSPAN_PEERING_REQUIRES_VM",
            "LINKSPAN_PUBLIC_IPS",
            "LINKSPAN_REGIONS",
            "LINKSPAN_ROLES",
            "LINKSPAN_STORE");

    private final Process process;
    private final CompletableFuture<URI> ready;
    private final Path log;

    private ServerProcess(Process process, CompletableFuture<URI> ready, Path log) {
        this.process = process;
        this.ready = ready;
        this.log = log;
    }

    /** Starts a server, which takes a moment to be ready. */
    public static ServerProcess start(List<String> command, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().keySet().removeAll(SETTINGS);
        try {
            Process process = builder.start();
            CompletableFuture<URI> ready = new CompletableFuture<>();
            Thread.ofPlatform().name("linkspan-server-output").daemon().start(() -> listen(process, ready));
            return new ServerProcess(process, ready, log);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot start " + command.getFirst(), failed);
        }
    }

    /** Its address, as soon as it is ready; throws {@link ServerDidNotStart} where it will not be. */
    public URI awaitReady() {
        try {
            return ready.get(PATIENCE_TO_START.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            close();
            throw new ServerDidNotStart(process.exitValue(), lastLines(), failed);
        } catch (InterruptedException interrupted) {
            close();
            Thread.currentThread().interrupt();
            throw new ServerDidNotStart(process.exitValue(), lastLines(), interrupted);
        }
    }

    /** Whether it has said that it is ready. */
    public boolean isReady() {
        return ready.isDone() && !ready.isCompletedExceptionally();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What the process answered when it ended; it must have. */
    public int exitCode() {
        return process.exitValue();
    }

    /** Where its log goes. */
    public Path log() {
        return log;
    }

    /** The end of its log, for an error message. */
    public String lastLines() {
        try {
            List<String> lines = Files.readString(log, UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size()));
        } catch (IOException unreadable) {
            return "(no log)";
        }
    }

    /** Kills it the hard way, as a crash would. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Stops it and waits until it has stopped. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_TO_STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            process.waitFor();
        } catch (InterruptedException interrupted) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    private static void listen(Process process, CompletableFuture<URI> ready) {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            lines.lines().forEach(line -> {
                Matcher matcher = READY.matcher(line);
                if (matcher.find()) {
                    ready.complete(URI.create(matcher.group(1)));
                }
            });
        } catch (IOException | UncheckedIOException ended) {
            ready.completeExceptionally(ended);
        }
        ready.completeExceptionally(new IOException("the server ended before it was ready"));
    }
}
