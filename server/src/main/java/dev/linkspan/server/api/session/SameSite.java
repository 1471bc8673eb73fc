package dev.linkspan.server.api.session;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.ApiRequest;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells requests that Cockpit's own pages make from those that other sites have a browser make. Browsers say where a request
 * comes from (Fetch Standard, 3.2 and Fetch Metadata); what says nothing is no browser, and has nobody's cookies.
 */
final class SameSite {

    private SameSite() {}

    /** Refuses what another site than this server's had the browser send. */
    static void require(ApiRequest request) {
        String site = request.headers().first("Sec-Fetch-Site").orElse("same-origin");
        if (!site.equals("same-origin") && !site.equals("none")) {
            throw foreign("Sec-Fetch-Site is '%s'".formatted(site));
        }
        Optional<String> origin = request.headers().first("Origin");
        if (origin.isPresent() && !origin.map(SameSite::authority).equals(host(request))) {
            throw foreign("Origin is '%s'".formatted(origin.get()));
        }
    }

    /** Whether the browser reached the server through TLS, which a proxy ends before it. */
    static boolean isSecure(ApiRequest request) {
        return request.headers().first("Origin").orElse("").startsWith("https://")
                || request.headers().first("X-Forwarded-Proto").orElse("").equalsIgnoreCase("https");
    }

    private static String authority(String origin) {
        return origin.toLowerCase(Locale.ROOT)
                .replaceFirst("^http://(.*?)(:80)?$", "$1")
                .replaceFirst("^https://(.*?)(:443)?$", "$1");
    }

    private static Optional<String> host(ApiRequest request) {
        String defaultPort = isSecure(request) ? ":443$" : ":80$";
        return request.headers()
                .first("Host")
                .map(host -> host.toLowerCase(Locale.ROOT).replaceFirst(defaultPort, ""));
    }

    private static Refusal foreign(String what) {
        return new Refusal(
                RefusalCode.NOT_SIGNED,
                "The request comes from another site than this server's: %s. Only the pages of this server itself may send it.",
                what);
    }
}
