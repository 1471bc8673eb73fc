package dev.linkspan.server.api.oapi;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.ImageId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.AddressChoice;
import dev.linkspan.core.net.Images;
import dev.linkspan.core.net.NewNic;
import dev.linkspan.core.net.VmChange;
import dev.linkspan.core.net.VmNic;
import dev.linkspan.core.net.VmOrder;
import dev.linkspan.core.net.VmSettingsChange;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.json.FilterArguments;
import dev.linkspan.server.api.json.Required;
import java.util.List;
import java.util.Optional;

/**
 * What the calls on VMs are asked with. What a machine of Linkspan cannot have (volumes, a TPM, UEFI) is accepted where
 * it asks for what there is anyhow, and refused otherwise; volumes that a new VM is to have are left out.
 */
final class VmRequests {

    private static final String PRIMARY_NIC_DESCRIPTION = "Primary network interface";

    private VmRequests() {}

    record CreateVmsRequest(
            Optional<ActionsOnNextBoot> actionsOnNextBoot,
            List<BlockDeviceMapping> blockDeviceMappings,
            Optional<String> bootMode,
            Optional<Boolean> bootOnCreation,
            Optional<Boolean> bsuOptimized,
            Optional<String> clientToken,
            Optional<Boolean> deletionProtection,
            @Required ImageId imageId,
            Optional<String> keypairName,
            Optional<Integer> maxVmsCount,
            Optional<Integer> minVmsCount,
            Optional<Boolean> nestedVirtualization,
            List<NicForVmCreation> nics,
            Optional<String> performance,
            Optional<Placement> placement,
            List<Ipv4> privateIps,
            List<SecurityGroupId> securityGroupIds,
            List<String> securityGroups,
            Optional<SubnetId> subnetId,
            Optional<Boolean> tpmEnabled,
            Optional<String> userData,
            Optional<String> vmInitiatedShutdownBehavior,
            Optional<String> vmType) {

        VmOrder order() {
            requireBootMode();
            requireNoTpm();
            actionsOnNextBoot.ifPresent(ActionsOnNextBoot::requireNone);
            int least = minVmsCount.orElse(1);
            return new VmOrder(
                    imageId,
                    least,
                    maxVmsCount.orElse(least),
                    clientToken,
                    bootOnCreation.orElse(true),
                    vmNics(),
                    placement.flatMap(Placement::subregionName),
                    placement.flatMap(Placement::tenancy),
                    settings());
        }

        private VmSettingsChange settings() {
            return new VmSettingsChange(
                    vmType,
                    keypairName,
                    userData,
                    deletionProtection,
                    vmInitiatedShutdownBehavior,
                    performance,
                    bsuOptimized,
                    nestedVirtualization);
        }

        private List<VmNic> vmNics() {
            boolean inSubnet = subnetId.isPresent()
                    || !privateIps.isEmpty()
                    || !securityGroupIds.isEmpty()
                    || !securityGroups.isEmpty();
            if (!nics.isEmpty() && inSubnet) {
                throw new Refusal(
                        RefusalCode.PARAMETER_COMBINATION,
                        "Nics cannot be combined with SubnetId, PrivateIps, SecurityGroupIds or SecurityGroups: each of"
                                + " the Nics says its own.");
            }
            return nics.isEmpty()
                    ? subnetId.map(this::primaryNic).stream().toList()
                    : nics.stream().map(NicForVmCreation::vmNic).toList();
        }

        private VmNic primaryNic(SubnetId subnet) {
            AddressChoice addresses = AddressChoice.firstIsPrimary(privateIps);
            NewNic nic = new NewNic(subnet, addresses, securityGroupIds, securityGroups, PRIMARY_NIC_DESCRIPTION);
            return new VmNic.New(nic, 0, true);
        }

        private void requireBootMode() {
            String available = Images.LINUX.bootMode();
            bootMode.filter(mode -> !mode.equals(available)).ifPresent(mode -> {
                throw Refusal.badValue("BootMode", mode, "VMs boot in the mode '%s'".formatted(available));
            });
        }

        private void requireNoTpm() {
            if (tpmEnabled.orElse(false)) {
                throw Refusal.badValue("TpmEnabled", true, "VMs have no Trusted Platform Module");
            }
        }
    }

    record ActionsOnNextBoot(Optional<String> secureBoot) {

        private void requireNone() {
            secureBoot.filter(action -> !action.equals("none")).ifPresent(action -> {
                throw Refusal.badValue(
                        "SecureBoot", action, "VMs have no secure boot, so 'none' is all there is to do");
            });
        }
    }

    /** A volume that a VM is to have. Linkspan has none, so its parameters are checked for their names and types only. */
    record BlockDeviceMapping(
            Optional<Bsu> bsu,
            Optional<String> deviceName,
            Optional<String> noDevice,
            Optional<String> virtualDeviceName) {}

    record Bsu(
            Optional<Boolean> deleteOnVmDeletion,
            Optional<Integer> iops,
            Optional<String> snapshotId,
            Optional<Integer> volumeSize,
            Optional<String> volumeType) {}

    record BlockDeviceMappingUpdate(
            Optional<BsuUpdate> bsu,
            Optional<String> deviceName,
            Optional<String> noDevice,
            Optional<String> virtualDeviceName) {}

    record BsuUpdate(Optional<Boolean> deleteOnVmDeletion, Optional<String> volumeId) {}

    record Placement(Optional<SubregionName> subregionName, Optional<String> tenancy) {}

    record PrivateIpLight(
            Optional<Boolean> isPrimary, @Required Ipv4 privateIp) {

        private boolean primary() {
            return isPrimary.orElse(false);
        }

        /** The choice that these addresses and this number of further ones make together. */
        static AddressChoice choice(List<PrivateIpLight> privateIps, Optional<Integer> secondaryCount) {
            List<Ipv4> primary = addresses(
                    privateIps.stream().filter(PrivateIpLight::primary).toList());
            if (primary.size() > 1) {
                throw new Refusal(
                        RefusalCode.PARAMETER_COMBINATION, "Only one of the PrivateIps can be the primary one.");
            }
            if (privateIps.size() > 1 && secondaryCount.isPresent()) {
                throw new Refusal(
                        RefusalCode.PARAMETER_COMBINATION,
                        "SecondaryPrivateIpCount cannot be combined with more than one of PrivateIps.");
            }
            List<Ipv4> secondary =
                    addresses(privateIps.stream().filter(ip -> !ip.primary()).toList());
            return new AddressChoice(primary.stream().findFirst(), secondary, secondaryCount.orElse(0));
        }

        private static List<Ipv4> addresses(List<PrivateIpLight> privateIps) {
            return privateIps.stream().map(PrivateIpLight::privateIp).toList();
        }
    }

    record NicForVmCreation(
            Optional<Boolean> deleteOnVmDeletion,
            Optional<String> description,
            @Required int deviceNumber,
            Optional<NicId> nicId,
            List<PrivateIpLight> privateIps,
            Optional<Integer> secondaryPrivateIpCount,
            List<SecurityGroupId> securityGroupIds,
            Optional<SubnetId> subnetId) {

        private VmNic vmNic() {
            return nicId.<VmNic>map(this::existing).orElseGet(this::made);
        }

        private VmNic existing(NicId id) {
            boolean describesNew = subnetId.isPresent()
                    || description.isPresent()
                    || deleteOnVmDeletion.orElse(false)
                    || secondaryPrivateIpCount.isPresent()
                    || !privateIps.isEmpty()
                    || !securityGroupIds.isEmpty();
            if (describesNew) {
                throw new Refusal(
                        RefusalCode.PARAMETER_COMBINATION,
                        "The NicId '%s' can only be combined with DeviceNumber: the NIC is there already."
                                .formatted(id));
            }
            return new VmNic.Existing(id, deviceNumber);
        }

        private VmNic made() {
            SubnetId subnet = subnetId.orElseThrow(() -> new Refusal(
                    RefusalCode.MISSING_PARAMETER, "Each of the Nics needs a SubnetId to be made in, or a NicId."));
            NewNic nic = new NewNic(
                    subnet,
                    PrivateIpLight.choice(privateIps, secondaryPrivateIpCount),
                    securityGroupIds,
                    List.of(),
                    description.orElse(deviceNumber == 0 ? PRIMARY_NIC_DESCRIPTION : ""));
            return new VmNic.New(nic, deviceNumber, deleteOnVmDeletion.orElse(true));
        }
    }

    record UpdateVmRequest(
            Optional<ActionsOnNextBoot> actionsOnNextBoot,
            List<BlockDeviceMappingUpdate> blockDeviceMappings,
            Optional<Boolean> bsuOptimized,
            Optional<Boolean> deletionProtection,
            Optional<Boolean> isSourceDestChecked,
            Optional<String> keypairName,
            Optional<Boolean> nestedVirtualization,
            Optional<String> performance,
            List<SecurityGroupId> securityGroupIds,
            Optional<String> userData,
            @Required VmId vmId,
            Optional<String> vmInitiatedShutdownBehavior,
            Optional<String> vmType) {

        VmChange change() {
            actionsOnNextBoot.ifPresent(ActionsOnNextBoot::requireNone);
            if (!blockDeviceMappings.isEmpty()) {
                throw new Refusal(
                        RefusalCode.BAD_VALUE, "The BlockDeviceMappings cannot be changed: VMs have no volumes.");
            }
            VmSettingsChange settings = new VmSettingsChange(
                    vmType,
                    keypairName,
                    userData,
                    deletionProtection,
                    vmInitiatedShutdownBehavior,
                    performance,
                    bsuOptimized,
                    nestedVirtualization);
            Optional<List<SecurityGroupId>> groups =
                    securityGroupIds.isEmpty() ? Optional.empty() : Optional.of(securityGroupIds);
            return new VmChange(settings, groups, isSourceDestChecked);
        }
    }

    /** StartVms, RebootVms, DeleteVms. */
    record VmsRequest(@Required List<VmId> vmIds) {}

    /** A VM stops at once, whether forced or not. */
    record StopVmsRequest(
            Optional<Boolean> forceStop, @Required List<VmId> vmIds) {}

    record ReadVmsStateRequest(
            Optional<Boolean> allVms,
            Optional<FilterArguments> filters,
            Optional<String> nextPageToken,
            Optional<Integer> resultsPerPage) {

        ListRequest listing() {
            return new ListRequest(filters, nextPageToken, resultsPerPage);
        }
    }
}
