package dev.linkspan.server.host.agent;

import dev.linkspan.server.host.protocol.SyncAnswer;
import dev.linkspan.server.host.protocol.SyncRequest;
import dev.linkspan.server.host.protocol.TaskResult;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Tells the server of a host again and again what there is, and has the host be what the server answers. Where no server answers, the
 * host stays as it is.
 */
public final class Agent implements AutoCloseable {

    private static final Logger LOGGER = System.getLogger(Agent.class.getName());

    /** How long the server may wait for news. */
    private static final Duration WAIT = Duration.ofSeconds(2);

    /** The same while a link is awaited, which the server shall hear of soon. */
    private static final Duration WAIT_FOR_LINK = Duration.ofMillis(300);

    /** The same while a task is under way. */
    private static final Duration WAIT_FOR_RESULT = Duration.ofMillis(30);

    private static final Duration APPLYING = Duration.ofSeconds(1);
    private static final Duration NOT_APPLIED = Duration.ofMillis(500);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    /** Less than the time after which a silent host counts as lost. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final UUID boot = UUID.randomUUID();
    private final AgentSettings settings;
    private final ServerClient server;
    private final HostedMachines machines;
    private final MachineKeeper keeper;
    private final HostTasks tasks;
    private final Trouble trouble = new Trouble(LOGGER, "the server answers again");
    private final Thread thread = Thread.ofPlatform().name("agent-sync").unstarted(this::syncAgainAndAgain);
    private volatile boolean closed;
    private Duration pause = FIRST_PAUSE;
    private String hostId = "";

    private Agent(AgentSettings settings, HostedMachines machines) {
        this.settings = settings;
        this.server = new ServerClient(settings);
        this.machines = machines;
        this.keeper = new MachineKeeper(machines);
        this.tasks = new HostTasks(machines::probe);
    }

    /** Begins. Throws {@link IllegalArgumentException} where the certificates cannot be used. */
    public static Agent start(AgentSettings settings, HostSettings host) {
        HostedMachines machines = HostedMachines.open(host);
        try {
            Agent agent = new Agent(settings, machines);
            agent.keeper.start();
            agent.thread.start();
            return agent;
        } catch (IllegalArgumentException unusable) {
            machines.close();
            throw unusable;
        }
    }

    private void syncAgainAndAgain() {
        try {
            while (!closed) {
                try {
                    sync();
                    trouble.ended();
                    pause = FIRST_PAUSE;
                } catch (NoAnswer none) {
                    trouble.failed(String.valueOf(none.getMessage()));
                    pause();
                } catch (RuntimeException bug) {
                    trouble.failed("BUG: the server could not be asked: " + bug);
                    pause();
                }
            }
        } catch (InterruptedException ended) {
            // It is being closed.
            Thread.currentThread().interrupt();
        }
    }

    private void sync() throws NoAnswer, InterruptedException {
        List<TaskResult> results = tasks.results();
        SyncAnswer answer = server.sync(new SyncRequest(
                boot,
                settings.version(),
                settings.capacity(),
                keeper.applied(),
                keeper.links(),
                load(),
                results,
                Math.toIntExact(patience().toMillis())));
        tasks.forget(results);
        tellHostId(answer.hostId());
        answer.tasks().forEach(tasks::begin);
        if (answer.machines().isPresent()) {
            keeper.want(answer.revision(), answer.machines().get());
            keeper.awaitTried(APPLYING);
            if (keeper.applied() != answer.revision()) {
                // It will be answered the same again.
                Thread.sleep(NOT_APPLIED.toMillis());
            }
        }
    }

    private void tellHostId(String told) {
        if (!told.equals(hostId)) {
            LOGGER.log(Level.INFO, "this is the host {0} of {1}", told, settings.server());
            hostId = told;
        }
    }

    private Duration patience() {
        if (tasks.isBusy()) {
            return WAIT_FOR_RESULT;
        }
        return keeper.isConnected() ? WAIT : WAIT_FOR_LINK;
    }

    /** Not all agents come back to a server that starts at the same moments. */
    private void pause() throws InterruptedException {
        Thread.sleep(pause.toMillis() / 2 + ThreadLocalRandom.current().nextLong(pause.toMillis() / 2));
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }

    /** Of the last minute, for each processor; 0 where the kernel does not say. */
    private static double load() {
        try {
            String first = Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
            return Double.parseDouble(first) / Runtime.getRuntime().availableProcessors();
        } catch (IOException | NumberFormatException unknown) {
            return 0;
        }
    }

    /** Ends it; the machines stay, and go on. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        keeper.close();
        tasks.close();
        server.close();
        machines.close();
    }
}
