package dev.linkspan.cli.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.linkspan.cli.network.VmAccess;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts the programs that send and answer packets in machines. */
final class Commands {

    private final VmAccess access;

    Commands(VmAccess access) {
        this.access = access;
    }

    /** Runs a program to its end, at most so long. */
    CommandResult run(Machine machine, String input, Duration patience, String... program) {
        Process process = start(machine, program);
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(UTF_8));
        } catch (IOException gone) {
            // A client that could not connect does not read; its exit code tells.
        }
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                end(process);
            }
            return new CommandResult(
                    process.waitFor(), new String(process.getInputStream().readAllBytes(), UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            end(process);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while packets were on their way", interrupted);
        }
    }

    /** Starts a program that goes on until it is ended. */
    Process start(Machine machine, String... program) {
        try {
            return VmAccess.process(access.enter(machine.id(), List.of(program)))
                    .redirectError(Redirect.DISCARD)
                    .start();
        } catch (IOException missing) {
            throw new UncheckedIOException("cannot run " + program[0] + " in a machine", missing);
        }
    }

    /** Ends a program and what it started. */
    static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
