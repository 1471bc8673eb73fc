package dev.linkspan.server.api.sigv4;

import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.account.RoleSession;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.operation.Roles;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.Authenticator;
import dev.linkspan.server.api.Caller;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * Accepts requests that are signed with the secret of an active access key (A1 to A3), or of a role session whose token they
 * carry. Dates, lockouts and sessions go by the real time, also where the Region's clock is manual (T1); a stored key's own
 * expiry goes by the Region's clock.
 */
public final class SignatureAuthenticator implements Authenticator {

    /** As long as those of keys. */
    private static final String NOBODYS_SECRET = "0".repeat(40);

    private final Store store;
    private final RequestRegion regions;
    private final SessionTokens tokens;
    private final Roles roles;
    private final InstantSource realTime;
    private final Lockouts<AccessKeyId> lockouts;

    public SignatureAuthenticator(
            Store store, RequestRegion regions, SessionTokens tokens, Roles roles, InstantSource realTime) {
        this(store, regions, tokens, roles, realTime, new Lockouts<>());
    }

    /**
     * @param roles a session ends when its role does not admit it any more
     * @param lockouts the keys', which count failed attempts of every kind
     */
    public SignatureAuthenticator(
            Store store,
            RequestRegion regions,
            SessionTokens tokens,
            Roles roles,
            InstantSource realTime,
            Lockouts<AccessKeyId> lockouts) {
        this.lockouts = lockouts;
        this.store = store;
        this.regions = regions;
        this.tokens = tokens;
        this.roles = roles;
        this.realTime = realTime;
    }

    /**
     * A key that somebody named.
     *
     * @param account whose it is; empty where there is no such key
     * @param objection why it may not sign now
     */
    private record Found(
            AccessKeyId key,
            String secret,
            Optional<AccountId> account,
            Optional<RoleSession> session,
            Optional<Refusal> objection) {

        static Found stored(AccessKey key, Instant now) {
            Optional<Refusal> objection = key.usableAt(now)
                    ? Optional.empty()
                    : Optional.of(new Refusal(
                            RefusalCode.NOT_SIGNED, "The access key '%s' is inactive or has expired.", key.id()));
            return new Found(key.id(), key.secret(), Optional.of(key.owner()), Optional.empty(), objection);
        }

        static Found temporary(RoleSession session, Optional<Refusal> objection) {
            return new Found(
                    session.key(),
                    session.secret(),
                    Optional.of(session.role().account()),
                    Optional.of(session),
                    objection);
        }

        /** The signature of a key that is not there is compared all the same: it takes the time of any other. */
        static Found unknown(Authorization authorization) {
            Refusal objection = new Refusal(
                    RefusalCode.UNKNOWN_KEY,
                    "The access key '%s' doesn't exist, or needs the session token that came with it in %s.",
                    authorization.key(),
                    authorization.family().tokenHeader());
            return new Found(
                    authorization.key(), NOBODYS_SECRET, Optional.empty(), Optional.empty(), Optional.of(objection));
        }

        Caller usedIn(RegionName region) {
            objection.ifPresent(why -> {
                throw why;
            });
            return new Caller(account.orElseThrow(), region, session);
        }
    }

    @Override
    public Caller authenticate(ApiRequest request) {
        Authorization authorization = authorization(request);
        String timestamp = timestamp(request, authorization);
        RegionName region = regions.of(request, Optional.of(authorization.region()));
        Found found = found(request, region, authorization);
        lockouts.requireUnlocked("access key", found.key(), request.peer(), realTime.instant());
        requireSignature(request, authorization, timestamp, found);
        return found.usedIn(region);
    }

    private static Authorization authorization(ApiRequest request) {
        return Authorization.parse(RequestHeaders.once(request, "Authorization")
                .or(() -> PresignedQuery.of(request).map(PresignedQuery::authorization))
                .orElseThrow(() -> notSigned("it has no Authorization header")));
    }

    /** Neither the signature nor the date is looked at. */
    @Override
    public boolean knows(ApiRequest head) {
        try {
            Authorization authorization = authorization(head);
            RegionName region = regions.of(head, Optional.of(authorization.region()));
            return found(head, region, authorization).objection().isEmpty();
        } catch (Refusal unknown) {
            return false;
        }
    }

    private Found found(ApiRequest request, RegionName region, Authorization authorization) {
        Optional<String> _ = RequestHeaders.once(request, authorization.family().tokenHeader());
        return SessionTokens.of(request, authorization.family())
                .map(token -> ofSession(request, region, authorization, token))
                .orElseGet(() -> stored(region, authorization));
    }

    private String timestamp(ApiRequest request, Authorization authorization) {
        String header = authorization.family().dateHeader();
        String timestamp = PresignedQuery.of(request)
                .map(query -> RequestTime.requirePresigned(query, header, realTime.instant()))
                .orElseGet(() -> RequestTime.require(request, header, realTime.instant()));
        if (!timestamp.startsWith(authorization.day())) {
            throw RequestTime.refused(
                    "%s is not of the day '%s' that the Credential names.".formatted(header, authorization.day()));
        }
        return timestamp;
    }

    private static Refusal notSigned(String why) {
        return new Refusal(RefusalCode.NOT_SIGNED, "The request is not signed: %s.", why);
    }

    private Found stored(RegionName region, Authorization authorization) {
        return store.read(
                        region,
                        snapshot -> snapshot.accessKeys()
                                .find(authorization.key())
                                .map(key -> Found.stored(key, snapshot.now())))
                .orElseGet(() -> Found.unknown(authorization));
    }

    private Found ofSession(ApiRequest request, RegionName region, Authorization authorization, String token) {
        String header = authorization.family().tokenHeader();
        boolean inHeader = request.headers().first(header).isPresent();
        if (inHeader && !authorization.signedHeaders().contains(header.toLowerCase(Locale.ROOT))) {
            throw new Refusal(RefusalCode.NOT_SIGNED, "The header %s is not among the signed headers.", header);
        }
        RoleSession session = tokens.session(token, authorization.key());
        if (!session.usableAt(realTime.instant())) {
            return Found.temporary(session, Optional.of(SessionTokens.expired(session)));
        }
        boolean admitted = store.read(region, snapshot -> roles.admit(snapshot, session.by(), session.role()));
        return Found.temporary(
                session,
                admitted
                        ? Optional.empty()
                        : Optional.of(new Refusal(
                                RefusalCode.UNKNOWN_KEY, "The access key '%s' is no longer valid.", session.key())));
    }

    private void requireSignature(ApiRequest request, Authorization authorization, String timestamp, Found found) {
        boolean matches = Signature.matches(request, authorization, timestamp, found.secret());
        if (found.account().isEmpty()) {
            return;
        }
        if (!matches) {
            lockouts.failed(found.key(), request.peer(), realTime.instant());
            throw new Refusal(
                    RefusalCode.NOT_SIGNED,
                    "The signature is not the one that the secret of '%s' gives for this request.",
                    found.key());
        }
        lockouts.succeeded(found.key(), request.peer());
    }
}
