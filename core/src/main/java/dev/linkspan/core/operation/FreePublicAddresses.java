package dev.linkspan.core.operation;

import dev.linkspan.core.account.Quota;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.internet.PublicIpPool;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The addresses of a Region's pool that an account may still take: nobody's, and within its quota. */
final class FreePublicAddresses {

    private final Snapshot snapshot;
    private final Optional<PublicIpPool> pool;
    private final AccountId taker;

    /** Those that are somebody's; read once it matters, since most changes take none. */
    private Optional<Set<Ipv4>> taken = Optional.empty();

    private FreePublicAddresses(Snapshot snapshot, Optional<PublicIpPool> pool, AccountId taker) {
        this.snapshot = snapshot;
        this.pool = pool;
        this.taker = taker;
    }

    static FreePublicAddresses of(Snapshot snapshot, PublicIpPools pools, AccountId taker) {
        return new FreePublicAddresses(snapshot, pools.of(snapshot.region()), taker);
    }

    private Set<Ipv4> taken() {
        if (taken.isEmpty()) {
            taken = Optional.of(new HashSet<>(snapshot.publicIps().takenAddresses()));
        }
        return taken.get();
    }

    /** How many there are; addresses of a former pool may be somebody's still. */
    long count() {
        long free = pool.map(
                        it -> it.size() - taken().stream().filter(it::mayGive).count())
                .orElse(0L);
        return Math.min(free, Quotas.room(snapshot, taker, Quota.PUBLIC_IPS, snapshot.publicIps()::countOfOwner));
    }

    /** The lowest one, which is taken from now on. */
    Ipv4 take() {
        requireRoom(1);
        PublicIpPool range = pool.orElseThrow(() -> new Refusal(
                RefusalCode.NO_PUBLIC_ADDRESS,
                "The Region %s has no public addresses: the server's setting --public-ips gives it some.",
                snapshot.region()));
        for (Ipv4 next = range.first(); range.mayGive(next); next = next.plus(1)) {
            if (taken().add(next)) {
                return next;
            }
        }
        throw exhausted(range);
    }

    /** Refuses where there are not so many. */
    void require(int count) {
        requireRoom(count);
        if (count > count()) {
            pool.ifPresentOrElse(
                    range -> {
                        throw exhausted(range);
                    },
                    this::take);
        }
    }

    private void requireRoom(int count) {
        Quotas.requireRoom(snapshot, taker, Quota.PUBLIC_IPS, snapshot.publicIps()::countOfOwner, count);
    }

    private Refusal exhausted(PublicIpPool range) {
        return new Refusal(
                RefusalCode.NO_PUBLIC_ADDRESS,
                "The Region %s does not have enough free public addresses in %s.",
                snapshot.region(),
                range.range());
    }
}
