package dev.linkspan.server.api.resource.vm;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.PublicIpLinkId;
import dev.linkspan.core.internet.PublicIp;
import java.util.Optional;

/** The public address that stands for one of a NIC's. What a machine got by itself is nobody's: it has no ids that clients see. */
public record PublicAddress(PublicIp ip, String dnsName) {

    public Ipv4 address() {
        return ip.address();
    }

    /** Who allocated it. */
    public Optional<AccountId> owner() {
        return allocated().map(PublicIp::owner);
    }

    public Optional<PublicIpId> id() {
        return allocated().map(PublicIp::id);
    }

    public Optional<PublicIpLinkId> link() {
        return allocated().flatMap(PublicIp::link).map(it -> it.id());
    }

    private Optional<PublicIp> allocated() {
        return Optional.of(ip).filter(it -> !it.ofMachine());
    }
}
