package dev.linkspan.server.api.sigv4;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.ApiRequest;
import java.util.Optional;

/** The header fields by which a request shows whose it is. */
public final class RequestHeaders {

    private RequestHeaders() {}

    /** What is there twice may be read in two ways: by who made it, and by who checks it. */
    public static Optional<String> once(ApiRequest request, String header) {
        if (request.headers().all(header).size() > 1) {
            throw new Refusal(
                    RefusalCode.NOT_SIGNED, "The request is not signed: its header %s is there twice.", header);
        }
        return request.headers().first(header);
    }
}
