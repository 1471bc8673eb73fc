package dev.linkspan.core.internet;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.PublicIpId;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * An address of the Region's pool that is somebody's until it is released (X2; EC2: Elastic IP address).
 *
 * @param ofMachine whether a VM got it when it was started, and loses it when it stops: nobody allocated it, and it is not
 *     among the addresses of its account
 * @param link what it stands for
 */
public record PublicIp(
        PublicIpId id,
        Ipv4 address,
        AccountId owner,
        boolean ofMachine,
        Optional<PublicIpLink> link,
        Instant createdAt) {

    public PublicIp {
        if (ofMachine && link.isEmpty()) {
            throw new IllegalArgumentException("public IP %s of a machine stands for nothing".formatted(id));
        }
    }

    public boolean isLinkedIn(NetId net) {
        return link.filter(it -> it.net().equals(net)).isPresent();
    }

    public boolean isLinkedTo(NicId nic) {
        return link.filter(it -> it.nic().equals(nic)).isPresent();
    }

    /** Whether it stands for one of these private addresses. */
    public boolean standsForOneOf(Collection<Ipv4> addresses) {
        return link.filter(it -> addresses.contains(it.privateAddress())).isPresent();
    }

    public PublicIp linked(PublicIpLink linked) {
        return new PublicIp(id, address, owner, ofMachine, Optional.of(linked), createdAt);
    }

    public PublicIp unlinked() {
        return new PublicIp(id, address, owner, ofMachine, Optional.empty(), createdAt);
    }
}
