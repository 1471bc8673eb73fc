package dev.linkspan.server.api.oapi;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ImageId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.ReservationId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmTransition;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ResourceTag;
import dev.linkspan.server.api.oapi.NicScene.PrivateIp;
import dev.linkspan.server.api.oapi.NicScene.SecurityGroupLight;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How the calls on VMs answer. */
final class VmAnswers {

    /** Clients ask for an administrator's password unless this is there. */
    static final List<String> PRODUCT_CODES = List.of("0001");

    static final String ROOT_DEVICE_TYPE = "ebs";

    private VmAnswers() {}

    record VmsResponse(List<VmAnswer> vms) {}

    record VmResponse(VmAnswer vm) {}

    record VmStatesResponse(List<VmStateAnswer> vms) {}

    record VmStateAnswer(VmId vmId, String previousState, String currentState) {

        static VmStateAnswer of(VmTransition transition) {
            return new VmStateAnswer(
                    transition.vm().id(),
                    transition.before().label(),
                    transition.vm().state().label());
        }
    }

    record VmStatusAnswer(VmId vmId, String vmState, SubregionName subregionName, List<String> maintenanceEvents) {

        static VmStatusAnswer of(Vm vm) {
            return new VmStatusAnswer(vm.id(), vm.state().label(), vm.subregion(), List.of());
        }
    }

    record ActionsOnNextBoot(String secureBoot) {}

    record Placement(SubregionName subregionName, String tenancy) {}

    record LinkNicLight(boolean deleteOnVmDeletion, int deviceNumber, NicLinkId linkNicId, String state) {}

    record NicLight(
            AccountId accountId,
            String description,
            boolean isSourceDestChecked,
            LinkNicLight linkNic,
            MacAddress macAddress,
            NetId netId,
            NicId nicId,
            String privateDnsName,
            List<PrivateIp> privateIps,
            List<SecurityGroupLight> securityGroups,
            String state,
            SubnetId subnetId) {}

    /** A VM; what only a VM with NICs has is absent from one that is terminated. */
    record VmAnswer(
            ActionsOnNextBoot actionsOnNextBoot,
            String architecture,
            List<String> blockDeviceMappings,
            String bootMode,
            boolean bsuOptimized,
            Optional<String> clientToken,
            Instant creationDate,
            boolean deletionProtection,
            String hypervisor,
            ImageId imageId,
            Optional<Boolean> isSourceDestChecked,
            Optional<String> keypairName,
            int launchNumber,
            boolean nestedVirtualization,
            Optional<NetId> netId,
            List<NicLight> nics,
            String osFamily,
            String performance,
            Placement placement,
            Optional<String> privateDnsName,
            Optional<Ipv4> privateIp,
            List<String> productCodes,
            ReservationId reservationId,
            String rootDeviceName,
            String rootDeviceType,
            List<SecurityGroupLight> securityGroups,
            String state,
            String stateReason,
            Optional<SubnetId> subnetId,
            List<ResourceTag> tags,
            boolean tpmEnabled,
            String userData,
            VmId vmId,
            String vmInitiatedShutdownBehavior,
            String vmType) {}

    static VmAnswer answer(Call call, SeenVm seen) {
        Vm vm = seen.vm();
        Optional<Nic> primary = seen.primaryNic();
        return new VmAnswer(
                new ActionsOnNextBoot("none"),
                seen.image().architecture(),
                List.of(),
                seen.image().bootMode(),
                vm.settings().bsuOptimized(),
                vm.clientToken(),
                vm.createdAt(),
                vm.settings().deletionProtection(),
                SeenVm.HYPERVISOR,
                vm.image(),
                primary.map(Nic::sourceDestChecked),
                vm.settings().keypair(),
                vm.launchNumber(),
                vm.settings().nestedVirtualization(),
                primary.map(Nic::net),
                seen.nics().stream().map(nic -> nicLight(seen.scene(), nic)).toList(),
                seen.image().osFamily(),
                vm.settings().performance(),
                new Placement(vm.subregion(), seen.tenancy()),
                primary.map(nic -> seen.scene().dnsName(nic.primaryAddress())),
                primary.map(Nic::primaryAddress),
                PRODUCT_CODES,
                vm.reservation(),
                seen.image().rootDevice(),
                ROOT_DEVICE_TYPE,
                primary.map(seen.scene()::groups).orElse(List.of()),
                vm.state().label(),
                "",
                primary.map(Nic::subnet),
                call.tagsOf(vm.id()),
                false,
                vm.settings().userData(),
                vm.id(),
                vm.settings().shutdownBehavior(),
                vm.settings().type());
    }

    private static NicLight nicLight(NicScene scene, Nic nic) {
        NicLink link =
                nic.link().orElseThrow(() -> new IllegalStateException("BUG: %s is of no VM".formatted(nic.id())));
        return new NicLight(
                nic.owner(),
                nic.description(),
                nic.sourceDestChecked(),
                new LinkNicLight(link.deleteOnVmDeletion(), link.deviceNumber(), link.id(), NicAnswers.LINK_STATE),
                nic.mac(),
                nic.net(),
                nic.id(),
                scene.dnsName(nic.primaryAddress()),
                scene.privateIps(nic),
                scene.groups(nic),
                NicAnswers.state(nic),
                nic.subnet());
    }
}
