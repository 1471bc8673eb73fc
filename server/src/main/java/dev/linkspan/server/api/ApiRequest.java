package dev.linkspan.server.api;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;

/**
 * What a client asks, as it came over the wire: path and query are undecoded, because signatures cover them so (A1).
 *
 * @param id what the answer and the log call this request
 * @param received the body; of one that is cut short, as many bytes as the server reads of strangers' bodies where it was
 *     one of those, and else none
 * @param cutShort whether the body was longer than the server reads
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

    /** How many it reads where nobody is named whom it knows. */
    public static final int LONGEST_OF_STRANGERS = 1 << 14;

    /** The whole body; refused where the server did not read all of it. */
    public byte[] body() {
        if (cutShort) {
            String longest = received.length == LONGEST_OF_STRANGERS
                    ? "%d bytes, the most that is read where no access key, session or token is named that exists here"
                            .formatted(LONGEST_OF_STRANGERS)
                    : "%d bytes, the most that is accepted".formatted(LONGEST_BODY);
            throw new Refusal(RefusalCode.REQUEST_TOO_LARGE, "The request's body is longer than %s.", longest);
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
