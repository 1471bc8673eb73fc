package dev.linkspan.core.port;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. */
public final class TestClock implements InstantSource {

    /** Where it starts: a time with milliseconds that are not zero, so that a lost precision is seen. */
    public static final Instant START = Instant.parse("2026-11-22T18:44:49.123Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    @Override
    public Instant instant() {
        return now.get();
    }

    public void advance(Duration by) {
        now.updateAndGet(before -> before.plus(by));
    }

    /** Sets it to any time, an earlier one too, as a machine's clock may be. */
    public void set(Instant time) {
        now.set(time);
    }
}
