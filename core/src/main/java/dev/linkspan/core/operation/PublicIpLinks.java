package dev.linkspan.core.operation;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.PublicIpLinkId;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.internet.PublicIpLink;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.port.UnitOfWork;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** How links of public IPs begin, and what becomes of them when their NICs lose addresses, or go. */
final class PublicIpLinks {

    private PublicIpLinks() {}

    /** The NIC is about to lose these addresses: accounts keep what they allocated, a machine's own one is nobody's again. */
    static void end(UnitOfWork unit, Nic nic, Collection<Ipv4> addresses) {
        unit.publicIps().ofNic(nic.id()).stream()
                .filter(ip -> ip.standsForOneOf(addresses))
                .forEach(ip -> end(unit, ip));
    }

    /** The address, which stands for nothing, stands for this one of the NIC's from now on. */
    static PublicIp begin(UnitOfWork unit, PublicIp ip, Nic nic, Ipv4 address) {
        PublicIp linked = ip.linked(new PublicIpLink(unit.newId(PublicIpLinkId.KIND), nic.net(), nic.id(), address));
        unit.publicIps().save(linked);
        record(unit, EventType.PUBLIC_IP_LINKED, linked, "linked to ");
        return linked;
    }

    /** The address stands for nothing any more. */
    static void end(UnitOfWork unit, PublicIp ip) {
        if (ip.ofMachine()) {
            unit.publicIps().delete(ip.id());
            return;
        }
        unit.publicIps().save(ip.unlinked());
        record(unit, EventType.PUBLIC_IP_UNLINKED, ip, "unlinked from ");
    }

    /** What stood for addresses of one NIC stands for them where they went, another NIC of the Net, by the same link. */
    static void follow(UnitOfWork unit, List<PublicIp> ips, Nic taker) {
        for (PublicIp ip : ips) {
            PublicIpLink link = ip.link().orElseThrow();
            PublicIp moved = ip.linked(new PublicIpLink(link.id(), taker.net(), taker.id(), link.privateAddress()));
            unit.publicIps().save(moved);
            record(unit, EventType.PUBLIC_IP_LINKED, moved, "linked to ");
        }
    }

    /** What happened to a link of an address that an account allocated. */
    static void record(UnitOfWork unit, EventType type, PublicIp ip, String verb) {
        PublicIpLink link = ip.link().orElseThrow();
        String detail = "%s %s%s of %s".formatted(ip.address(), verb, link.privateAddress(), link.nic());
        unit.record(new Fact(type, ip.id().value(), Set.of(ip.owner()), Set.<NetId>of(link.net()), detail));
    }
}
