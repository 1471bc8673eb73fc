package dev.linkspan.core.operation;

import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.account.Password;
import dev.linkspan.core.account.Session;
import dev.linkspan.core.account.SignIn;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.SessionId;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The operations on sessions. Times are real ones (T1), given by the caller; only whether an access key has expired is a
 * question to the Region's clock, as it is for signatures.
 */
public final class Sessions {

    /** How long a session lasts that nobody uses. */
    public static final Duration LIFETIME = Duration.ofHours(12);

    /** A session that is used all the time is written down this often, and not with each request. */
    private static final Duration RENEWED_EVERY = Duration.ofMinutes(10);

    private final boolean unchecked;

    /** @param unchecked whether sessions that nobody showed a right to count too, as in the developer's mode (A6) */
    public Sessions(boolean unchecked) {
        this.unchecked = unchecked;
    }

    /** Opens a session for whoever gave this password; refused where the account has another one by now. */
    public Session open(UnitOfWork unit, SessionId id, Password right, Instant now) {
        if (!unit.passwords().find(right.owner()).equals(Optional.of(right))) {
            throw noLonger("password");
        }
        return opened(unit, id, right.owner(), new SignIn.ByPassword(), now);
    }

    /** Opens a session for whoever gave this key's secret; refused where the key cannot be used. */
    public Session open(UnitOfWork unit, SessionId id, AccessKeyId key, Instant now) {
        AccessKey used = unit.accessKeys().find(key).orElseThrow(() -> noLonger("access key"));
        if (!used.usableAt(unit.now())) {
            throw new Refusal(RefusalCode.NOT_SIGNED, "The access key '%s' is inactive or has expired.", key);
        }
        return opened(unit, id, used.owner(), new SignIn.ByAccessKey(key), now);
    }

    /** Opens a session for whoever asks. */
    public Session openUnchecked(UnitOfWork unit, SessionId id, AccountId account, Instant now) {
        if (!unchecked) {
            throw new IllegalStateException(
                    "BUG: a session without a credential, and this is not the developer's mode");
        }
        return opened(unit, id, account, new SignIn.Unchecked(), now);
    }

    private static Session opened(UnitOfWork unit, SessionId id, AccountId account, SignIn signIn, Instant now) {
        unit.sessions().deleteExpiredBy(now);
        Session session = new Session(id, account, signIn, now, now.plus(LIFETIME));
        unit.sessions().save(session);
        return session;
    }

    /** The session of this id, if it has one that still counts. */
    public Optional<Session> find(Snapshot snapshot, SessionId id, Instant now) {
        return snapshot.sessions()
                .find(id)
                .filter(session -> now.isBefore(session.expiresAt()))
                .filter(session -> switch (session.signIn()) {
                    case SignIn.ByPassword _ -> true;
                    case SignIn.ByAccessKey(AccessKeyId key) ->
                        usable(snapshot, key).isPresent();
                    case SignIn.Unchecked _ -> unchecked;
                });
    }

    /** Whether it is time to write down that the session is used. */
    public boolean wantsRenewal(Session session, Instant now) {
        return session.expiresAt().isBefore(now.plus(LIFETIME).minus(RENEWED_EVERY));
    }

    /** Has the session last its whole time again; empty where it no longer counts. */
    public Optional<Session> renew(UnitOfWork unit, SessionId id, Instant now) {
        Optional<Session> renewed = find(unit, id, now).map(session -> session.until(now.plus(LIFETIME)));
        renewed.ifPresent(unit.sessions()::save);
        return renewed;
    }

    /** Ends the session, if there is one. */
    public void close(UnitOfWork unit, SessionId id) {
        unit.sessions().delete(id);
    }

    private static Optional<AccessKey> usable(Snapshot snapshot, AccessKeyId key) {
        return snapshot.accessKeys().find(key).filter(found -> found.usableAt(snapshot.now()));
    }

    private static Refusal noLonger(String what) {
        return new Refusal(RefusalCode.NOT_SIGNED, "The %s was changed at this moment.", what);
    }
}
