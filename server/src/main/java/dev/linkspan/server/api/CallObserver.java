package dev.linkspan.server.api;

import java.time.Duration;

/** Hears of every request when it begins, and once more when its answer is known. */
public interface CallObserver {

    void began();

    void answered(AccessRecord access, int status, Duration took);
}
