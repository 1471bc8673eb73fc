package dev.linkspan.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Notices when something has ended that the server cannot live without: the thread that writes, one that follows a log, the
 * listener. What such a thread left half done cannot be told, so nothing is started again in this process: whoever made the
 * server is told once, and has it end.
 */
final class Watch implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Watch.class.getName());
    private static final Duration PERIOD = Duration.ofMillis(250);

    private final List<Supplier<List<String>>> parts = new ArrayList<>();
    private final Consumer<String> onEnd;
    private final Thread thread = Thread.ofPlatform().name("watch").daemon().unstarted(this::watch);
    private volatile boolean closed;

    /** @param onEnd is told what has ended */
    Watch(Consumer<String> onEnd) {
        this.onEnd = onEnd;
    }

    /** @param ended names what of a part has ended that should not have; nothing while the part is well, or was closed */
    void over(Supplier<List<String>> ended) {
        parts.add(ended);
    }

    void start() {
        thread.start();
    }

    private void watch() {
        while (!closed) {
            List<String> ended = ended();
            if (!ended.isEmpty() && !closed) {
                String what = String.join(", ", ended);
                LOG.log(Level.ERROR, "{0} has ended, which this server cannot go on without", what);
                onEnd.accept(what);
                return;
            }
            LockSupport.parkNanos(PERIOD.toNanos());
        }
    }

    /** A part that cannot even be asked is not well. */
    private List<String> ended() {
        List<String> ended = new ArrayList<>();
        for (Supplier<List<String>> part : parts) {
            try {
                ended.addAll(part.get());
            } catch (RuntimeException unwell) {
                ended.add("a part that cannot be asked (" + unwell + ")");
            }
        }
        return ended;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
