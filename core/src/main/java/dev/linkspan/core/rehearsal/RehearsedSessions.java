package dev.linkspan.core.rehearsal;

import dev.linkspan.core.account.Session;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.SessionId;
import dev.linkspan.core.port.SessionReader;
import dev.linkspan.core.port.SessionRepository;
import java.time.Instant;

/** {@link SessionRepository} of a rehearsal. */
final class RehearsedSessions extends Overlay<SessionId, Session> implements SessionRepository {

    RehearsedSessions(SessionReader truth, Allowance allowance) {
        super(
                truth::find,
                Session::id,
                byCreation(Session::openedAt, it -> it.id().value()),
                allowance);
    }

    /** No plan has sessions. */
    @Override
    public void deleteOfAccount(AccountId account) {
        use();
    }

    @Override
    public void deleteExpiredBy(Instant time) {
        use();
    }
}
