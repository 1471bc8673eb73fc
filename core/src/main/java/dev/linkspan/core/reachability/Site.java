package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import java.util.Optional;

/**
 * One end of a flow.
 *
 * @param range that of the Net
 * @param subnet the Subnet that the address is in, if it is in one
 * @param neighbourhood the Subnet's range, or the address alone
 * @param nic the NIC that has the address, if one has
 * @param vm the machine that the NIC is linked to
 */
public record Site(
        NetId net,
        AccountId owner,
        Cidr range,
        Ipv4 address,
        Optional<SubnetId> subnet,
        Cidr neighbourhood,
        Optional<NicId> nic,
        Optional<VmId> vm) {}
