package dev.linkspan.server.http;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of large bodies, and of heads that are long and not yet whole, are held at once in all the server. What is
 * over it is refused, not kept waiting.
 */
final class BodyBudget {

    private final long most;
    private final AtomicLong held = new AtomicLong();

    BodyBudget(long most) {
        this.most = most;
    }

    /** Room for one body, until it is closed. */
    final class Share implements AutoCloseable {

        private long bytes;

        private Share(long bytes) {
            this.bytes = bytes;
        }

        @Override
        public void close() {
            held.addAndGet(-bytes);
            bytes = 0;
        }
    }

    /** A share of no bytes, for a body that is small. */
    Share nothing() {
        return new Share(0);
    }

    Share take(long bytes) {
        long before = held.getAndUpdate(now -> now + bytes <= most ? now + bytes : now);
        if (before + bytes > most) {
            throw new Refusal(
                    RefusalCode.UNAVAILABLE,
                    "The server holds as many bytes of large requests as it may (%d): try again in a moment.",
                    most);
        }
        return new Share(bytes);
    }

    long held() {
        return held.get();
    }
}
