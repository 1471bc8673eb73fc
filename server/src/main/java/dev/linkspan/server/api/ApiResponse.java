package dev.linkspan.server.api;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the server answers.
 *
 * @param body empty where there is a download
 * @param download what is too large to be held at once
 * @param headers besides the content type
 * @param access what the request turned out to be
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and bodies are not copied
public record ApiResponse(
        int status,
        String contentType,
        byte[] body,
        Optional<Download> download,
        Map<String, String> headers,
        AccessRecord access) {

    public static final String JSON = "application/json";

    public static final String XML = "text/xml;charset=UTF-8";

    public ApiResponse {
        headers = Map.copyOf(headers);
    }

    /** The same with these headers too. */
    public ApiResponse with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new ApiResponse(status, contentType, body, download, all, access);
    }

    public static ApiResponse json(int status, byte[] body, AccessRecord access) {
        return new ApiResponse(status, JSON, body, Optional.empty(), Map.of(), access);
    }

    public static ApiResponse xml(int status, byte[] body, AccessRecord access) {
        return new ApiResponse(status, XML, body, Optional.empty(), Map.of(), access);
    }

    public static ApiResponse download(Download download, AccessRecord access) {
        return new ApiResponse(200, download.contentType(), new byte[0], Optional.of(download), Map.of(), access);
    }

    /** The answer to a request of another kind where there are only things to be read. */
    public static ApiResponse onlyReads(AccessRecord access) {
        return new ApiResponse(
                405,
                "text/plain; charset=utf-8",
                "only GET and HEAD are possible here\n".getBytes(StandardCharsets.UTF_8),
                Optional.empty(),
                Map.of("Allow", "GET, HEAD"),
                access);
    }

    public static ApiResponse text(int status, String text, AccessRecord access) {
        return new ApiResponse(
                status,
                "text/plain; charset=utf-8",
                text.getBytes(StandardCharsets.UTF_8),
                Optional.empty(),
                Map.of(),
                access);
    }
}
