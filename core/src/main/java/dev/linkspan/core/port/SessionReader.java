package dev.linkspan.core.port;

import dev.linkspan.core.account.Session;
import dev.linkspan.core.id.SessionId;
import java.util.Optional;

/** Reads the sessions of the directory. */
public interface SessionReader {

    /** As it was written down, whether or not it is over. */
    Optional<Session> find(SessionId id);
}
