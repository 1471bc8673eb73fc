package dev.linkspan.server.network.linux.namespace;

import dev.linkspan.server.network.linux.Descriptor;
import dev.linkspan.server.network.linux.Libc;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The few platform threads that enter network namespaces. A namespace is a property of the kernel's thread, so a virtual
 * thread, which moves between carriers, must never enter one.
 *
 * <p>Each thread has an empty namespace of its own as its home, and returns there after every piece of work. It cannot
 * return to the host's: without root that is not permitted. And it must not linger in a tenant's: a namespace lives, with
 * all its links, for as long as one thread is in it.
 */
final class NamespaceThreads implements AutoCloseable {

    private static final Path OWN_NAMESPACE = Path.of("/proc/thread-self/ns/net");

    private final ExecutorService executor;

    NamespaceThreads(int count) {
        executor = Executors.newFixedThreadPool(count, NamespaceThread::new);
    }

    /** Runs the work on a thread that is in the namespace, and waits for its result. The work must not start threads. */
    <T extends @Nullable Object> T callIn(Path namespace, Supplier<T> work) {
        return call(thread -> {
            thread.enter(namespace);
            return work.get();
        });
    }

    /** Makes a namespace and mounts it on the file, which keeps it alive without any process in it. */
    void createOn(Path file) {
        call(thread -> {
            thread.leaveHome();
            Libc.unshare(Libc.CLONE_NEWNET);
            Libc.mount(OWN_NAMESPACE, file, Libc.MS_BIND);
            return true;
        });
    }

    @Override
    public void close() {
        executor.close();
    }

    private interface Work<T extends @Nullable Object> {
        T on(NamespaceThread thread);
    }

    private <T extends @Nullable Object> T call(Work<T> work) {
        if (Thread.currentThread() instanceof NamespaceThread) {
            throw new IllegalStateException("BUG: work in one namespace asks for work in another");
        }
        try {
            return CompletableFuture.supplyAsync(() -> onNamespaceThread(work), executor)
                    .join();
        } catch (CompletionException failed) {
            switch (failed.getCause()) {
                case RuntimeException exception -> throw exception;
                case Error error -> throw error;
                case null, default -> throw failed;
            }
        }
    }

    private static <T extends @Nullable Object> T onNamespaceThread(Work<T> work) {
        NamespaceThread thread = (NamespaceThread) Thread.currentThread();
        try {
            return work.on(thread);
        } finally {
            thread.goHome();
        }
    }

    private static final class NamespaceThread extends Thread {

        private @Nullable Descriptor home;

        NamespaceThread(Runnable work) {
            super(work, "netns");
            setDaemon(true);
        }

        @Override
        public void run() {
            super.run();
            if (home != null) {
                home.close();
            }
        }

        void enter(Path namespace) {
            leaveHome();
            try (Descriptor target = Libc.open(namespace, Libc.O_RDONLY)) {
                Libc.setns(target, Libc.CLONE_NEWNET);
            }
        }

        /** Before its first trip a thread makes its home, so that there is a place to return to. */
        void leaveHome() {
            if (home == null) {
                Libc.unshare(Libc.CLONE_NEWNET);
                home = Libc.open(OWN_NAMESPACE, Libc.O_RDONLY);
            }
        }

        void goHome() {
            if (home != null) {
                Libc.setns(home, Libc.CLONE_NEWNET);
            }
        }
    }
}
