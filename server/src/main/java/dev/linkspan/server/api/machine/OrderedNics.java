package dev.linkspan.server.api.machine;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.net.AddressChoice;
import dev.linkspan.core.net.NewNic;
import dev.linkspan.core.net.VmNic;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Parameter;
import java.util.List;
import java.util.Optional;

/**
 * The NICs that a VM is to be made with, as a client describes them: each by itself, or by what the one that there is to be
 * should have.
 *
 * @param nics each of them; empty where the other components describe the one
 * @param subnet where the one is to be made
 * @param addresses its addresses, the primary one first; any where there are none
 * @param groupNames further groups of it, by their names in its Net
 */
public record OrderedNics(
        List<OrderedNic> nics,
        Optional<SubnetId> subnet,
        List<Ipv4> addresses,
        List<SecurityGroupId> groups,
        List<String> groupNames) {

    /** None where it says of neither where the VM is to be. */
    public List<VmNic> vmNics() {
        boolean inSubnet = subnet.isPresent() || !addresses.isEmpty() || !groups.isEmpty() || !groupNames.isEmpty();
        if (!nics.isEmpty() && inSubnet) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION,
                    "%s cannot be combined with %s, %s, %s or %s: each of the" + " %s says its own.",
                    Parameter.NICS,
                    Parameter.SUBNET,
                    Parameter.PRIVATE_IPS,
                    Parameter.SECURITY_GROUPS,
                    Parameter.SECURITY_GROUP_NAMES,
                    Parameter.NICS);
        }
        return nics.isEmpty()
                ? subnet.map(this::primaryNic).stream().toList()
                : nics.stream().map(OrderedNic::vmNic).toList();
    }

    private VmNic primaryNic(SubnetId home) {
        NewNic nic = new NewNic(
                home, AddressChoice.firstIsPrimary(addresses), groups, groupNames, OrderedNic.PRIMARY_NIC_DESCRIPTION);
        return new VmNic.New(nic, 0, true);
    }
}
