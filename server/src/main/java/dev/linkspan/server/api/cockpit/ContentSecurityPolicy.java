package dev.linkspan.server.api.cockpit;

/**
 * What a browser may load and run of what comes from here (CSP Level 3): files of this server, and nothing that stands in
 * the page itself, but for styles that have the page's nonce.
 */
final class ContentSecurityPolicy {

    static final String HEADER = "Content-Security-Policy";

    private ContentSecurityPolicy() {}

    static String plain() {
        return withStyles("'self'");
    }

    /** The component kit writes its theme into the page as styles, which have to name the nonce. */
    static String withNonce(String nonce) {
        return withStyles("'self' 'nonce-" + nonce + "'");
    }

    private static String withStyles(String sources) {
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self'",
                "style-src " + sources,
                "img-src 'self' data:",
                "font-src 'self'",
                "connect-src 'self'",
                "manifest-src 'self'",
                "base-uri 'none'",
                "form-action 'self'",
                "frame-ancestors 'none'");
    }
}
