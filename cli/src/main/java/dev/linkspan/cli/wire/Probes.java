package dev.linkspan.cli.wire;

import dev.linkspan.cli.network.VmAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends real packets between machines and tells whether answers came. Each try is one packet, or one connection. */
public final class Probes implements AutoCloseable {

    /** The port on which {@link #answerOn} makes a machine echo what it receives, over TCP and UDP. */
    public static final int PORT = 7007;

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String WORD = "linkspan";

    private final Commands commands;
    private final List<Process> running = new ArrayList<>();

    public Probes(VmAccess access) {
        this.commands = new Commands(access);
    }

    /** A way to ask one machine for an answer from another. */
    public enum Kind {
        PING("ping"),
        TCP("TCP"),
        UDP("UDP");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /** Makes the machine echo on {@link #PORT} until this is closed. */
    public void answerOn(Machine machine) {
        running.add(commands.start(machine, "socat", "TCP-LISTEN:" + PORT + ",fork,reuseaddr", "PIPE"));
        running.add(commands.start(machine, "socat", "UDP-LISTEN:" + PORT + ",fork,reuseaddr", "PIPE"));
    }

    /** Sends once and waits up to a second for the answer. */
    public boolean answers(Kind kind, Machine from, Machine to) {
        return switch (kind) {
            case PING ->
                run(from, "", "ping", "-n", "-q", "-c", "1", "-W", "1", to.address())
                                .code()
                        == 0;
            case TCP -> echoed(from, "TCP:%s:%d,connect-timeout=1".formatted(to.address(), PORT));
            case UDP -> echoed(from, "UDP:%s:%d".formatted(to.address(), PORT));
        };
    }

    /** All of these at once, for silence takes a second to be sure of. */
    public List<Boolean> answers(List<Flow> flows) {
        try (ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> results = flows.stream()
                    .map(flow -> tasks.submit(() -> answers(flow.kind(), flow.from(), flow.to())))
                    .toList();
            List<Boolean> answers = new ArrayList<>();
            for (Future<Boolean> result : results) {
                answers.add(result.get());
            }
            return List.copyOf(answers);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while packets were on their way", interrupted);
        }
    }

    /** Opens a TCP connection that stays; the other machine has to {@link #answerOn}. */
    public LastingConnection connect(Machine from, Machine to) {
        Process process =
                commands.start(from, "socat", "-", "TCP:%s:%d,connect-timeout=1".formatted(to.address(), PORT));
        running.add(process);
        return new LastingConnection(process);
    }

    /** Ends everything that runs in the machines on behalf of this. */
    @Override
    public void close() {
        running.forEach(Commands::end);
        running.clear();
    }

    private boolean echoed(Machine from, String address) {
        return run(from, WORD, "socat", "-t1", "-T1", "-", address).output().equals(WORD);
    }

    private CommandResult run(Machine from, String input, String... program) {
        return commands.run(from, input, PATIENCE, program);
    }

    /** One question: does this kind of packet from here get an answer from there? */
    public record Flow(Kind kind, Machine from, Machine to) {

        @Override
        public String toString() {
            return "%s %s -> %s".formatted(kind, from.name(), to.name());
        }
    }
}
