package dev.linkspan.server;

import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.CallObserver;
import dev.linkspan.server.observe.Metrics;
import java.time.Duration;

/** Has the metrics count what the APIs answer. */
record ObservedCalls(Metrics metrics) implements CallObserver {

    @Override
    public void began() {
        metrics.began();
    }

    @Override
    public void answered(AccessRecord access, int status, Duration took) {
        metrics.answered(access.api(), access.operation(), status, access.error(), took);
    }
}
