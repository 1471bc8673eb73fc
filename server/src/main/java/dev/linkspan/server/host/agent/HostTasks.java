package dev.linkspan.server.host.agent;

import dev.linkspan.core.id.VmId;
import dev.linkspan.core.port.ProbeAnswer;
import dev.linkspan.core.port.ProbePacket;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.server.host.protocol.HostTask;
import dev.linkspan.server.host.protocol.TaskOrder;
import dev.linkspan.server.host.protocol.TaskResult;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the server has asked for and not been told the result of. A task that is asked for again meanwhile is not done again. May be
 * used from any thread.
 */
final class HostTasks implements AutoCloseable {

    private static final int MOST = 64;

    /** Sends packets from machines. */
    @FunctionalInterface
    interface Prober {
        ProbeAnswer probe(VmId from, ProbePacket packet);
    }

    private final Prober prober;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<UUID> running = new HashSet<>();
    private final Map<UUID, TaskResult> results = new LinkedHashMap<>();

    HostTasks(Prober prober) {
        this.prober = prober;
    }

    /** Begins it, and returns at once. */
    void begin(TaskOrder order) {
        UUID id = order.taskId();
        lock.lock();
        try {
            if (running.contains(id) || results.containsKey(id)) {
                return;
            }
            if (running.size() >= MOST) {
                results.put(id, TaskResult.failed(id, "The host has %d tasks under way already.".formatted(MOST)));
                return;
            }
            running.add(id);
        } finally {
            lock.unlock();
        }
        threads.execute(() -> finish(result(order)));
    }

    private TaskResult result(TaskOrder order) {
        try {
            return switch (order.task()) {
                case HostTask.Probe(UUID id, VmId from, ProbePacket packet) ->
                    TaskResult.of(id, prober.probe(from, packet));
                case HostTask.Unknown(UUID id) ->
                    TaskResult.failed(id, "The host's agent is of a version that does not know this task.");
            };
        } catch (Refusal refused) {
            return TaskResult.failed(order.taskId(), String.valueOf(refused.getMessage()));
        } catch (RuntimeException failed) {
            return TaskResult.failed(order.taskId(), "The host could not do it: " + failed);
        }
    }

    private void finish(TaskResult result) {
        lock.lock();
        try {
            running.remove(result.taskId());
            results.put(result.taskId(), result);
        } finally {
            lock.unlock();
        }
    }

    /** Whether one is under way. */
    boolean isBusy() {
        lock.lock();
        try {
            return !running.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** What the server does not know yet. */
    List<TaskResult> results() {
        lock.lock();
        try {
            return List.copyOf(results.values());
        } finally {
            lock.unlock();
        }
    }

    /** The server knows these. */
    void forget(Collection<TaskResult> told) {
        lock.lock();
        try {
            told.forEach(result -> results.remove(result.taskId()));
        } finally {
            lock.unlock();
        }
    }

    /** What is under way is given up. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
