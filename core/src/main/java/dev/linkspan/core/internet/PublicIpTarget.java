package dev.linkspan.core.internet;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.VmId;
import java.util.Optional;

/** What a public IP is to stand for. */
public sealed interface PublicIpTarget {

    /** One of the NIC's private addresses; the primary one where none is named. */
    Optional<Ipv4> privateAddress();

    record OfNic(NicId nic, Optional<Ipv4> privateAddress) implements PublicIpTarget {}

    /** An address of the only NIC of a VM. */
    record OfVm(VmId vm, Optional<Ipv4> privateAddress) implements PublicIpTarget {}
}
