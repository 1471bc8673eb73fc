package dev.linkspan.server.api.sigv4;

import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.Authenticator;
import dev.linkspan.server.api.Caller;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Accepts requests that are signed with the secret of an active access key (A1 to A3). Dates and lockouts go by the real
 * time, also where the Region's clock is manual (T1); a key's own expiry goes by the Region's clock.
 */
public final class SignatureAuthenticator implements Authenticator {

    private static final Duration SKEW = Duration.ofMinutes(15);
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssX").withZone(ZoneOffset.UTC);

    private final Store store;
    private final RequestRegion regions;
    private final InstantSource realTime;
    private final Lockouts<AccessKeyId> lockouts;

    public SignatureAuthenticator(Store store, RequestRegion regions, InstantSource realTime) {
        this(store, regions, realTime, new Lockouts<>());
    }

    /** @param lockouts the keys', which count failed attempts of every kind */
    public SignatureAuthenticator(
            Store store, RequestRegion regions, InstantSource realTime, Lockouts<AccessKeyId> lockouts) {
        this.lockouts = lockouts;
        this.store = store;
        this.regions = regions;
        this.realTime = realTime;
    }

    /** A key as it is stored, and whether it may sign now by the Region's clock. */
    private record Found(AccessKey key, boolean usable) {}

    @Override
    public Caller authenticate(ApiRequest request) {
        Authorization authorization = Authorization.parse(request.headers()
                .first("Authorization")
                .orElseThrow(() -> new Refusal(
                        RefusalCode.NOT_SIGNED, "The request is not signed: it has no Authorization header.")));
        String timestamp = timestamp(request, authorization);
        RegionName region = regions.of(request, Optional.of(authorization.region()));
        Found found = find(region, authorization);
        lockouts.requireUnlocked("access key", found.key().id(), realTime.instant());
        requireSignature(request, authorization, timestamp, found.key());
        if (!found.usable()) {
            throw new Refusal(
                    RefusalCode.NOT_SIGNED,
                    "The access key '%s' is inactive or has expired.".formatted(authorization.key()));
        }
        return new Caller(found.key().owner(), region);
    }

    private String timestamp(ApiRequest request, Authorization authorization) {
        String header = authorization.family().dateHeader();
        String timestamp = request.headers()
                .first(header)
                .orElseThrow(() -> badDate("The header %s is missing.".formatted(header)));
        Instant signedAt = parsed(header, timestamp);
        Instant now = realTime.instant();
        if (!timestamp.startsWith(authorization.day())) {
            throw badDate(
                    "%s is not of the day '%s' that the Credential names.".formatted(header, authorization.day()));
        }
        if (Duration.between(signedAt, now).abs().compareTo(SKEW) > 0) {
            throw badDate("The request was signed at %s and it is now %s: more than %d minutes lie between."
                    .formatted(timestamp, TIMESTAMP.format(now), SKEW.toMinutes()));
        }
        return timestamp;
    }

    private static Instant parsed(String header, String timestamp) {
        try {
            return TIMESTAMP.parse(timestamp, Instant::from);
        } catch (DateTimeException malformed) {
            throw badDate("The value of %s is not a time such as 20261122T184449Z.".formatted(header));
        }
    }

    private Found find(RegionName region, Authorization authorization) {
        return store.read(
                        region,
                        snapshot -> snapshot.accessKey(authorization.key())
                                .map(key -> new Found(key, key.usableAt(snapshot.now()))))
                .orElseThrow(() -> new Refusal(
                        RefusalCode.UNKNOWN_KEY, "The access key '%s' doesn't exist.".formatted(authorization.key())));
    }

    private void requireSignature(ApiRequest request, Authorization authorization, String timestamp, AccessKey key) {
        if (!Signature.matches(request, authorization, timestamp, key.secret())) {
            lockouts.failed(key.id(), realTime.instant());
            throw new Refusal(
                    RefusalCode.NOT_SIGNED,
                    "The signature is not the one that the secret of '%s' gives for this request.".formatted(key.id()));
        }
        lockouts.succeeded(key.id());
    }

    private static Refusal badDate(String message) {
        return new Refusal(RefusalCode.BAD_SIGNATURE_DATE, message);
    }
}
