package dev.linkspan.server.api.session;

import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.account.Session;
import dev.linkspan.core.account.Sessions;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SessionId;
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

    @Override
    public Session open(String accessKeyId, String secretKey, SessionId id, Instant now, String requestId) {
        AccessKey key = find(accessKeyId).orElseThrow(CheckedKeys::wrong);
        lockouts.requireUnlocked("access key", key.id(), now);
        if (!MessageDigest.isEqual(bytes(secretKey), bytes(key.secret()))) {
            lockouts.failed(key.id(), now);
            throw wrong();
        }
        lockouts.succeeded(key.id());
        return store.change(
                home, new Origin(key.owner().value(), requestId), unit -> sessions.open(unit, id, key.id(), now));
    }

    private Optional<AccessKey> find(String text) {
        try {
            AccessKeyId id = new AccessKeyId(text);
            return store.read(home, snapshot -> snapshot.accessKey(id));
        } catch (IllegalArgumentException noKey) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Refusal wrong() {
        return new Refusal(RefusalCode.NOT_SIGNED, "The access key or its secret key is wrong.");
    }
}
