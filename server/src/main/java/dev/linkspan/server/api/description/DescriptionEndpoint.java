package dev.linkspan.server.api.description;

import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Endpoint;
import dev.linkspan.server.api.call.DescribedCall;
import dev.linkspan.server.api.json.StrictJson;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Answers {@code /linkspan/v1/openapi.json}. Anybody may ask: it is the same for every server. */
public final class DescriptionEndpoint implements Endpoint {

    private static final AccessRecord ACCESS = AccessRecord.on("linkspan", "openapi");
    private static final int OK = 200;

    private final List<DescribedCall> calls;
    private final AtomicReference<byte[]> made = new AtomicReference<>();

    public DescriptionEndpoint(Collection<DescribedCall> calls) {
        this.calls = List.copyOf(calls);
    }

    @Override
    public ApiResponse answer(ApiRequest request) {
        return request.isRead() ? ApiResponse.json(OK, description(), ACCESS) : ApiResponse.onlyReads(ACCESS);
    }

    /** Made when somebody asks for the first time, as most servers are never asked, and kept, as anybody may ask often. */
    private byte[] description() {
        byte[] kept = made.get();
        if (kept == null) {
            kept = StrictJson.bytes(ApiDescription.of(calls));
            made.set(kept);
        }
        return kept;
    }
}
