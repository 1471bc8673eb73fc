package dev.linkspan.core.internet;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NetId;
import java.time.Instant;
import java.util.Optional;

/**
 * The door between a Net and the outside (EC2: internet gateway).
 *
 * @param net the one Net that it is linked to, if it is (X1)
 */
public record InternetService(InternetServiceId id, AccountId owner, Optional<NetId> net, Instant createdAt) {

    public boolean isLinkedTo(NetId other) {
        return net.filter(other::equals).isPresent();
    }

    public InternetService linkedTo(NetId linked) {
        return new InternetService(id, owner, Optional.of(linked), createdAt);
    }

    public InternetService unlinked() {
        return new InternetService(id, owner, Optional.empty(), createdAt);
    }
}
