package dev.linkspan.server.api.session;

import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.Authenticator;
import dev.linkspan.server.api.Caller;

/**
 * Judges a request by its session where it comes from Cockpit, and by its signature else. A request that is signed is judged
 * by its signature alone.
 */
public final class CallerAuthenticator implements Authenticator {

    private final Authenticator signatures;
    private final SessionAuthenticator sessions;

    public CallerAuthenticator(Authenticator signatures, SessionAuthenticator sessions) {
        this.signatures = signatures;
        this.sessions = sessions;
    }

    @Override
    public Caller authenticate(ApiRequest request) {
        return SessionAuthenticator.isFor(request) ? sessions.authenticate(request) : signatures.authenticate(request);
    }

    @Override
    public boolean knows(ApiRequest head) {
        return SessionAuthenticator.isFor(head) ? sessions.knows(head) : signatures.knows(head);
    }
}
