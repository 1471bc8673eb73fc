package dev.linkspan.core.peering;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.net.Net;

/** One of the two Nets of a peering, as it was when the peering was asked for (L7). */
public record PeeringSide(NetId net, Cidr range, AccountId owner) {

    public static PeeringSide of(Net net) {
        return new PeeringSide(net.id(), net.range(), net.owner());
    }
}
