package dev.linkspan.server.api.sigv4;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.ApiRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** When a request says that it was made, which must be about now (A2). */
public final class RequestTime {

    private static final Duration SKEW = Duration.ofMinutes(15);

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssX").withZone(ZoneOffset.UTC);

    private RequestTime() {}

    /** The text of this header; refused where it is missing, there twice, or not about now. */
    public static String require(ApiRequest request, String header, Instant now) {
        String timestamp = RequestHeaders.once(request, header)
                .orElseThrow(() -> refused("The header %s is missing.".formatted(header)));
        Instant made = parsed(header, timestamp);
        if (Duration.between(made, now).abs().compareTo(SKEW) > 0) {
            throw refused("The request was signed at %s and it is now %s: more than %d minutes lie between."
                    .formatted(timestamp, TIMESTAMP.format(now), SKEW.toMinutes()));
        }
        return timestamp;
    }

    private static Instant parsed(String header, String timestamp) {
        try {
            return TIMESTAMP.parse(timestamp, Instant::from);
        } catch (DateTimeException malformed) {
            throw refused("The value of %s is not a time such as 20261122T184449Z.".formatted(header));
        }
    }

    static Refusal refused(String message) {
        return new Refusal(RefusalCode.BAD_SIGNATURE_DATE, message);
    }
}
