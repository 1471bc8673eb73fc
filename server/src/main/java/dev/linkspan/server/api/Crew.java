package dev.linkspan.server.api;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A few threads of the system's for work that keeps a processor busy, such as hashing: on virtual threads it would keep
 * others, which have short work, from running. So that many who ask at once do not take the machine, few are served at a
 * time, fifty wait, and the others are refused.
 */
public final class Crew {

    private static final int MOST_WAITING = 50;
    private static final int IDLE_SECONDS = 10;

    private final String busy;
    private final ThreadPoolExecutor threads;

    /**
     * @param name what its threads are called
     * @param mostAtOnce how many it has at most; never more than half the processors, but one
     * @param busy what is said to those who are refused
     */
    public Crew(String name, int mostAtOnce, String busy) {
        this.busy = busy;
        int atOnce = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, mostAtOnce);
        this.threads = new ThreadPoolExecutor(
                atOnce,
                atOnce,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().daemon().name(name + "-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /** The result of the work, when its turn has come. Work that fails is a bug. */
    public <T> T inTurn(Callable<T> work) {
        try {
            return threads.submit(work).get();
        } catch (RejectedExecutionException full) {
            throw refused();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw refused();
        } catch (ExecutionException bug) {
            throw new IllegalStateException("BUG: the work of a crew failed", bug.getCause());
        }
    }

    private Refusal refused() {
        return new Refusal(RefusalCode.THROTTLED, busy);
    }
}
