package dev.linkspan.server.api.resource.vm;

import static dev.linkspan.server.api.listing.Names.both;
import static dev.linkspan.server.api.listing.Names.ec2;
import static dev.linkspan.server.api.listing.Names.outscale;

import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.volume.Volume;
import dev.linkspan.core.volume.VolumeLink;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.call.ResourceTag;
import dev.linkspan.server.api.ec2.ZoneIds;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import dev.linkspan.server.api.resource.image.Platform;
import dev.linkspan.server.api.resource.vm.InstanceItem.StateReason;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How VMs are listed: the caller's own, those terminated within the last hour included. */
final class VmListing {

    static final Field<DescribedVm, VmId> ID = Field.checkedId(
            both("VmIds", "instance-id"), VmId.KIND, seen -> seen.vm().id());

    private static final Fields<DescribedVm> FIELDS = fields();

    static final Listing<DescribedVm> VMS = inOrderOf(
            seen -> Position.byCreation(seen.vm().createdAt(), seen.vm().id()));

    /** By creation, reservation by reservation, and in each of them by launch. */
    static final Listing<DescribedVm> BY_RESERVATION = inOrderOf(seen -> Position.byName("%s %04d"
            .formatted(
                    Position.byCreation(seen.vm().createdAt(), seen.vm().reservation())
                            .key(),
                    seen.vm().launchNumber())));

    private VmListing() {}

    /** The same, of which those can be chosen by the tags of their NICs too, which this call reads. */
    static Listing<DescribedVm> byReservation(ReadCall call) {
        Fields<DescribedVm> fields = FIELDS.text(
                        ec2("network-interface.tag-key"), seen -> ofNicTags(call, seen, ResourceTag::key))
                .text(ec2("network-interface.tag-value"), seen -> ofNicTags(call, seen, ResourceTag::value));
        return new Listing<>(fields, BY_RESERVATION.source(), BY_RESERVATION.position());
    }

    private static List<String> ofNicTags(ReadCall call, DescribedVm seen, Function<ResourceTag, String> value) {
        return seen.ofNics(Nic::id).stream()
                .flatMap(nic -> call.tagsOf(nic).stream())
                .map(value)
                .toList();
    }

    private static Listing<DescribedVm> inOrderOf(Function<DescribedVm, Position> position) {
        return Listing.whole(FIELDS, (call, criteria) -> DescribedVm.candidates(call, criteria.named(ID)), position);
    }

    private static Fields<DescribedVm> fields() {
        return Fields.<DescribedVm>of()
                .with(ID)
                .with(ofMachine())
                .with(ofState())
                .with(ofOptions())
                .with(ofPrimaryNic())
                .with(new NicFields<DescribedVm>("Nic", "network-interface.", DescribedVm::nics).all())
                .with(ofNics())
                .with(ofVolumes())
                .with(absent())
                .tags(seen -> seen.vm().id());
    }

    private static Fields<DescribedVm> ofMachine() {
        return Fields.<DescribedVm>of()
                .text(
                        both("Architectures", "architecture"),
                        seen -> seen.vm().system().architecture())
                .text(outscale("BootModes"), seen -> seen.vm().system().bootMode())
                .text(
                        ec2("boot-mode", "current-instance-boot-mode"),
                        seen -> Platform.bootModeOf(seen.vm().system()))
                .text(both("ClientTokens", "client-token"), seen -> seen.vm().clientToken())
                .date(both("CreationDates", "launch-time"), seen -> seen.vm().createdAt())
                .text(both("ImageIds", "image-id"), seen -> seen.vm().image())
                .text(
                        both("KeypairNames", "key-name"),
                        seen -> seen.vm().settings().keypair())
                .number(both("LaunchNumbers", "launch-index"), seen -> seen.vm().launchNumber())
                .text(
                        both("ReservationIds", "reservation-id"),
                        seen -> seen.vm().reservation())
                .text(
                        both("SubregionNames", "availability-zone"),
                        seen -> seen.vm().subregion())
                .text(ec2("availability-zone-id"), seen -> ZoneIds.of(seen.vm().subregion()))
                .text(both("Tenancies", "tenancy"), DescribedVm::tenancy)
                .text(
                        both("VmTypes", "instance-type"),
                        seen -> seen.vm().settings().type())
                .text(ec2("owner-id"), seen -> seen.vm().owner())
                .text(outscale("ProductCodes"), _ -> VmAnswers.PRODUCT_CODES);
    }

    private static Fields<DescribedVm> ofState() {
        return Fields.<DescribedVm>of()
                .number(
                        both("VmStateCodes", "instance-state-code"),
                        seen -> seen.vm().state().code())
                .text(
                        both("VmStateNames", "instance-state-name"),
                        seen -> seen.vm().state().label())
                .text(outscale("StateReasons"), _ -> "")
                .text(outscale("StateReasonMessages"), _ -> "")
                .number(outscale("StateReasonCodes"), _ -> List.of())
                .text(ec2("reason"), seen -> InstanceItem.reason(seen.vm()))
                .text(
                        ec2("state-reason-code"),
                        seen -> StateReason.of(seen.vm()).map(StateReason::code))
                .text(
                        ec2("state-reason-message"),
                        seen -> StateReason.of(seen.vm()).map(StateReason::message));
    }

    /** What is the same for all. */
    private static Fields<DescribedVm> ofOptions() {
        return Fields.<DescribedVm>of()
                .text(
                        both("RootDeviceNames", "root-device-name"),
                        seen -> seen.vm().system().rootDevice())
                .text(both("RootDeviceTypes", "root-device-type"), _ -> Platform.ROOT_DEVICE_TYPE)
                .flag(outscale("TpmEnabled"), _ -> false)
                .text(ec2("hypervisor"), _ -> Platform.HYPERVISOR)
                .text(
                        ec2("platform-details"),
                        seen -> Platform.detailsOf(seen.vm().system()))
                .text(
                        ec2("usage-operation"),
                        seen -> Platform.usageOperationOf(seen.vm().system()))
                .text(ec2("virtualization-type"), _ -> Platform.VIRTUALIZATION)
                .flag(ec2("ebs-optimized"), seen -> seen.vm().settings().bsuOptimized())
                .flag(ec2("ena-support"), _ -> false)
                .flag(ec2("enclave-options.enabled"), _ -> false)
                .flag(ec2("hibernation-options.configured"), _ -> false)
                .text(
                        ec2("metadata-options.http-endpoint"),
                        seen -> metadata(seen).httpEndpoint())
                .text(
                        ec2("metadata-options.http-tokens"),
                        seen -> metadata(seen).httpTokens())
                .text(ec2("metadata-options.state"), seen -> metadata(seen).state())
                .text(
                        ec2("metadata-options.http-protocol-ipv6"),
                        seen -> metadata(seen).httpProtocolIpv6())
                .number(
                        ec2("metadata-options.http-put-response-hop-limit"),
                        seen -> metadata(seen).httpPutResponseHopLimit())
                .text(
                        ec2("metadata-options.instance-metadata-tags"),
                        seen -> metadata(seen).instanceMetadataTags())
                .absent(ec2("metadata-options.http-protocol-ipv4"))
                .text(
                        ec2("monitoring-state"),
                        seen -> InstanceItem.Monitoring.of(seen.vm().options()).state())
                .text(
                        both("Platforms", "platform"),
                        seen -> Platform.platformOf(seen.vm().system()))
                .text(
                        ec2("iam-instance-profile.arn"),
                        seen -> seen.vm().options().instanceProfile())
                .text(ec2("iam-instance-profile.id"), seen -> profile(seen).map(InstanceItem.Profile::id))
                .text(
                        ec2("iam-instance-profile.name"),
                        seen -> profile(seen).map(it -> it.arn().replaceFirst(".*/", "")))
                .flag(ec2("operator.managed"), _ -> false)
                .text(ec2("private-dns-name-options.hostname-type"), _ -> InstanceOptions.HOSTNAME_TYPE)
                .flag(ec2("private-dns-name-options.enable-resource-name-dns-a-record"), _ -> false)
                .flag(ec2("private-dns-name-options.enable-resource-name-dns-aaaa-record"), _ -> false);
    }

    /** What the APIs show on the VM itself is its primary NIC's. */
    private static Fields<DescribedVm> ofPrimaryNic() {
        Function<DescribedVm, Object> groups =
                seen -> seen.ofPrimaryNic(Nic::groups).orElse(List.of());
        Function<DescribedVm, Object> groupNames =
                seen -> seen.primaryNic().map(DescribedNic::groupNames).orElse(List.of());
        return Fields.<DescribedVm>of()
                .flag(
                        both("IsSourceDestChecked", "source-dest-check"),
                        seen -> seen.ofPrimaryNic(Nic::sourceDestChecked))
                .text(both("NetIds", "vpc-id"), seen -> seen.ofPrimaryNic(Nic::net))
                .text(both("SubnetIds", "subnet-id"), seen -> seen.ofPrimaryNic(Nic::subnet))
                .text(both("PrivateIps", "private-ip-address"), seen -> seen.ofPrimaryNic(Nic::primaryAddress))
                .text(ec2("private-dns-name"), seen -> seen.primaryNic().map(DescribedNic::dnsName))
                .text(
                        both("PublicIps", "ip-address"),
                        seen -> seen.publicAddress().map(PublicAddress::address))
                .text(ec2("dns-name"), seen -> seen.publicAddress().map(PublicAddress::dnsName))
                .text(both("SecurityGroupIds", "instance.group-id"), groups)
                .text(both("SecurityGroupNames", "instance.group-name"), groupNames)
                .text(outscale("VmSecurityGroupIds"), groups)
                .text(outscale("VmSecurityGroupNames"), groupNames);
    }

    private static Fields<DescribedVm> ofNics() {
        return Fields.<DescribedVm>of()
                .text(both("NicNicIds", "network-interface.network-interface-id"), seen -> seen.ofNics(Nic::id))
                .account(outscale("NicAccountIds"), seen -> seen.ofNics(Nic::owner))
                .flag(
                        ec2("network-interface.deny-all-igw-traffic", "network-interface.ipv6-native"),
                        seen -> seen.ofNics(_ -> false))
                .flag(outscale("NicIsSourceDestChecked"), seen -> seen.ofNics(Nic::sourceDestChecked))
                .date(outscale("NicLinkNicLinkNicDates"), _ -> List.of())
                .text(
                        outscale("NicPrivateIpsLinkPublicIpIds"),
                        seen -> seen.ofAllNics(DescribedNic::publicAddresses).stream()
                                .map(PublicAddress::address)
                                .toList());
    }

    private static InstanceItem.Metadata metadata(DescribedVm seen) {
        return InstanceItem.Metadata.of(seen.vm().options().metadata());
    }

    private static Optional<InstanceItem.Profile> profile(DescribedVm seen) {
        return seen.vm().options().instanceProfile().map(InstanceItem.Profile::of);
    }

    private static Fields<DescribedVm> ofVolumes() {
        return Fields.<DescribedVm>of()
                .flag(
                        both("BlockDeviceMappingDeleteOnVmDeletion", "block-device-mapping.delete-on-termination"),
                        seen -> seen.ofVolumes(VolumeLink::deleteOnVmDeletion))
                .date(
                        both("BlockDeviceMappingLinkDates", "block-device-mapping.attach-time"),
                        seen -> seen.ofVolumes(VolumeLink::since))
                .text(
                        both("BlockDeviceMappingDeviceNames", "block-device-mapping.device-name"),
                        seen -> seen.ofVolumes(VolumeLink::device))
                .text(
                        both("BlockDeviceMappingStates", "block-device-mapping.status"),
                        seen -> seen.ofVolumes(_ -> InstanceItem.ATTACHED))
                .text(
                        both("BlockDeviceMappingVolumeIds", "block-device-mapping.volume-id"),
                        seen -> seen.volumes().stream().map(Volume::id).toList());
    }

    /** There is nothing to place VMs on but Subregions. */
    private static Fields<DescribedVm> absent() {
        return Fields.<DescribedVm>of()
                .absent(
                        both("Lifecycles", "instance-lifecycle"),
                        ec2(
                                "capacity-reservation-specification.capacity-reservation-preference",
                                "capacity-reservation-specification.capacity-reservation-target.capacity-reservation-id",
                                "capacity-reservation-specification.capacity-reservation-target.capacity-reservation-resource-group-arn"),
                        ec2("maintenance-options.auto-recovery", "usage-operation-update-time"),
                        ec2("network-performance-options.bandwidth-weighting"),
                        ec2("network-interface.ipv6-address", "network-interface.outpost-arn"),
                        ec2("network-interface.ipv4-prefixes.ipv4-prefix"),
                        ec2("network-interface.ipv6-addresses.is-primary-ipv6"),
                        ec2("network-interface.ipv6-prefixes.ipv6-prefix"),
                        ec2("network-interface.association.carrier-ip"),
                        ec2("network-interface.association.customer-owned-ip"),
                        ec2("network-interface.addresses.association.carrier-ip"),
                        ec2("network-interface.addresses.association.customer-owned-ip"),
                        ec2("affinity", "capacity-reservation-id", "host-id", "ipv6-address", "kernel-id"),
                        ec2("operator.principal", "outpost-arn", "placement-group-name", "placement-partition-number"),
                        ec2("product-code", "product-code.type", "ramdisk-id", "requester-id"),
                        ec2("spot-instance-request-id", "tpm-support"));
    }
}
