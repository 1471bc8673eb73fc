package dev.linkspan.server.api.session;

import dev.linkspan.core.id.SessionId;
import dev.linkspan.server.api.ApiRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a browser holds to be known again: 256 random bits, in a cookie that no script can read and no other site can have
 * sent (RFC 6265bis). The server makes every one, and keeps its digest only.
 */
record SessionToken(String value) {

    static final String COOKIE = "linkspan_session";
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static SessionToken draw() {
        byte[] bits = new byte[BYTES];
        RANDOM.nextBytes(bits);
        return new SessionToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** The request's token. One that has two is no one's: another host of the domain may have planted the second. */
    static Optional<SessionToken> of(ApiRequest request) {
        List<String> cookies = cookies(request);
        return cookies.size() == 1 && FORM.matcher(cookies.getFirst()).matches()
                ? Optional.of(new SessionToken(cookies.getFirst()))
                : Optional.empty();
    }

    private static List<String> cookies(ApiRequest request) {
        return request.headers().all("Cookie").stream()
                .flatMap(line -> Stream.of(line.split(";", -1)))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(COOKIE + "="))
                .map(cookie -> cookie.substring(COOKIE.length() + 1))
                .toList();
    }

    SessionId id() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
            return new SessionId(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("BUG: every JDK has SHA-256", impossible);
        }
    }

    /** The header Set-Cookie that gives it to the browser. */
    String cookie(boolean secure) {
        return COOKIE + "=" + value + attributes(secure);
    }

    /** The header Set-Cookie that takes it away. */
    static String noCookie(boolean secure) {
        return COOKIE + "=; Max-Age=0" + attributes(secure);
    }

    private static String attributes(boolean secure) {
        return "; Path=/; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "");
    }

    /** Leaves the value out, so that no log line can hold it. */
    @Override
    public String toString() {
        return "SessionToken";
    }
}
