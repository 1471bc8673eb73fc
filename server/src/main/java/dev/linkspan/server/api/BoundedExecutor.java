package dev.linkspan.server.api;

import dev.linkspan.core.wording.Sentence;
import dev.linkspan.server.turn.RecentActivity;
import dev.linkspan.server.turn.Turns;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A few threads of the system's for work that keeps a processor busy, such as hashing: on virtual threads it would keep
 * others, which have short work, from running. So that many who ask at once do not take the machine, few are served at a
 * time, by turns of those who ask: whoever asks for much waits behind itself, and what it asks beyond fifty is refused.
 */
public final class BoundedExecutor {

    private static final int MOST_WAITING = 50;
    private static final int IDLE_SECONDS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Turns turns;
    private final ThreadPoolExecutor threads;

    /**
     * @param name what its threads are called
     * @param mostAtOnce how many it has at most; never more than half the processors, but one
     * @param busy what is said to those who are refused
     * @param activity who would notice that one asks for much
     */
    public BoundedExecutor(String name, int mostAtOnce, Sentence busy, RecentActivity activity) {
        int atOnce = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, mostAtOnce);
        this.turns = new Turns(new Turns.Limits(atOnce, atOnce, MOST_WAITING, PATIENCE), busy, activity);
        this.threads = new ThreadPoolExecutor(
                atOnce,
                atOnce,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name(name + "-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * The result of the work, when its turn has come. Work that fails is a bug.
     *
     * @param whose whose turn it takes: an account, or an address where nobody is known yet
     */
    public <T> T inTurn(String whose, Callable<T> work) {
        return turns.taking(whose, () -> done(work));
    }

    private <T> T done(Callable<T> work) {
        try {
            return threads.submit(work).get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw turns.refused();
        } catch (ExecutionException bug) {
            throw new IllegalStateException("BUG: the work of a crew failed", bug.getCause());
        }
    }
}
