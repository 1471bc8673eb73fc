package dev.linkspan.core.peering;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.net.Net;

/**
 * One of the two Nets of a peering, as it was when the peering was asked for (L7), and what its owner has set since.
 *
 * @param dnsResolution whether names of this side's machines resolve to private addresses when the other side asks, as EC2
 *     has it: recorded for clients, without effect on packets
 */
public record PeeringSide(NetId net, Cidr range, AccountId owner, boolean dnsResolution) {

    /** A side whose owner has set nothing. */
    public PeeringSide(NetId net, Cidr range, AccountId owner) {
        this(net, range, owner, false);
    }

    public static PeeringSide of(Net net) {
        return new PeeringSide(net.id(), net.range(), net.owner());
    }

    PeeringSide withDnsResolution(boolean allowed) {
        return new PeeringSide(net, range, owner, allowed);
    }
}
