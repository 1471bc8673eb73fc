package dev.linkspan.server.api.session;

import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.account.Session;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SessionId;
import dev.linkspan.core.operation.Sessions;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.sigv4.Lockouts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;

/**
 * Access keys whose secret must be right. A wrong one counts like a wrong signature (A3).
 *
 * @param lockouts those of the signatures
 */
public record CheckedKeys(Store store, RegionName home, Sessions sessions, Lockouts<AccessKeyId> lockouts)
        implements KeySignIn {

    /** Nobody learns by the answer, its time or the lockouts whether there is such a key. */
    @Override
    public Session open(
            String accessKeyId, String secretKey, SessionId id, String peer, Instant now, String requestId) {
        AccessKeyId named = parsed(accessKeyId);
        lockouts.requireUnlocked("access key", named, peer, now);
        Optional<AccessKey> right = store.read(
                        home, snapshot -> snapshot.accessKeys().find(named))
                .filter(key -> MessageDigest.isEqual(bytes(secretKey), bytes(key.secret())));
        if (right.isEmpty()) {
            lockouts.failed(named, peer, now);
            throw wrong();
        }
        lockouts.succeeded(named, peer);
        AccessKey key = right.get();
        return store.change(
                home, new Origin(key.owner().value(), requestId), unit -> sessions.open(unit, id, key.id(), now));
    }

    private static AccessKeyId parsed(String text) {
        try {
            return new AccessKeyId(text);
        } catch (IllegalArgumentException noKey) {
            throw wrong();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Refusal wrong() {
        return new Refusal(RefusalCode.NOT_SIGNED, "The access key or its secret key is wrong.");
    }
}
