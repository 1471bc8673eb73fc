package dev.linkspan.server.api.resource.vm;

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
import dev.linkspan.core.id.VolumeId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmTransition;
import dev.linkspan.core.volume.Volume;
import dev.linkspan.core.volume.VolumeLink;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ResourceTag;
import dev.linkspan.server.api.oapi.Absent;
import dev.linkspan.server.api.resource.image.Platform;
import dev.linkspan.server.api.resource.vm.NicAnswers.SecurityGroupLight;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How the calls on VMs answer. */
final class VmAnswers {

    /** Clients ask for an administrator's password unless this is there. */
    static final List<String> PRODUCT_CODES = List.of("0001");

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

    record VmStatusAnswer(VmId vmId, String vmState, SubregionName subregionName, List<Absent> maintenanceEvents) {

        static VmStatusAnswer of(Vm vm) {
            return new VmStatusAnswer(vm.id(), vm.state().label(), vm.subregion(), List.of());
        }
    }

    record ActionsOnNextBoot(String secureBoot) {}

    record Placement(SubregionName subregionName, String tenancy) {}

    record LinkNicLight(boolean deleteOnVmDeletion, int deviceNumber, NicLinkId linkNicId, String state) {}

    /** The public address of a private one, in the answers on VMs. */
    record LinkPublicIpLightForVm(String publicDnsName, Ipv4 publicIp, Optional<AccountId> publicIpAccountId) {

        private static LinkPublicIpLightForVm of(PublicAddress seen) {
            return new LinkPublicIpLightForVm(seen.dnsName(), seen.address(), seen.owner());
        }
    }

    record PrivateIpLightForVm(
            boolean isPrimary, Optional<LinkPublicIpLightForVm> linkPublicIp, String privateDnsName, Ipv4 privateIp) {

        private static List<PrivateIpLightForVm> of(DescribedNic seen) {
            return seen.ofAddresses(address -> new PrivateIpLightForVm(
                    address.primary(),
                    address.publicAddress().map(LinkPublicIpLightForVm::of),
                    address.dnsName(),
                    address.ip()));
        }
    }

    record BlockDeviceMappingCreated(BsuCreated bsu, String deviceName) {

        static BlockDeviceMappingCreated of(Volume volume) {
            VolumeLink link = volume.link().orElseThrow();
            return new BlockDeviceMappingCreated(
                    new BsuCreated(link.deleteOnVmDeletion(), link.since(), InstanceItem.ATTACHED, volume.id()),
                    link.device());
        }
    }

    record BsuCreated(boolean deleteOnVmDeletion, Instant linkDate, String state, VolumeId volumeId) {}

    record NicLight(
            AccountId accountId,
            String description,
            boolean isSourceDestChecked,
            LinkNicLight linkNic,
            Optional<LinkPublicIpLightForVm> linkPublicIp,
            MacAddress macAddress,
            NetId netId,
            NicId nicId,
            String privateDnsName,
            List<PrivateIpLightForVm> privateIps,
            List<SecurityGroupLight> securityGroups,
            String state,
            SubnetId subnetId) {}

    /** A VM; what only a VM with NICs has is absent from one that is terminated. */
    record VmAnswer(
            ActionsOnNextBoot actionsOnNextBoot,
            String architecture,
            List<BlockDeviceMappingCreated> blockDeviceMappings,
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
            Optional<String> publicDnsName,
            Optional<Ipv4> publicIp,
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

    static VmAnswer answer(Call call, DescribedVm seen) {
        Vm vm = seen.vm();
        Optional<DescribedNic> primary = seen.primaryNic();
        return new VmAnswer(
                new ActionsOnNextBoot("none"),
                vm.system().architecture(),
                seen.volumes().stream().map(BlockDeviceMappingCreated::of).toList(),
                vm.system().bootMode(),
                vm.settings().bsuOptimized(),
                vm.clientToken(),
                vm.createdAt(),
                vm.settings().deletionProtection(),
                Platform.HYPERVISOR,
                vm.image(),
                seen.ofPrimaryNic(Nic::sourceDestChecked),
                vm.settings().keypair(),
                vm.launchNumber(),
                vm.settings().nestedVirtualization(),
                seen.ofPrimaryNic(Nic::net),
                seen.nics().stream().map(VmAnswers::nicLight).toList(),
                vm.system().osFamily(),
                vm.settings().performance(),
                new Placement(vm.subregion(), seen.tenancy()),
                primary.map(DescribedNic::dnsName),
                seen.ofPrimaryNic(Nic::primaryAddress),
                PRODUCT_CODES,
                seen.publicAddress().map(PublicAddress::dnsName),
                seen.publicAddress().map(PublicAddress::address),
                vm.reservation(),
                vm.system().rootDevice(),
                Platform.ROOT_DEVICE_TYPE,
                primary.map(NicAnswers::groups).orElse(List.of()),
                vm.state().label(),
                "",
                seen.ofPrimaryNic(Nic::subnet),
                call.tagsOf(vm.id()),
                false,
                vm.settings().userData(),
                vm.id(),
                vm.settings().shutdownBehavior(),
                vm.settings().type());
    }

    private static NicLight nicLight(DescribedNic seen) {
        Nic nic = seen.nic();
        NicLink link = seen.requireLink();
        return new NicLight(
                nic.owner(),
                nic.description(),
                nic.sourceDestChecked(),
                new LinkNicLight(link.deleteOnVmDeletion(), link.deviceNumber(), link.id(), DescribedNic.LINK_STATE),
                seen.publicAddress().map(LinkPublicIpLightForVm::of),
                nic.mac(),
                nic.net(),
                nic.id(),
                seen.dnsName(),
                PrivateIpLightForVm.of(seen),
                NicAnswers.groups(seen),
                seen.state(),
                nic.subnet());
    }
}
