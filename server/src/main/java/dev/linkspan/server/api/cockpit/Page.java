package dev.linkspan.server.api.cockpit;

import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A page, which tells the nonce of its styles. Each answer has a nonce of its own, in its header and in the page, and nobody
 * keeps the page: a copy would be told by another header.
 *
 * @param html with {@link #PLACEHOLDER} wherever the nonce belongs
 */
record Page(String html) {

    /** What the build writes in place of the nonce: {@code html.cspNonce} in {@code cockpit/vite.config.ts}. */
    static final String PLACEHOLDER = "LINKSPAN_STYLE_NONCE";

    private static final int NONCE_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    static Page of(byte[] html) {
        return new Page(new String(html, StandardCharsets.UTF_8));
    }

    ApiResponse answer(int status, AccessRecord access) {
        String nonce = drawNonce();
        return new ApiResponse(
                status,
                "text/html; charset=utf-8",
                html.replace(PLACEHOLDER, nonce).getBytes(StandardCharsets.UTF_8),
                Optional.empty(),
                Map.of(
                        "Cache-Control",
                        "no-store",
                        ContentSecurityPolicy.HEADER,
                        ContentSecurityPolicy.withNonce(nonce)),
                access);
    }

    private static String drawNonce() {
        byte[] bits = new byte[NONCE_BYTES];
        RANDOM.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }
}
