package dev.linkspan.server.api.description;

import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Endpoint;
import dev.linkspan.server.api.Remark;
import dev.linkspan.server.api.call.DescribedCall;
import dev.linkspan.server.api.json.StrictJson;
import java.util.Collection;
import java.util.List;

/** Answers {@code /linkspan/v1/openapi.json}. Anybody may ask: it is the same for every server. */
public final class DescriptionEndpoint implements Endpoint {

    private static final Remark REMARK = Remark.on("linkspan", "openapi");
    private static final int OK = 200;

    private final List<DescribedCall> calls;

    public DescriptionEndpoint(Collection<DescribedCall> calls) {
        this.calls = List.copyOf(calls);
    }

    /** Made anew each time: it takes milliseconds, and nobody asks twice. */
    @Override
    public ApiResponse answer(ApiRequest request) {
        return request.isRead()
                ? ApiResponse.json(OK, StrictJson.bytes(ApiDescription.of(calls)), REMARK)
                : ApiResponse.onlyReads(REMARK);
    }
}
