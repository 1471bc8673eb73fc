package dev.linkspan.server.api.ec2;

import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.catalogue.VmType;
import dev.linkspan.core.catalogue.VmTypes;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.server.api.machine.SeenVm;
import java.util.List;
import java.util.Optional;

/**
 * An instance type as answers show it; one that the catalogue does not have is of unknown size. None is burstable, whatever
 * its name: processors are never held back, and clients would go on to ask for credits.
 */
record InstanceTypeItem(
        String instanceType,
        boolean currentGeneration,
        boolean freeTierEligible,
        List<String> supportedUsageClasses,
        List<String> supportedRootDeviceTypes,
        List<String> supportedVirtualizationTypes,
        List<String> supportedBootModes,
        boolean bareMetal,
        String hypervisor,
        Processor processorInfo,
        Optional<Processors> vCpuInfo,
        Optional<Memory> memoryInfo,
        boolean instanceStorageSupported,
        Ebs ebsInfo,
        Network networkInfo,
        PlacementGroups placementGroupInfo,
        boolean hibernationSupported,
        boolean burstablePerformanceSupported,
        boolean dedicatedHostsSupported,
        boolean autoRecoverySupported,
        String nitroEnclavesSupport,
        String nitroTpmSupport,
        boolean supportedInRegion) {

    private static final String UNSUPPORTED = "unsupported";

    record Processor(List<String> supportedArchitectures) {}

    record Processors(int defaultVCpus, int defaultCores, int defaultThreadsPerCore) {

        static Processors of(VmType type) {
            return new Processors(type.vcores(), type.vcores(), 1);
        }
    }

    record Memory(long sizeInMiB) {

        static Memory of(VmType type) {
            return new Memory(Math.round(type.memoryGib() * 1024));
        }
    }

    record Ebs(String ebsOptimizedSupport, String encryptionSupport, String nvmeSupport) {}

    record Network(
            int maximumNetworkInterfaces,
            int maximumNetworkCards,
            int defaultNetworkCardIndex,
            List<Card> networkCards,
            int ipv4AddressesPerInterface,
            int ipv6AddressesPerInterface,
            boolean ipv6Supported,
            String enaSupport,
            boolean enaSrdSupported,
            boolean efaSupported,
            boolean encryptionInTransitSupported) {

        static final Network ALL = new Network(
                NicLink.MOST_PER_VM,
                1,
                0,
                List.of(new Card(0, NicLink.MOST_PER_VM)),
                Nic.MOST_ADDRESSES,
                0,
                false,
                UNSUPPORTED,
                false,
                false,
                false);
    }

    record Card(int networkCardIndex, int maximumNetworkInterfaces) {}

    record PlacementGroups(List<String> supportedStrategies) {}

    static final Ec2Filters<InstanceTypeItem> FILTERS = Ec2Filters.<InstanceTypeItem>of()
            .with("instance-type", InstanceTypeItem::instanceType)
            .with("auto-recovery-supported", InstanceTypeItem::autoRecoverySupported)
            .with("bare-metal", InstanceTypeItem::bareMetal)
            .with("burstable-performance-supported", InstanceTypeItem::burstablePerformanceSupported)
            .with("current-generation", InstanceTypeItem::currentGeneration)
            .with("dedicated-hosts-supported", InstanceTypeItem::dedicatedHostsSupported)
            .with("ebs-info.ebs-optimized-support", type -> type.ebsInfo().ebsOptimizedSupport())
            .with("ebs-info.encryption-support", type -> type.ebsInfo().encryptionSupport())
            .with("ebs-info.nvme-support", type -> type.ebsInfo().nvmeSupport())
            .with("free-tier-eligible", InstanceTypeItem::freeTierEligible)
            .with("hibernation-supported", InstanceTypeItem::hibernationSupported)
            .with("hypervisor", InstanceTypeItem::hypervisor)
            .with("instance-storage-supported", InstanceTypeItem::instanceStorageSupported)
            .with("memory-info.size-in-mib", type -> type.memoryInfo().map(Memory::sizeInMiB))
            .with("network-info.efa-supported", type -> type.networkInfo().efaSupported())
            .with("network-info.ena-support", type -> type.networkInfo().enaSupport())
            .with(
                    "network-info.encryption-in-transit-supported",
                    type -> type.networkInfo().encryptionInTransitSupported())
            .with(
                    "network-info.ipv4-addresses-per-interface",
                    type -> type.networkInfo().ipv4AddressesPerInterface())
            .with(
                    "network-info.ipv6-addresses-per-interface",
                    type -> type.networkInfo().ipv6AddressesPerInterface())
            .with("network-info.ipv6-supported", type -> type.networkInfo().ipv6Supported())
            .with(
                    "network-info.maximum-network-cards",
                    type -> type.networkInfo().maximumNetworkCards())
            .with(
                    "network-info.maximum-network-interfaces",
                    type -> type.networkInfo().maximumNetworkInterfaces())
            .with("nitro-enclaves-support", InstanceTypeItem::nitroEnclavesSupport)
            .with("nitro-tpm-support", InstanceTypeItem::nitroTpmSupport)
            .with(
                    "processor-info.supported-architecture",
                    type -> type.processorInfo().supportedArchitectures())
            .with("supported-boot-mode", InstanceTypeItem::supportedBootModes)
            .with("supported-root-device-type", InstanceTypeItem::supportedRootDeviceTypes)
            .with("supported-usage-class", InstanceTypeItem::supportedUsageClasses)
            .with("supported-virtualization-type", InstanceTypeItem::supportedVirtualizationTypes)
            .with("vcpu-info.default-cores", type -> type.vCpuInfo().map(Processors::defaultCores))
            .with("vcpu-info.default-threads-per-core", type -> type.vCpuInfo().map(Processors::defaultThreadsPerCore))
            .with("vcpu-info.default-vcpus", type -> type.vCpuInfo().map(Processors::defaultVCpus))
            .absent(
                    "instance-storage-info.disk.type",
                    "network-info.network-performance",
                    "processor-info.sustained-clock-speed-in-ghz");

    static InstanceTypeItem of(String name) {
        Optional<VmType> size = VmTypes.find(name);
        return new InstanceTypeItem(
                name,
                true,
                false,
                List.of("on-demand"),
                List.of(SeenVm.ROOT_DEVICE_TYPE),
                List.of(InstanceItem.VIRTUALIZATION),
                List.of(ImageActions.bootModeOf(Images.LINUX)),
                false,
                SeenVm.HYPERVISOR,
                new Processor(List.of(Images.LINUX.architecture())),
                size.map(Processors::of),
                size.map(Memory::of),
                false,
                new Ebs(UNSUPPORTED, UNSUPPORTED, UNSUPPORTED),
                Network.ALL,
                new PlacementGroups(List.of()),
                false,
                false,
                false,
                false,
                UNSUPPORTED,
                UNSUPPORTED,
                true);
    }
}
