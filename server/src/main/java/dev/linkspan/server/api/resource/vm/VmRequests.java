package dev.linkspan.server.api.resource.vm;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.catalogue.ImageSystem;
import dev.linkspan.core.id.ImageId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.VmChange;
import dev.linkspan.core.net.VmOptions;
import dev.linkspan.core.net.VmSettingsChange;
import dev.linkspan.core.operation.VmEquipment;
import dev.linkspan.core.operation.VmOrder;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.volume.BlockDevice;
import dev.linkspan.core.volume.VolumeSpec;
import dev.linkspan.server.api.json.FilterArguments;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.oapi.ListRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the calls on VMs are asked with. What a machine of Linkspan cannot have (a TPM, secure boot) is accepted where it asks
 * for what there is anyhow, and refused otherwise; a boot mode and volumes are kept and read back.
 */
final class VmRequests {

    private static final List<String> BOOT_MODES = List.of(ImageSystem.LEGACY, ImageSystem.UEFI);

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
                    Optional.empty(),
                    new VmEquipment(
                            VmOptions.STANDARD,
                            chosenBootMode(),
                            blockDeviceMappings.stream()
                                    .flatMap(mapping -> mapping.device().stream())
                                    .toList()));
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

        private Optional<String> chosenBootMode() {
            Optional<String> chosen = bootMode.filter(mode -> !mode.isEmpty());
            chosen.filter(mode -> !BOOT_MODES.contains(mode)).ifPresent(mode -> {
                throw Refusal.malformed("BootMode", mode, "one of %s is expected", String.join(", ", BOOT_MODES));
            });
            return chosen;
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

    /** A volume that a VM is to have. */
    record BlockDeviceMapping(
            Optional<Bsu> bsu,
            Optional<String> deviceName,
            Optional<String> noDevice,
            Optional<String> virtualDeviceName) {

        /** Disks of the host's own, which virtual names are of, there are none. */
        Optional<BlockDevice> device() {
            if (virtualDeviceName.filter(name -> !name.isEmpty()).isPresent()) {
                return Optional.empty();
            }
            String name = deviceName
                    .filter(text -> !text.isEmpty())
                    .orElseThrow(() -> new Refusal(
                            RefusalCode.MISSING_PARAMETER, "The DeviceName is missing: each volume is at one."));
            return Optional.of(new BlockDevice(
                    name,
                    noDevice.isPresent(),
                    bsu.flatMap(Bsu::volumeSize),
                    Optional.of(bsu.flatMap(Bsu::volumeType)
                            .filter(type -> !type.isEmpty())
                            .orElse(VolumeSpec.STANDARD)),
                    bsu.flatMap(Bsu::iops),
                    Optional.empty(),
                    false,
                    bsu.flatMap(Bsu::snapshotId).filter(id -> !id.isEmpty()),
                    Optional.empty(),
                    bsu.flatMap(Bsu::deleteOnVmDeletion)));
        }
    }

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

        /** Whether the volumes at these devices go with the VM. */
        Map<String, Boolean> deletedWithVm() {
            Map<String, Boolean> byDevice = new LinkedHashMap<>();
            blockDeviceMappings.forEach(mapping -> mapping.bsu()
                    .flatMap(BsuUpdate::deleteOnVmDeletion)
                    .ifPresent(goes -> byDevice.put(mapping.deviceName().orElse(""), goes)));
            return byDevice;
        }

        VmChange change() {
            actionsOnNextBoot.ifPresent(ActionsOnNextBootRequest::requireNone);
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
