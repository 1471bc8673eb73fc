package dev.linkspan.core.port;

import static dev.linkspan.core.port.InMemoryRows.needs;

import dev.linkspan.core.account.Session;
import dev.linkspan.core.account.SignIn;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.SessionId;
import java.time.Instant;
import java.util.Optional;

/** {@link SessionRepository} of an {@link InMemoryStore}. */
record InMemorySessions(World world) implements SessionRepository {

    @Override
    public Optional<Session> find(SessionId id) {
        return world.sessions().row(id);
    }

    @Override
    public void save(Session session) {
        needs(world.accounts().has(session.account()), "session_has_account");
        if (session.signIn() instanceof SignIn.ByAccessKey(AccessKeyId key)) {
            needs(world.accessKeys().has(key), "session_has_access_key");
        }
        world.sessions().put(session.id(), session);
    }

    @Override
    public void delete(SessionId id) {
        world.sessions().remove(id);
    }

    @Override
    public void deleteOfAccount(AccountId account) {
        world.sessions().removeIf(session -> session.account().equals(account));
    }

    @Override
    public void deleteExpiredBy(Instant time) {
        world.sessions().removeIf(session -> !session.expiresAt().isAfter(time));
    }
}
