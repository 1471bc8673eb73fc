package dev.linkspan.server.api.ec2;

import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Vm;
import dev.linkspan.server.api.ec2.InstanceItem.StateReason;
import dev.linkspan.server.api.machine.SeenNic;
import dev.linkspan.server.api.machine.SeenVm;
import java.util.List;
import java.util.function.Function;

/** The filters of the actions that describe instances. */
final class InstanceFilters {

    /** What no instance here has. */
    private static final String[] ABSENT = {
        "affinity",
        "block-device-mapping.attach-time",
        "block-device-mapping.delete-on-termination",
        "block-device-mapping.device-name",
        "block-device-mapping.status",
        "block-device-mapping.volume-id",
        "capacity-reservation-id",
        "dns-name",
        "host-id",
        "iam-instance-profile.arn",
        "iam-instance-profile.id",
        "iam-instance-profile.name",
        "instance-lifecycle",
        "ip-address",
        "ipv6-address",
        "kernel-id",
        "outpost-arn",
        "placement-group-name",
        "placement-partition-number",
        "platform",
        "product-code",
        "product-code.type",
        "ramdisk-id",
        "requester-id",
        "spot-instance-request-id",
        "tpm-support"
    };

    static final Ec2Filters<SeenVm> OF_INSTANCES = NetworkInterfaceFilters.added(
                    ofPrimaryNic(ofMachine(ofState(Ec2Filters.of(), SeenVm::vm))), "network-interface.", SeenVm::nics)
            .absent(ABSENT)
            .tags(seen -> seen.vm().id());

    private InstanceFilters() {}

    /** Those that every action has which describes instances or their states. */
    static <T> Ec2Filters<T> ofState(Ec2Filters<T> table, Function<T, Vm> vm) {
        return table.with("availability-zone", item -> vm.apply(item).subregion())
                .with("availability-zone-id", item -> vm.apply(item).subregion())
                .with("instance-state-code", item -> vm.apply(item).state().code())
                .with("instance-state-name", item -> vm.apply(item).state().label())
                .with("operator.managed", _ -> false)
                .absent("operator.principal");
    }

    private static Ec2Filters<SeenVm> ofMachine(Ec2Filters<SeenVm> table) {
        return ofOptions(table)
                .with("architecture", seen -> seen.image().architecture())
                .with("boot-mode", seen -> ImageActions.bootModeOf(seen.image()))
                .with("current-instance-boot-mode", seen -> ImageActions.bootModeOf(seen.image()))
                .with("client-token", seen -> seen.vm().clientToken())
                .with("hypervisor", _ -> SeenVm.HYPERVISOR)
                .with("image-id", seen -> seen.vm().image())
                .with("instance-id", seen -> seen.vm().id())
                .with("instance-type", seen -> seen.vm().settings().type())
                .with("key-name", seen -> seen.vm().settings().keypair())
                .with("launch-index", seen -> seen.vm().launchNumber())
                .with("launch-time", seen -> seen.vm().createdAt())
                .with("owner-id", seen -> seen.vm().owner())
                .with("platform-details", _ -> ImageActions.PLATFORM)
                .with("reason", seen -> InstanceItem.reason(seen.vm()))
                .with("reservation-id", seen -> seen.vm().reservation())
                .with("root-device-name", seen -> seen.image().rootDevice())
                .with("root-device-type", _ -> SeenVm.ROOT_DEVICE_TYPE)
                .with("state-reason-code", seen -> StateReason.of(seen.vm()).map(StateReason::code))
                .with("state-reason-message", seen -> StateReason.of(seen.vm()).map(StateReason::message))
                .with("tenancy", SeenVm::tenancy)
                .with("usage-operation", _ -> ImageActions.USAGE_OPERATION)
                .with("virtualization-type", _ -> InstanceItem.VIRTUALIZATION);
    }

    private static Ec2Filters<SeenVm> ofOptions(Ec2Filters<SeenVm> table) {
        return table.with("ebs-optimized", seen -> seen.vm().settings().bsuOptimized())
                .with("ena-support", _ -> false)
                .with("enclave-options.enabled", _ -> false)
                .with("hibernation-options.configured", _ -> false)
                .with("metadata-options.http-endpoint", _ -> InstanceItem.Metadata.NONE.httpEndpoint())
                .with("metadata-options.http-tokens", _ -> InstanceItem.Metadata.NONE.httpTokens())
                .with("monitoring-state", _ -> InstanceOptions.DISABLED)
                .with("private-dns-name-options.hostname-type", _ -> InstanceOptions.HOSTNAME_TYPE)
                .with("private-dns-name-options.enable-resource-name-dns-a-record", _ -> false)
                .with("private-dns-name-options.enable-resource-name-dns-aaaa-record", _ -> false);
    }

    /** What the API shows on the instance itself is its primary interface's. */
    private static Ec2Filters<SeenVm> ofPrimaryNic(Ec2Filters<SeenVm> table) {
        return table.with(
                        "instance.group-id",
                        seen -> seen.ofPrimaryNic(Nic::groups).orElse(List.of()))
                .with(
                        "instance.group-name",
                        seen -> seen.primaryNic().map(SeenNic::groupNames).orElse(List.of()))
                .with("private-dns-name", seen -> seen.primaryNic().map(SeenNic::dnsName))
                .with("private-ip-address", seen -> seen.ofPrimaryNic(Nic::primaryAddress))
                .with("source-dest-check", seen -> seen.ofPrimaryNic(Nic::sourceDestChecked))
                .with("subnet-id", seen -> seen.ofPrimaryNic(Nic::subnet))
                .with("vpc-id", seen -> seen.ofPrimaryNic(Nic::net));
    }
}
