package dev.linkspan.server.api.sigv4;

import dev.linkspan.server.api.ApiRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The signature of a request that is made by its address alone, as whoever was given that address does: it stands in the
 * query, in parameters that begin with X-Amz (Signature Version 4, Add the signature to the query string).
 */
final class PresignedQuery {

    /** All of the query but this is signed. */
    static final String SIGNATURE = "X-Amz-Signature";

    private static final String CREDENTIAL = "X-Amz-Credential";

    private final String query;

    private PresignedQuery(String query) {
        this.query = query;
    }

    /** Empty where the request is signed in its header, or not at all. */
    static Optional<PresignedQuery> of(ApiRequest request) {
        PresignedQuery query = new PresignedQuery(request.query());
        return request.headers().first("Authorization").isEmpty()
                        && query.value(CREDENTIAL).isPresent()
                ? Optional.of(query)
                : Optional.empty();
    }

    /** The value of the first parameter of this name. */
    Optional<String> value(String name) {
        return Arrays.stream(query.split("&", -1))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> decoded(pair.substring(name.length() + 1)))
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return value;
        }
    }

    /** The same as a header would say it. */
    String authorization() {
        return "%s Credential=%s, SignedHeaders=%s, Signature=%s"
                .formatted(
                        value("X-Amz-Algorithm").orElse(""),
                        value(CREDENTIAL).orElse(""),
                        value("X-Amz-SignedHeaders").orElse(""),
                        value(SIGNATURE).orElse(""));
    }
}
