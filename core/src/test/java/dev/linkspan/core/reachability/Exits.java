package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.PublicIpLinkId;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.internet.PublicIpLink;
import dev.linkspan.core.internet.PublicIpPool;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.Snapshot;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Internet services and public IPs as tests need them. */
final class Exits {

    /** Which stands for a machine of no Net. */
    static final Ipv4 OUTSIDE = Ipv4.parse("203.0.113.9");

    private static final PublicIpPool POOL = new PublicIpPool(Cidr.parse("198.51.100.0/24"));

    static final PublicIpPools POOLS = new PublicIpPools(Map.of(Fixture.REGION, POOL));

    private final Fixture fixture;

    Exits(Fixture fixture) {
        this.fixture = fixture;
    }

    static Ipv4 freeAddress(Snapshot snapshot) {
        return Stream.iterate(POOL.first(), address -> address.plus(1))
                .filter(address -> !snapshot.publicIps().takenAddresses().contains(address))
                .findFirst()
                .orElseThrow();
    }

    /** The first ones of the pool. */
    static Stream<Ipv4> addresses(int count) {
        return Stream.iterate(POOL.first(), address -> address.plus(1)).limit(count);
    }

    /** @param net which it is linked to, if it is */
    InternetService service(AccountId owner, Optional<NetId> net) {
        return fixture.change(unit -> {
            InternetService service = new InternetService(unit.newId(InternetServiceId.KIND), owner, net, unit.now());
            unit.internetServices().save(service);
            return service;
        });
    }

    void save(InternetService service) {
        fixture.change(unit -> {
            unit.internetServices().save(service);
            return service;
        });
    }

    /** One that stands for nothing. */
    PublicIp publicIp(AccountId owner) {
        return fixture.change(unit -> {
            PublicIp free = new PublicIp(
                    unit.newId(PublicIpId.KIND), freeAddress(unit), owner, false, Optional.empty(), unit.now());
            unit.publicIps().save(free);
            return free;
        });
    }

    /** One that stands for an address of the NIC. */
    PublicIp publicIp(AccountId owner, Nic nic, Ipv4 address) {
        PublicIp free = publicIp(owner);
        return fixture.change(unit -> {
            PublicIp linked =
                    free.linked(new PublicIpLink(unit.newId(PublicIpLinkId.KIND), nic.net(), nic.id(), address));
            unit.publicIps().save(linked);
            return linked;
        });
    }
}
