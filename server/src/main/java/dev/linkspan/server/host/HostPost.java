package dev.linkspan.server.host;

import dev.linkspan.core.host.Host;
import dev.linkspan.server.host.protocol.HostTask;
import dev.linkspan.server.host.protocol.TaskResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Where one host's agent calls: what waits for it there, and what it was told last. */
final class HostPost {

    /** A task whose result somebody waits for; one process of the agent takes it. */
    private static final class Open {
        final HostTask task;
        final CompletableFuture<TaskResult> result = new CompletableFuture<>();
        Optional<UUID> takenBy = Optional.empty();

        Open(HostTask task) {
            this.task = task;
        }
    }

    /** One call of the agent. */
    final class Visit {
        private final UUID boot;
        private final Semaphore bell = new Semaphore(0);

        private Visit(UUID boot) {
            this.boot = boot;
        }

        /** What rang until now needs no other look than the one that follows. */
        void listen() {
            bell.drainPermits();
        }

        void ring() {
            bell.release();
        }

        /** Waits until something rings, or the time is up. */
        void await(Duration longest) throws InterruptedException {
            if (bell.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
                bell.drainPermits();
            }
        }

        /** Whether the agent has called again since, and waits for this answer no more. */
        boolean isOver() {
            synchronized (HostPost.this) {
                return newest.filter(this::equals).isEmpty();
            }
        }

        /** Whether there is a task that the agent was not told of before. */
        boolean hasNewTask() {
            synchronized (HostPost.this) {
                return !isOver() && open.values().stream().anyMatch(it -> it.takenBy.isEmpty());
            }
        }

        /** The tasks whose results are awaited, also those that were told before; none for a visit that is over. */
        List<HostTask> take() {
            synchronized (HostPost.this) {
                if (isOver()) {
                    return List.of();
                }
                open.values().forEach(it -> it.takenBy = Optional.of(boot));
                return open.values().stream().map(it -> it.task).toList();
            }
        }
    }

    private final Map<UUID, Open> open = new LinkedHashMap<>();
    private Optional<Visit> newest = Optional.empty();
    private long newestNanos;
    private Optional<HostMachines> machines = Optional.empty();

    /** The agent calls. What an earlier process of it took and did not bring is done by nobody. */
    Visit enter(UUID boot) {
        Visit visit = new Visit(boot);
        List<Open> abandoned;
        synchronized (this) {
            newest.ifPresent(Visit::ring);
            newest = Optional.of(visit);
            newestNanos = System.nanoTime();
            abandoned = open.values().stream()
                    .filter(it -> it.takenBy.filter(by -> !by.equals(boot)).isPresent())
                    .toList();
        }
        abandoned.forEach(
                it -> it.result.complete(TaskResult.failed(it.task.id(), "the agent was started again meanwhile")));
        return visit;
    }

    /** The agent's last call, answered or not. */
    synchronized Optional<Visit> newest() {
        return newest;
    }

    synchronized boolean isVisited() {
        return newest.isPresent() && System.nanoTime() - newestNanos < Host.SILENCE.toNanos();
    }

    synchronized CompletableFuture<TaskResult> leave(HostTask task) {
        Open left = new Open(task);
        open.put(task.id(), left);
        wake();
        return left.result;
    }

    /** A result of what nobody waits for any more is of no use to anybody. */
    void bring(List<TaskResult> results) {
        List<Runnable> told = new ArrayList<>();
        synchronized (this) {
            for (TaskResult result : results) {
                Open waiting = open.get(result.taskId());
                if (waiting != null) {
                    told.add(() -> waiting.result.complete(result));
                }
            }
        }
        told.forEach(Runnable::run);
    }

    synchronized void forget(UUID task) {
        open.remove(task);
    }

    synchronized void wake() {
        newest.ifPresent(Visit::ring);
    }

    /** The machines as they were when this server last looked. */
    synchronized Optional<HostMachines> lastSeen() {
        return machines;
    }

    synchronized void saw(HostMachines seen) {
        machines = Optional.of(seen);
    }
}
