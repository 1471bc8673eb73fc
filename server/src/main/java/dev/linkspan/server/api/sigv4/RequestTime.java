package dev.linkspan.server.api.sigv4;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.ApiRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** When a request says that it was made, which must be about now (A2). */
public final class RequestTime {

    private static final Duration SKEW = Duration.ofMinutes(15);

    /** How long an address that was signed beforehand is good for, in seconds. */
    private static final String EXPIRES = "X-Amz-Expires";

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

    private static final Duration LONGEST_PRESIGNED = Duration.ofDays(7);

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssX").withZone(ZoneOffset.UTC);

    private RequestTime() {}

    /** The text of this header; refused where it is missing, there twice, or not about now. */
    public static String require(ApiRequest request, String header, Instant now) {
        String timestamp = RequestHeaders.once(request, header).orElseThrow(() -> missing(header));
        Instant made = parsed(header, timestamp);
        if (Duration.between(made, now).compareTo(SKEW) > 0) {
            throw tooFarOff(timestamp, now);
        }
        requireNotAhead(made, timestamp, now);
        return timestamp;
    }

    /**
     * The time at which an address was signed beforehand; refused where that is still to come, or longer ago than whoever
     * signed it says that the address is good for.
     */
    static String requirePresigned(PresignedQuery query, String parameter, Instant now) {
        String timestamp = query.value(parameter).orElseThrow(() -> missing(parameter));
        Instant made = parsed(parameter, timestamp);
        Duration lifetime = query.value(EXPIRES)
                .filter(seconds -> SECONDS.matcher(seconds).matches())
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .filter(given -> given.isPositive() && given.compareTo(LONGEST_PRESIGNED) <= 0)
                .orElseThrow(() -> refused("%s must say for how many seconds the address is good, 1 to %d."
                        .formatted(EXPIRES, LONGEST_PRESIGNED.toSeconds())));
        if (now.isAfter(made.plus(lifetime))) {
            throw refused("The address was signed at %s, for %d seconds, and it is now %s."
                    .formatted(timestamp, lifetime.toSeconds(), TIMESTAMP.format(now)));
        }
        requireNotAhead(made, timestamp, now);
        return timestamp;
    }

    private static void requireNotAhead(Instant made, String timestamp, Instant now) {
        if (Duration.between(now, made).compareTo(SKEW) > 0) {
            throw tooFarOff(timestamp, now);
        }
    }

    private static Refusal missing(String name) {
        return refused("The header %s is missing.".formatted(name));
    }

    private static Refusal tooFarOff(String timestamp, Instant now) {
        return refused("The request was signed at %s and it is now %s: more than %d minutes lie between."
                .formatted(timestamp, TIMESTAMP.format(now), SKEW.toMinutes()));
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
