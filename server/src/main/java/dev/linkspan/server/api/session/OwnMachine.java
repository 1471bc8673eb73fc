package dev.linkspan.server.api.session;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Endpoint;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The developer's mode believes every request (A6), so it must not believe those that a page of another site has the
 * developer's own browser send: the host must be this machine's by name, whatever a name of somebody else's resolves to, and
 * the page must be this server's own. To come here by a link of another site is no harm where that changes nothing: an action
 * of EC2's API can be asked for by an address too.
 */
public record OwnMachine(Endpoint endpoint) implements Endpoint {

    /** What no name server can let point elsewhere (RFC 6761, 6.3), and addresses that are no names. */
    private static final Pattern LOOPBACK =
            Pattern.compile("(?:(?:[a-z0-9-]+\\.)*localhost\\.?|127(?:\\.[0-9]{1,3}){3}|\\[::1])(?::[0-9]*)?");

    @Override
    public ApiResponse answer(ApiRequest request) {
        try {
            request.headers().all("Host").forEach(OwnMachine::requireLoopback);
            if (!isVisit(request)) {
                SameSite.require(request);
            }
        } catch (Refusal foreign) {
            return endpoint.refuse(request, foreign);
        }
        return endpoint.answer(request);
    }

    @Override
    public ApiResponse refuse(ApiRequest request, Refusal refusal) {
        return endpoint.refuse(request, refusal);
    }

    private static void requireLoopback(String host) {
        if (!LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches()) {
            throw new Refusal(
                    RefusalCode.NOT_SIGNED,
                    "With --dev the header Host must name this machine, such as localhost or 127.0.0.1, and is '%s'.",
                    host);
        }
    }

    /** Somebody follows a link, or types an address: the answer is shown to them and to no script. */
    private static boolean isVisit(ApiRequest request) {
        return request.isRead()
                && (request.query().isEmpty() || request.plainPath().startsWith("/cockpit"))
                && request.headers()
                        .first("Sec-Fetch-Mode")
                        .filter("navigate"::equals)
                        .isPresent();
    }
}
