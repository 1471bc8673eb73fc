package dev.linkspan.cli.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has to be undone, in reverse order, when the story ends: by itself, by a failure, or by Ctrl-C. */
final class CleanupStack implements AutoCloseable {

    private final Deque<Runnable> undoings = new ArrayDeque<>();
    private boolean fallen;

    private CleanupStack() {}

    static CleanupStack hung() {
        CleanupStack curtain = new CleanupStack();
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform().name("linkspan-demo-curtain").unstarted(curtain::close));
        return curtain;
    }

    /** Once it has fallen, what comes too late is undone at once. */
    synchronized void atTheEnd(Runnable undoing) {
        if (fallen) {
            undoing.run();
            throw new IllegalStateException("the demo was interrupted");
        }
        undoings.push(undoing);
    }

    /** Leaves everything as it is. */
    synchronized void forgo() {
        undoings.clear();
    }

    @Override
    public synchronized void close() {
        fallen = true;
        if (undoings.isEmpty()) {
            return;
        }
        Runnable undoing = undoings.pop();
        try {
            undoing.run();
        } finally {
            close();
        }
    }
}
