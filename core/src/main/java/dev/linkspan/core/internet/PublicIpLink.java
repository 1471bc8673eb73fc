package dev.linkspan.core.internet;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.PublicIpLinkId;

/**
 * The private address that a public one stands for, one to one, in both directions (X2).
 *
 * @param net the NIC's
 * @param privateAddress one of the NIC's
 */
public record PublicIpLink(PublicIpLinkId id, NetId net, NicId nic, Ipv4 privateAddress) {}
