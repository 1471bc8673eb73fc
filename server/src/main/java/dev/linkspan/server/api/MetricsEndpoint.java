package dev.linkspan.server.api;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers {@code /metrics} in the text format of Prometheus. Anybody may ask: no label names an account. */
public final class MetricsEndpoint implements Endpoint {

    private static final AccessRecord ACCESS = AccessRecord.on("monitoring", "metrics");
    private static final int OK = 200;

    private final String contentType;
    private final Supplier<byte[]> text;

    public MetricsEndpoint(String contentType, Supplier<byte[]> text) {
        this.contentType = contentType;
        this.text = text;
    }

    @Override
    public ApiResponse answer(ApiRequest request) {
        return request.isRead()
                ? new ApiResponse(OK, contentType, text.get(), Optional.empty(), Map.of(), ACCESS)
                : ApiResponse.onlyReads(ACCESS);
    }
}
