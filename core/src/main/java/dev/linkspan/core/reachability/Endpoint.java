package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.VmId;
import java.util.Optional;

/** Who sends, or who is to be reached. */
public sealed interface Endpoint {

    /** A machine: it sends through the NIC that its own routes choose, and is reached at its primary address. */
    record InVm(VmId vm) implements Endpoint {}

    /** A NIC, at its primary address. */
    record AtNic(NicId nic) implements Endpoint {}

    /**
     * Whoever has this address.
     *
     * @param net in this Net; where it is not named, wherever the routes of the other end lead, or could; of a sender,
     *     outside
     */
    record AtAddress(Optional<NetId> net, Ipv4 address) implements Endpoint {}
}
