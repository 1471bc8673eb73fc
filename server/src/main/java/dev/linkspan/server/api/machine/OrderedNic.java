package dev.linkspan.server.api.machine;

import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.net.NewNic;
import dev.linkspan.core.net.VmNic;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import java.util.List;
import java.util.Optional;

/**
 * A NIC that a VM is to be made with, as a client describes it: one that is there already, or one that is to be made.
 *
 * @param existing the one that is there already
 */
public record OrderedNic(
        int deviceNumber,
        Optional<NicId> existing,
        Optional<SubnetId> subnet,
        Optional<String> description,
        Optional<Boolean> deleteOnVmDeletion,
        List<OrderedAddress> addresses,
        Optional<Integer> secondaryCount,
        List<SecurityGroupId> groups) {

    static final String PRIMARY_NIC_DESCRIPTION = "Primary network interface";

    VmNic vmNic() {
        return existing.<VmNic>map(this::linked).orElseGet(this::made);
    }

    private VmNic linked(NicId id) {
        boolean describesNew = subnet.isPresent()
                || description.isPresent()
                || deleteOnVmDeletion.orElse(false)
                || secondaryCount.isPresent()
                || !addresses.isEmpty()
                || !groups.isEmpty();
        if (describesNew) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION,
                    "The %s '%s' can only be combined with %s: the %s is there already.",
                    Parameter.NIC,
                    id,
                    Parameter.DEVICE_NUMBER,
                    Noun.NIC);
        }
        return new VmNic.Existing(id, deviceNumber);
    }

    private VmNic made() {
        SubnetId home = subnet.orElseThrow(() -> new Refusal(
                RefusalCode.MISSING_PARAMETER,
                "Each of the %s needs a %s to be made in, or a %s.",
                Parameter.NICS,
                Parameter.SUBNET,
                Parameter.NIC));
        NewNic nic = new NewNic(
                home,
                OrderedAddress.choice(addresses, secondaryCount),
                groups,
                List.of(),
                description.orElse(deviceNumber == 0 ? PRIMARY_NIC_DESCRIPTION : ""));
        return new VmNic.New(nic, deviceNumber, deleteOnVmDeletion.orElse(true));
    }
}
