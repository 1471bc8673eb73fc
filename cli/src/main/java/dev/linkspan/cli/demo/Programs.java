package dev.linkspan.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Other people's programs that the demo starts, whose files are all in one folder. */
final class Programs {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final CleanupStack curtain;
    private final Path folder;

    Programs(CleanupStack curtain, Path folder) {
        this.curtain = curtain;
        this.folder = folder;
    }

    /** Starts one that goes on until it is killed, at the end at the latest. */
    Process start(String name, List<String> command) {
        try {
            Process process = builder(command)
                    .redirectOutput(
                            Redirect.appendTo(folder.resolve(name + ".out").toFile()))
                    .start();
            curtain.atTheEnd(() -> kill(process));
            return process;
        } catch (IOException missing) {
            throw new UncheckedIOException("cannot run " + command.getFirst(), missing);
        }
    }

    /** Runs one to its end, which must be a success. */
    void run(List<String> command) {
        try {
            Process process = builder(command).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException("%s: %s".formatted(String.join(" ", command), said.strip()));
            }
        } catch (IOException missing) {
            throw new UncheckedIOException("cannot run " + command.getFirst(), missing);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + command.getFirst() + " ran", interrupted);
        }
    }

    void run(String... command) {
        run(List.of(command));
    }

    /** Where it is not told otherwise, a program looks for its files here, and not where those of the packages' services are. */
    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        for (String kind : List.of("OVS", "OVN")) {
            builder.environment().put(kind + "_RUNDIR", folder.toString());
            builder.environment().put(kind + "_LOGDIR", folder.toString());
        }
        return builder;
    }

    /** A database of this name and schema, for which a server can be started. */
    void createDatabase(String name, String schema) {
        run("ovsdb-tool", "create", database(name).toString(), schema);
    }

    /** Starts the server of a database, and waits until it listens. */
    Process serveDatabase(String name) {
        Process process = start(
                name,
                List.of(
                        "ovsdb-server",
                        database(name).toString(),
                        "--remote=p" + endpoint(name),
                        "--unixctl=" + folder.resolve(name + ".ctl"),
                        "-vconsole:warn",
                        "-vfile:off"));
        await(name + " listens", () -> listens(socket(name)));
        return process;
    }

    /** Where the server of a database listens, as OVN's programs take it. */
    String endpoint(String name) {
        return "unix:" + socket(name);
    }

    private Path database(String name) {
        return folder.resolve(name + ".db");
    }

    private Path socket(String name) {
        return folder.resolve(name + ".sock");
    }

    private static boolean listens(Path socket) {
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Waits until a program has written its file of this name. */
    void awaitFile(String name) {
        await(name + " is there", () -> Files.exists(folder.resolve(name)));
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("waited in vain until " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Ends one at once, as a crash would. */
    static void kill(Process process) {
        process.destroyForcibly();
        process.onExit().join();
    }
}
