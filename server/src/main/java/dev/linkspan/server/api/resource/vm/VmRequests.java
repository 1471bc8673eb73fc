package dev.linkspan.server.api.resource.vm;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.id.ImageId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.VmChange;
import dev.linkspan.core.net.VmSettingsChange;
import dev.linkspan.core.operation.VmOrder;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.json.FilterArguments;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.oapi.ListRequest;
import java.util.List;
import java.util.Optional;

/**
 * What the calls on VMs are asked with. What a machine of Linkspan cannot have (volumes, a TPM, UEFI) is accepted where
 * it asks for what there is anyhow, and refused otherwise; volumes that a new VM is to have are left out.
 */
final class VmRequests {

    private VmRequests() {}

    record CreateVmsRequest(
            Optional<ActionsOnNextBootRequest> actionsOnNextBoot,
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
            Optional<PlacementRequest> placement,
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
            actionsOnNextBoot.ifPresent(ActionsOnNextBootRequest::requireNone);
            int least = minVmsCount.orElse(1);
            return new VmOrder(
                    imageId,
                    least,
                    maxVmsCount.orElse(least),
                    clientToken,
                    bootOnCreation.orElse(true),
                    orderedNics().vmNics(),
                    placement.flatMap(PlacementRequest::subregionName),
                    placement.flatMap(PlacementRequest::tenancy),
                    settings(),
                    Optional.empty());
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

        private OrderedNics orderedNics() {
            return new OrderedNics(
                    nics.stream().map(NicForVmCreation::ordered).toList(),
                    subnetId,
                    privateIps,
                    securityGroupIds,
                    securityGroups);
        }

        private void requireBootMode() {
            String available = Images.LINUX.bootMode();
            bootMode.filter(mode -> !mode.equals(available)).ifPresent(mode -> {
                throw Refusal.badValue("BootMode", mode, "VMs boot in the mode '%s'", available);
            });
        }

        private void requireNoTpm() {
            if (tpmEnabled.orElse(false)) {
                throw Refusal.badValue("TpmEnabled", true, "VMs have no Trusted Platform Module");
            }
        }
    }

    record ActionsOnNextBootRequest(Optional<String> secureBoot) {

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

    record PlacementRequest(Optional<SubregionName> subregionName, Optional<String> tenancy) {}

    record PrivateIpLight(
            Optional<Boolean> isPrimary, @Required Ipv4 privateIp) {

        OrderedAddress ordered() {
            return new OrderedAddress(privateIp, isPrimary.orElse(false));
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

        private OrderedNic ordered() {
            return new OrderedNic(
                    deviceNumber,
                    nicId,
                    subnetId,
                    description,
                    deleteOnVmDeletion,
                    privateIps.stream().map(PrivateIpLight::ordered).toList(),
                    secondaryPrivateIpCount.filter(count -> count != 0),
                    securityGroupIds);
        }
    }

    record UpdateVmRequest(
            Optional<ActionsOnNextBootRequest> actionsOnNextBoot,
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
            actionsOnNextBoot.ifPresent(ActionsOnNextBootRequest::requireNone);
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
