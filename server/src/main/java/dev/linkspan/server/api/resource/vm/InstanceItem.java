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
import dev.linkspan.core.net.VmOptions;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.net.VmTransition;
import dev.linkspan.core.volume.Volume;
import dev.linkspan.core.volume.VolumeLink;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.ec2.TagItem;
import dev.linkspan.server.api.ec2.ZoneIds;
import dev.linkspan.server.api.resource.image.Platform;
import dev.linkspan.server.api.resource.vm.NetworkInterfaceItem.Association;
import dev.linkspan.server.api.resource.vm.NetworkInterfaceItem.NamedGroup;
import dev.linkspan.server.api.resource.vm.NetworkInterfaceItem.Operator;
import dev.linkspan.server.api.resource.vm.NetworkInterfaceItem.PrivateAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** An instance as answers show it; what only one with interfaces has is absent from one that is terminated. */
record InstanceItem(
        VmId instanceId,
        ImageId imageId,
        State instanceState,
        String instanceType,
        Optional<String> keyName,
        int amiLaunchIndex,
        String clientToken,
        Instant launchTime,
        Placement placement,
        Optional<NetId> vpcId,
        Optional<SubnetId> subnetId,
        Optional<Ipv4> privateIpAddress,
        Optional<String> privateDnsName,
        String dnsName,
        Optional<Ipv4> ipAddress,
        Optional<Boolean> sourceDestCheck,
        List<NamedGroup> groupSet,
        List<InterfaceItem> networkInterfaceSet,
        String reason,
        Optional<StateReason> stateReason,
        Monitoring monitoring,
        String architecture,
        Optional<String> platform,
        String bootMode,
        String currentInstanceBootMode,
        String platformDetails,
        String usageOperation,
        String hypervisor,
        String virtualizationType,
        String rootDeviceName,
        String rootDeviceType,
        List<BlockDevice> blockDeviceMapping,
        Optional<Profile> iamInstanceProfile,
        List<String> productCodes,
        boolean ebsOptimized,
        boolean enaSupport,
        Enclave enclaveOptions,
        Hibernation hibernationOptions,
        Metadata metadataOptions,
        PrivateDnsNames privateDnsNameOptions,
        Operator operator,
        List<TagItem> tagSet) {

    /** The state of every link. */
    static final String ATTACHED = "attached";

    private static final DateTimeFormatter REASON_DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'GMT'").withZone(ZoneOffset.UTC);

    record State(int code, String name) {

        static State of(VmState state) {
            return new State(state.code(), state.label());
        }
    }

    /** What became of an instance's state. */
    record StateChange(VmId instanceId, State currentState, State previousState) {

        static StateChange of(VmTransition transition) {
            return new StateChange(
                    transition.vm().id(), State.of(transition.vm().state()), State.of(transition.before()));
        }
    }

    record StateReason(String code, String message) {

        /** Nobody but its owner stops or terminates an instance. */
        static final StateReason BY_OWNER = new StateReason(
                "Client.UserInitiatedShutdown", "Client.UserInitiatedShutdown: User initiated shutdown");

        static Optional<StateReason> of(Vm vm) {
            return vm.state() == VmState.RUNNING ? Optional.empty() : Optional.of(BY_OWNER);
        }
    }

    record Placement(SubregionName availabilityZone, String availabilityZoneId, String groupName, String tenancy) {}

    record Monitoring(String state) {

        static Monitoring of(VmOptions options) {
            return new Monitoring(options.monitored() ? "enabled" : InstanceOptions.DISABLED);
        }
    }

    record Enclave(boolean enabled) {}

    record Hibernation(boolean configured) {}

    record BlockDevice(String deviceName, Ebs ebs) {

        static BlockDevice of(Volume volume) {
            VolumeLink link = volume.link().orElseThrow();
            return new BlockDevice(
                    link.device(), new Ebs(volume.id(), ATTACHED, link.since(), link.deleteOnVmDeletion()));
        }
    }

    record Ebs(VolumeId volumeId, String status, Instant attachTime, boolean deleteOnTermination) {}

    /** @param id made of the ARN, since no account has made any */
    record Profile(String arn, String id) {

        static Profile of(String arn) {
            return new Profile(arn, "AIPA%08X".formatted(arn.hashCode()));
        }
    }

    record Metadata(
            String state,
            String httpEndpoint,
            String httpTokens,
            int httpPutResponseHopLimit,
            String httpProtocolIpv6,
            String instanceMetadataTags) {

        static Metadata of(VmOptions.Metadata chosen) {
            return new Metadata(
                    "applied",
                    enabled(chosen.endpoint()),
                    chosen.tokensRequired() ? "required" : "optional",
                    chosen.hopLimit(),
                    enabled(chosen.ipv6()),
                    enabled(chosen.tags()));
        }

        private static String enabled(boolean on) {
            return on ? "enabled" : InstanceOptions.DISABLED;
        }
    }

    record PrivateDnsNames(
            String hostnameType, boolean enableResourceNameDnsARecord, boolean enableResourceNameDnsAAAARecord) {}

    record InterfaceItem(
            NicId networkInterfaceId,
            SubnetId subnetId,
            NetId vpcId,
            String description,
            AccountId ownerId,
            String status,
            String interfaceType,
            MacAddress macAddress,
            Ipv4 privateIpAddress,
            String privateDnsName,
            Optional<Association> association,
            boolean sourceDestCheck,
            List<NamedGroup> groupSet,
            InterfaceAttachment attachment,
            List<PrivateAddress> privateIpAddressesSet,
            List<String> ipv6AddressesSet,
            Operator operator) {

        static InterfaceItem of(DescribedNic seen) {
            Nic nic = seen.nic();
            return new InterfaceItem(
                    nic.id(),
                    nic.subnet(),
                    nic.net(),
                    nic.description(),
                    nic.owner(),
                    seen.state(),
                    DescribedNic.TYPE,
                    nic.mac(),
                    nic.primaryAddress(),
                    seen.dnsName(),
                    seen.publicAddress().map(Association::of),
                    nic.sourceDestChecked(),
                    NamedGroup.of(seen),
                    InterfaceAttachment.of(seen.requireLink()),
                    PrivateAddress.of(seen),
                    List.of(),
                    Operator.NONE);
        }
    }

    record InterfaceAttachment(
            NicLinkId attachmentId, int deviceIndex, int networkCardIndex, String status, boolean deleteOnTermination) {

        static InterfaceAttachment of(NicLink link) {
            return new InterfaceAttachment(
                    link.id(), link.deviceNumber(), 0, DescribedNic.LINK_STATE, link.deleteOnVmDeletion());
        }
    }

    /** The instances that one call has made, as far as an answer is about them; the groups are those of EC2-Classic. */
    record Reservation(
            ReservationId reservationId,
            AccountId ownerId,
            List<NamedGroup> groupSet,
            List<InstanceItem> instancesSet) {

        static List<Reservation> of(Call call, List<DescribedVm> instances) {
            Map<ReservationId, List<DescribedVm>> byReservation = instances.stream()
                    .collect(Collectors.groupingBy(
                            seen -> seen.vm().reservation(), LinkedHashMap::new, Collectors.toList()));
            return byReservation.entrySet().stream()
                    .map(entry -> new Reservation(
                            entry.getKey(),
                            entry.getValue().getFirst().vm().owner(),
                            List.of(),
                            entry.getValue().stream()
                                    .map(seen -> InstanceItem.of(call, seen))
                                    .toList()))
                    .toList();
        }
    }

    static InstanceItem of(Call call, DescribedVm seen) {
        Vm vm = seen.vm();
        String bootMode = Platform.bootModeOf(vm.system());
        return new InstanceItem(
                vm.id(),
                vm.image(),
                State.of(vm.state()),
                vm.settings().type(),
                vm.settings().keypair(),
                vm.launchNumber(),
                vm.clientToken().orElse(""),
                vm.createdAt(),
                new Placement(vm.subregion(), ZoneIds.of(vm.subregion()), "", seen.tenancy()),
                seen.ofPrimaryNic(Nic::net),
                seen.ofPrimaryNic(Nic::subnet),
                seen.ofPrimaryNic(Nic::primaryAddress),
                seen.primaryNic().map(DescribedNic::dnsName),
                seen.publicAddress().map(PublicAddress::dnsName).orElse(""),
                seen.publicAddress().map(PublicAddress::address),
                seen.ofPrimaryNic(Nic::sourceDestChecked),
                seen.primaryNic().map(NamedGroup::of).orElse(List.of()),
                seen.nics().stream().map(InterfaceItem::of).toList(),
                reason(vm),
                StateReason.of(vm),
                Monitoring.of(vm.options()),
                vm.system().architecture(),
                Platform.platformOf(vm.system()),
                bootMode,
                bootMode,
                Platform.detailsOf(vm.system()),
                Platform.usageOperationOf(vm.system()),
                Platform.HYPERVISOR,
                Platform.VIRTUALIZATION,
                vm.system().rootDevice(),
                Platform.ROOT_DEVICE_TYPE,
                seen.volumes().stream().map(BlockDevice::of).toList(),
                vm.options().instanceProfile().map(Profile::of),
                List.of(),
                vm.settings().bsuOptimized(),
                false,
                new Enclave(false),
                new Hibernation(false),
                Metadata.of(vm.options().metadata()),
                new PrivateDnsNames(InstanceOptions.HOSTNAME_TYPE, false, false),
                Operator.NONE,
                TagItem.of(call, vm.id()));
    }

    /** Why and when it entered its state; nothing is said of one that runs. */
    static String reason(Vm vm) {
        return vm.state() == VmState.RUNNING
                ? ""
                : "User initiated (%s)".formatted(REASON_DATE.format(vm.stateSince()));
    }
}
