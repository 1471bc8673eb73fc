package dev.linkspan.server.http;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.ApiRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * A request's body, as far as it is read. Its beginning is read for everybody, since nearly every call is no longer than
 * that; the rest only for callers who are known, and only while there is room for it.
 */
final class Body implements AutoCloseable {

    /** More than is left of a body that nobody wants is not read: the connection is closed instead. */
    private static final int MOST_DISCARDED = 1 << 21;

    private static final Duration LONGEST_DISCARDING = Duration.ofSeconds(1);

    private final Request request;
    private final Semaphore available = new Semaphore(0);
    private BodyBudget.Share share;
    private byte[] bytes = new byte[0];
    private int length;
    private boolean ended;
    private boolean cutShort;

    private Body(Request request, BodyBudget.Share share) {
        this.request = request;
        this.share = share;
    }

    /**
     * Reads it; refuses what takes too long, breaks off or has no room.
     *
     * @param known whether the request names somebody whom the server knows; asked only where it matters
     */
    static Body read(Request request, BodyBudget budget, Duration patience, BooleanSupplier known) {
        Body body = new Body(request, budget.nothing());
        try {
            body.read(budget, System.nanoTime() + patience.toNanos(), known);
            return body;
        } catch (RuntimeException refused) {
            body.close();
            throw refused;
        }
    }

    private void read(BodyBudget budget, long deadline, BooleanSupplier known) {
        long announced = request.getLength();
        if (announced <= ApiRequest.LONGEST_OF_STRANGERS && readUpTo(ApiRequest.LONGEST_OF_STRANGERS, deadline)) {
            return;
        }
        if (!known.getAsBoolean()) {
            cutAt(ApiRequest.LONGEST_OF_STRANGERS);
        } else if (announced > ApiRequest.LONGEST_BODY) {
            cutAt(0);
        } else {
            int most = announced < 0 ? ApiRequest.LONGEST_BODY : (int) announced;
            share = budget.take(most);
            bytes = Arrays.copyOf(bytes, most);
            if (!readUpTo(ApiRequest.LONGEST_BODY, deadline)) {
                cutAt(0);
            }
        }
    }

    /** Whether the body has ended, and is no longer than this. */
    private boolean readUpTo(int most, long deadline) {
        while (!ended && length <= most) {
            Content.Chunk chunk = next(deadline, "body");
            try {
                take(chunk);
            } finally {
                chunk.release();
            }
        }
        return length <= most;
    }

    private void take(Content.Chunk chunk) {
        if (Content.Chunk.isFailure(chunk)) {
            throw meaning(chunk.getFailure());
        }
        int more = chunk.remaining();
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
        chunk.get(bytes, length, more);
        length += more;
        ended = chunk.isLast();
    }

    /** What was read is let go of, but for its length, which tells the limit. */
    private void cutAt(int most) {
        cutShort = true;
        bytes = new byte[most];
        length = most;
    }

    private Content.Chunk next(long deadline, String what) {
        Content.Chunk chunk = request.read();
        while (chunk == null) {
            request.demand(available::release);
            awaitMore(deadline, what);
            chunk = request.read();
        }
        return chunk;
    }

    private void awaitMore(long deadline, String what) {
        try {
            if (!available.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new Refusal(
                        RefusalCode.REQUEST_TIMEOUT,
                        "The request's %s took longer than is allowed: nothing was done.",
                        what);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal(RefusalCode.UNAVAILABLE, "The server is stopping: nothing was done.");
        }
    }

    private static Refusal meaning(Throwable failure) {
        String why = failure instanceof HttpException bad && bad.getReason() != null
                ? bad.getReason()
                : "the connection ended before its body did";
        return new Refusal(RefusalCode.UNREADABLE_REQUEST, "The request cannot be read as HTTP: %s.", why);
    }

    byte[] bytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** Whether there is more of it than was read. */
    boolean isCutShort() {
        return cutShort;
    }

    /** A client that is still sending would not see an answer before which the connection breaks. */
    static void discard(Request request) {
        Body rest = new Body(request, new BodyBudget(0).nothing());
        long deadline = System.nanoTime() + LONGEST_DISCARDING.toNanos();
        long discarded = 0;
        try {
            while (!rest.ended && discarded < MOST_DISCARDED) {
                Content.Chunk chunk = rest.next(deadline, "rest");
                rest.ended = chunk.isLast() || Content.Chunk.isFailure(chunk);
                discarded += chunk.remaining();
                chunk.release();
            }
        } catch (Refusal tooSlow) {
            // the connection is closed as it is
        }
    }

    @Override
    public void close() {
        share.close();
    }
}
