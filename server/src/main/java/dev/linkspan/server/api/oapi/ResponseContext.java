package dev.linkspan.server.api.oapi;

import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.json.StrictJson;
import tools.jackson.databind.node.ObjectNode;

/** What every answer of the OUTSCALE API ends in, and those of Linkspan's own calls. */
public record ResponseContext(String requestId) {

    /** What answers that a call was done: a record or map, with the context behind it. */
    public static ApiResponse behind(Object answer, ApiRequest request, AccessRecord access) {
        ObjectNode body = StrictJson.tree(answer);
        body.set("ResponseContext", StrictJson.tree(new ResponseContext(request.id())));
        return ApiResponse.json(200, StrictJson.bytes(body), access);
    }
}
