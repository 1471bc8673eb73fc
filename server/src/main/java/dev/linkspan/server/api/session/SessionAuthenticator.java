package dev.linkspan.server.api.session;

import dev.linkspan.core.account.Session;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SessionId;
import dev.linkspan.core.operation.Sessions;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.Authenticator;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.sigv4.RequestRegion;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Accepts requests of somebody who is signed in to Cockpit: those with the session's cookie and a header of Cockpit's own,
 * which no form and no link of another site can send. Sessions go by the real time (T1).
 */
public final class SessionAuthenticator implements Authenticator {

    private static final String COCKPIT = "X-Linkspan-Cockpit";
    private static final String REGION = "X-Linkspan-Region";

    private final Store store;
    private final RegionName home;
    private final Sessions sessions;
    private final RequestRegion regions;
    private final InstantSource realTime;

    /** @param home the server's first Region: sessions, like accounts, belong to all alike and are written there */
    public SessionAuthenticator(
            Store store, RegionName home, Sessions sessions, RequestRegion regions, InstantSource realTime) {
        this.store = store;
        this.home = home;
        this.sessions = sessions;
        this.regions = regions;
        this.realTime = realTime;
    }

    /** Whether the request says that it is Cockpit's, and is to be judged by its session, be there one or not. */
    static boolean isFor(ApiRequest request) {
        return request.headers().first("Authorization").isEmpty()
                && request.headers().first(COCKPIT).isPresent();
    }

    @Override
    public Caller authenticate(ApiRequest request) {
        if (request.headers().first(COCKPIT).isEmpty()) {
            throw new Refusal(
                    RefusalCode.NOT_SIGNED, "A session needs the header '%s: 1' besides its cookie.", COCKPIT);
        }
        return new Caller(require(request).account(), region(request));
    }

    @Override
    public boolean knows(ApiRequest head) {
        return SessionToken.of(head).map(SessionToken::id).flatMap(this::find).isPresent();
    }

    /** The Region that the header names, else the one of every other request (A5). */
    private RegionName region(ApiRequest request) {
        return request.headers()
                .first(REGION)
                .map(name -> regions.named(name)
                        .orElseThrow(() -> Refusal.badValue(REGION, name, "a Region of this server is expected")))
                .orElseGet(() -> regions.of(request, Optional.empty()));
    }

    /** The session whose cookie the request has, which lasts its whole time again. */
    public Session require(ApiRequest request) {
        SameSite.require(request);
        SessionId id = SessionToken.of(request).map(SessionToken::id).orElseThrow(SessionAuthenticator::notSignedIn);
        Instant now = realTime.instant();
        Session found = find(id).orElseThrow(SessionAuthenticator::notSignedIn);
        if (!sessions.wantsRenewal(found, now)) {
            return found;
        }
        Origin origin = new Origin(found.account().value(), request.id());
        return store.change(home, origin, unit -> sessions.renew(unit, id, now))
                .orElseThrow(SessionAuthenticator::notSignedIn);
    }

    /** The session of this id, if it still counts; that it was looked at is no use of it. */
    public Optional<Session> find(SessionId id) {
        return store.read(home, snapshot -> sessions.find(snapshot, id, realTime.instant()));
    }

    private static Refusal notSignedIn() {
        return new Refusal(RefusalCode.NOT_SIGNED, "Nobody is signed in, or the session is over: sign in again.");
    }
}
