package dev.linkspan.server.network.linux;

import java.util.concurrent.atomic.AtomicInteger;

/** An open file descriptor, closed at most once: a number that was closed may already belong to someone else. */
public final class Descriptor implements AutoCloseable {

    private static final int CLOSED = -1;

    private final AtomicInteger number;

    Descriptor(int number) {
        this.number = new AtomicInteger(number);
    }

    /** What the kernel knows it by. */
    public int number() {
        int open = number.get();
        if (open == CLOSED) {
            throw new IllegalStateException("BUG: this file descriptor is closed");
        }
        return open;
    }

    @Override
    public void close() {
        int open = number.getAndSet(CLOSED);
        if (open != CLOSED) {
            Libc.close(open);
        }
    }
}
