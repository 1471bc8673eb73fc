package dev.linkspan.core.internet;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.SubnetId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What stands in a Subnet and sends on, with its own address, what routes of its Net lead to it; only replies come back (X4; EC2:
 * NAT gateway).
 *
 * @param subnet the one whose route table leads on what it sends
 * @param nic its own, whose one address it sends with, and for which its public one stands; gone once it is deleted
 * @param deletedAt when it was deleted, if it was
 * @param clientToken by which the call that made it is recognised when it is repeated
 */
public record NatService(
        NatServiceId id,
        AccountId owner,
        NetId net,
        SubnetId subnet,
        NicId nic,
        NatConnectivity connectivity,
        Instant createdAt,
        Optional<Instant> deletedAt,
        Optional<String> clientToken) {

    /** A deleted one stays readable for this long: clients wait for that state. */
    public static final Duration VISIBLE_AFTER_DELETION = Duration.ofHours(1);

    public NatServiceState state() {
        return exists() ? NatServiceState.AVAILABLE : NatServiceState.DELETED;
    }

    /** Whether routes to it lead anywhere (X7). */
    public boolean exists() {
        return deletedAt.isEmpty();
    }

    public boolean visibleAt(Instant now) {
        return deletedAt
                .map(since -> now.isBefore(since.plus(VISIBLE_AFTER_DELETION)))
                .orElse(true);
    }

    public NatService deleted(Instant now) {
        return new NatService(id, owner, net, subnet, nic, connectivity, createdAt, Optional.of(now), clientToken);
    }
}
