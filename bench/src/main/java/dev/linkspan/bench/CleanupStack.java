package dev.linkspan.bench;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a benchmark has to undo, last thing first: when it is over, when it fails, and on Ctrl-C. */
final class CleanupStack implements AutoCloseable {

    private final Deque<Runnable> steps = new ArrayDeque<>();

    CleanupStack() {
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform().name("linkspan-bench-undoing").unstarted(this::close));
    }

    synchronized void later(Runnable step) {
        steps.push(step);
    }

    @Override
    public synchronized void close() {
        if (steps.isEmpty()) {
            return;
        }
        Runnable step = steps.pop();
        try {
            step.run();
        } finally {
            close();
        }
    }
}
