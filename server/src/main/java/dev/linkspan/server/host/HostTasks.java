package dev.linkspan.server.host;

import dev.linkspan.core.id.HostId;
import dev.linkspan.server.host.protocol.HostTask;
import dev.linkspan.server.host.protocol.TaskResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What hosts are to do once. An agent takes its tasks with its next call, which is usually waiting for them, and brings the
 * results with a later one. Every answer until then tells a task again, since an earlier one may have been lost: the agent knows
 * by its id which it has begun. May be used from any thread.
 */
public final class HostTasks {

    private final ConcurrentHashMap<HostId, HostPost> posts = new ConcurrentHashMap<>();

    /** Whether the agent of this host talks to this server, and not to another one of those that share the store. */
    public boolean reaches(HostId host) {
        return post(host).isVisited();
    }

    /**
     * Has a host do something.
     *
     * @return its result; a {@link TimeoutException} where there is none in time
     */
    public CompletableFuture<TaskResult> assign(HostId host, HostTask task, Duration patience) {
        HostPost post = post(host);
        return post.leave(task)
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((_, _) -> post.forget(task.id()));
    }

    HostPost post(HostId host) {
        return posts.computeIfAbsent(host, _ -> new HostPost());
    }

    /** Has every agent that waits look again. */
    void wakeAll() {
        posts.values().forEach(HostPost::wake);
    }
}
