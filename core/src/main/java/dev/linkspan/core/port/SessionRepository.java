package dev.linkspan.core.port;

import dev.linkspan.core.account.Session;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.SessionId;
import java.time.Instant;

/** Reads and writes the sessions of the directory. */
public interface SessionRepository extends SessionReader {

    void save(Session session);

    /** Deletes the session, if there is one. */
    void delete(SessionId id);

    void deleteOfAccount(AccountId account);

    /** Deletes the sessions that were over at this time. */
    void deleteExpiredBy(Instant time);
}
