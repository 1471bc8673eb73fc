package dev.linkspan.server.api.session;

import dev.linkspan.core.account.Password;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.Authenticator;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.sigv4.RequestHeaders;
import dev.linkspan.server.api.sigv4.RequestRegion;
import dev.linkspan.server.api.sigv4.RequestTime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

/**
 * Believes requests that come with the e-mail address and the password of an account (RFC 7617), as the OUTSCALE API lets
 * somebody make the first access key. They count for the lockouts as signing in to Cockpit does (A3).
 */
public final class PasswordAuthenticator implements Authenticator {

    private static final String SCHEME = "Basic ";
    private static final String DATE = "X-Osc-Date";

    private final PasswordSignIn passwords;
    private final RequestRegion regions;
    private final InstantSource realTime;

    public PasswordAuthenticator(PasswordSignIn passwords, RequestRegion regions, InstantSource realTime) {
        this.passwords = passwords;
        this.regions = regions;
        this.realTime = realTime;
    }

    @Override
    public Caller authenticate(ApiRequest request) {
        String credentials = RequestHeaders.once(request, "Authorization")
                .filter(value -> value.startsWith(SCHEME))
                .map(value -> decoded(value.substring(SCHEME.length()).strip()))
                .orElseThrow(PasswordAuthenticator::unreadable);
        int colon = credentials.indexOf(':');
        if (colon < 0) {
            throw unreadable();
        }
        Instant now = realTime.instant();
        String _ = RequestTime.require(request, DATE, now);
        Password right = passwords.require(
                credentials.substring(0, colon), credentials.substring(colon + 1), request.peer(), now);
        return new Caller(right.owner(), regions.of(request, Optional.empty()));
    }

    /** Some clients write Base64 as URLs have it (RFC 4648, 5). */
    private static String decoded(String base64) {
        try {
            byte[] octets = Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/'));
            return new String(octets, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw unreadable();
        }
    }

    private static Refusal unreadable() {
        return new Refusal(
                RefusalCode.NOT_SIGNED,
                "The Authorization header cannot be read: Basic and the Base64 of EMAIL:PASSWORD are expected.");
    }
}
