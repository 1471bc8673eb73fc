package dev.linkspan.server.api.session;

import dev.linkspan.core.account.Session;
import dev.linkspan.core.id.SessionId;
import java.time.Instant;

/** How somebody signs in with an access key. */
@FunctionalInterface
public interface KeySignIn {

    /**
     * Opens a session for the key's account; refused where key and secret do not belong together.
     *
     * @param id what the session is to be called
     * @param peer the address that asks
     * @param now the real time
     * @param requestId what the event log calls the request
     */
    Session open(String accessKeyId, String secretKey, SessionId id, String peer, Instant now, String requestId);
}
