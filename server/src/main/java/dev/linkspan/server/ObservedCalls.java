package dev.linkspan.server;

import dev.linkspan.server.api.CallObserver;
import dev.linkspan.server.api.Remark;
import dev.linkspan.server.observe.Metrics;
import java.time.Duration;

/** Has the metrics count what the APIs answer. */
record ObservedCalls(Metrics metrics) implements CallObserver {

    @Override
    public void began() {
        metrics.began();
    }

    @Override
    public void answered(Remark remark, int status, Duration took) {
        metrics.answered(remark.api(), remark.operation(), status, remark.error(), took);
    }
}
