package dev.linkspan.server.api.resource.publicip;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.internet.PublicIpTarget;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Parameter;
import java.util.Optional;

/** How clients say what a public IP is to stand for. */
record PublicIpTargetName(Optional<VmId> vm, Optional<NicId> nic, Optional<Ipv4> privateIp) {

    /** Refuses neither a VM nor a NIC, and both. */
    PublicIpTarget target() {
        if (vm.isPresent() && nic.isPresent()) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION,
                    "%s and %s cannot be given together.",
                    Parameter.VM,
                    Parameter.NIC);
        }
        return vm.<PublicIpTarget>map(id -> new PublicIpTarget.OfVm(id, privateIp))
                .or(() -> nic.map(id -> new PublicIpTarget.OfNic(id, privateIp)))
                .orElseThrow(() -> new Refusal(
                        RefusalCode.MISSING_PARAMETER, "One of %s and %s is required.", Parameter.VM, Parameter.NIC));
    }
}
