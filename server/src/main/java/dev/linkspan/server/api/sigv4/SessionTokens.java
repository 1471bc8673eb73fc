package dev.linkspan.server.api.sigv4;

import dev.linkspan.core.account.Role;
import dev.linkspan.core.account.RoleSession;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.port.Sealing;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.ApiRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * Role sessions as their clients carry them about: a session's token is the session itself, sealed for its key. So every
 * server with the same master key knows the sessions that any of them opened, before and after a restart, and no store
 * has to.
 */
public final class SessionTokens {

    /** What the tokens are sealed for: those of another form would be sealed for something else. */
    public static final String PURPOSE = "session tokens, form 1";

    /** Tells the tokens of this product from those of others. */
    private static final String PREFIX = "linkspan/";

    private final Sealing sealing;

    /** @param sealing for {@link #PURPOSE} */
    public SessionTokens(Sealing sealing) {
        this.sealing = sealing;
    }

    /** The session's token; only whoever has the session's key can use it. */
    public String token(RoleSession session) {
        String text = String.join(
                "\n",
                session.secret(),
                session.role().account().value(),
                session.role().name(),
                session.by().value(),
                session.name(),
                Long.toString(session.expiresAt().getEpochSecond()));
        return PREFIX + sealing.seal(text, session.key().value());
    }

    /** Whether this looks like a token of this product, whoever made it. */
    static boolean isToken(String text) {
        return text.startsWith(PREFIX);
    }

    /** The token that came with a request, if any. */
    static Optional<String> of(ApiRequest request, SignatureFamily family) {
        return request.headers()
                .first(family.tokenHeader())
                .or(() -> PresignedQuery.of(request).flatMap(query -> query.value(family.tokenHeader())))
                .filter(token -> !token.isBlank());
    }

    /** The session of this token, which may be over; refuses one that was not made here for this key. */
    RoleSession session(String token, AccessKeyId key) {
        return Optional.of(token)
                .filter(SessionTokens::isToken)
                .flatMap(text -> sealing.tryOpen(text.substring(PREFIX.length()), key.value()))
                .map(text -> session(key, text.split("\n", -1)))
                .orElseThrow(() -> new Refusal(
                        RefusalCode.UNKNOWN_KEY,
                        "The session token is not one that belongs to the access key '%s'.",
                        key));
    }

    private static RoleSession session(AccessKeyId key, String[] parts) {
        return new RoleSession(
                key,
                parts[0],
                new Role(new AccountId(parts[1]), parts[2]),
                new AccountId(parts[3]),
                parts[4],
                Instant.ofEpochSecond(Long.parseLong(parts[5])));
    }

    /** What to tell whoever uses a session that is over. */
    static Refusal expired(RoleSession session) {
        return new Refusal(
                RefusalCode.SESSION_EXPIRED,
                "The session of the access key '%s' expired at %s: assume the role anew.",
                session.key(),
                session.expiresAt());
    }
}
