package dev.linkspan.server.api;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;

/**
 * What a client asks, as it came over the wire: path and query are undecoded, because signatures cover them so (A1).
 *
 * @param id what the answer and the log call this request
 * @param received the body, or its beginning where it was longer than the server reads
 * @param cutShort whether the body was longer than that
 * @param peer the address that it came from
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and bodies are not copied
public record ApiRequest(
        String id,
        String method,
        String path,
        String query,
        Headers headers,
        byte[] received,
        boolean cutShort,
        String peer) {

    /** How many bytes of a body the server reads: no call needs more. */
    public static final int LONGEST_BODY = 1 << 20;

    /** The whole body; refused where the server did not read all of it. */
    public byte[] body() {
        if (cutShort) {
            throw new Refusal(
                    RefusalCode.REQUEST_TOO_LARGE,
                    "The request's body is longer than %d bytes, the most that is accepted.".formatted(LONGEST_BODY));
        }
        return received;
    }

    /** Whether it asks for something and changes nothing (RFC 9110, 9.2.1). */
    public boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** The path with runs of slashes taken as one, as clients sign it that double them (A1). */
    public String plainPath() {
        return path.contains("//") ? path.replaceAll("/{2,}", "/") : path;
    }
}
