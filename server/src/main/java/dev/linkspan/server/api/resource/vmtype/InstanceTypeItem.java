package dev.linkspan.server.api.resource.vmtype;

import static dev.linkspan.server.api.listing.Names.ec2;

import dev.linkspan.core.catalogue.ImageSystem;
import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.catalogue.VmType;
import dev.linkspan.core.catalogue.VmTypes;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Names;
import dev.linkspan.server.api.resource.image.Platform;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An instance type as answers show it; one that the catalogue does not have is of unknown size. That it is burstable means that
 * clients may choose its credits: processors are never held back.
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

    /** Of disks, and of what a machine's host has for it alone: machines share their host. */
    private static final Names[] ABSENT = Stream.of(
                    "ebs-info.attachment-limit-type",
                    "ebs-info.maximum-ebs-attachments",
                    "ebs-info.ebs-optimized-info.baseline-bandwidth-in-mbps",
                    "ebs-info.ebs-optimized-info.baseline-iops",
                    "ebs-info.ebs-optimized-info.baseline-throughput-in-mbps",
                    "ebs-info.ebs-optimized-info.maximum-bandwidth-in-mbps",
                    "ebs-info.ebs-optimized-info.maximum-iops",
                    "ebs-info.ebs-optimized-info.maximum-throughput-in-mbps",
                    "instance-storage-info.disk.count",
                    "instance-storage-info.disk.size-in-gb",
                    "instance-storage-info.disk.type",
                    "instance-storage-info.encryption-support",
                    "instance-storage-info.nvme-support",
                    "instance-storage-info.total-size-in-gb",
                    "network-info.bandwidth-weightings",
                    "network-info.efa-info.maximum-efa-interfaces",
                    "network-info.flexible-ena-queues-support",
                    "network-info.network-performance",
                    "nitro-tpm-info.supported-versions",
                    "processor-info.supported-features",
                    "processor-info.sustained-clock-speed-in-ghz",
                    "reboot-migration-support",
                    "vcpu-info.valid-cores",
                    "vcpu-info.valid-threads-per-core")
            .map(Names::ec2)
            .toArray(Names[]::new);

    static final Field<InstanceTypeItem, String> NAME =
            Field.text(ec2("instance-type"), InstanceTypeItem::instanceType);

    static final Fields<InstanceTypeItem> FIELDS = Fields.<InstanceTypeItem>of()
            .with(NAME)
            .text(ec2("auto-recovery-supported"), InstanceTypeItem::autoRecoverySupported)
            .text(ec2("bare-metal"), InstanceTypeItem::bareMetal)
            .text(ec2("burstable-performance-supported"), InstanceTypeItem::burstablePerformanceSupported)
            .text(ec2("current-generation"), InstanceTypeItem::currentGeneration)
            .text(ec2("dedicated-hosts-supported"), InstanceTypeItem::dedicatedHostsSupported)
            .text(ec2("ebs-info.ebs-optimized-support"), type -> type.ebsInfo().ebsOptimizedSupport())
            .text(ec2("ebs-info.encryption-support"), type -> type.ebsInfo().encryptionSupport())
            .text(ec2("ebs-info.nvme-support"), type -> type.ebsInfo().nvmeSupport())
            .text(ec2("free-tier-eligible"), InstanceTypeItem::freeTierEligible)
            .text(ec2("hibernation-supported"), InstanceTypeItem::hibernationSupported)
            .text(ec2("hypervisor"), InstanceTypeItem::hypervisor)
            .text(ec2("instance-storage-supported"), InstanceTypeItem::instanceStorageSupported)
            .text(ec2("memory-info.size-in-mib"), type -> type.memoryInfo().map(Memory::sizeInMiB))
            .text(ec2("network-info.efa-supported"), type -> type.networkInfo().efaSupported())
            .text(ec2("network-info.ena-support"), type -> type.networkInfo().enaSupport())
            .text(
                    ec2("network-info.encryption-in-transit-supported"),
                    type -> type.networkInfo().encryptionInTransitSupported())
            .text(
                    ec2("network-info.ipv4-addresses-per-interface"),
                    type -> type.networkInfo().ipv4AddressesPerInterface())
            .text(
                    ec2("network-info.ipv6-addresses-per-interface"),
                    type -> type.networkInfo().ipv6AddressesPerInterface())
            .text(ec2("network-info.ipv6-supported"), type -> type.networkInfo().ipv6Supported())
            .text(
                    ec2("network-info.maximum-network-cards"),
                    type -> type.networkInfo().maximumNetworkCards())
            .text(
                    ec2("network-info.maximum-network-interfaces"),
                    type -> type.networkInfo().maximumNetworkInterfaces())
            .text(ec2("nitro-enclaves-support"), InstanceTypeItem::nitroEnclavesSupport)
            .text(ec2("nitro-tpm-support"), InstanceTypeItem::nitroTpmSupport)
            .text(
                    ec2("processor-info.supported-architecture"),
                    type -> type.processorInfo().supportedArchitectures())
            .text(ec2("supported-boot-mode"), InstanceTypeItem::supportedBootModes)
            .text(ec2("supported-root-device-type"), InstanceTypeItem::supportedRootDeviceTypes)
            .text(ec2("supported-usage-class"), InstanceTypeItem::supportedUsageClasses)
            .text(ec2("supported-virtualization-type"), InstanceTypeItem::supportedVirtualizationTypes)
            .text(ec2("vcpu-info.default-cores"), type -> type.vCpuInfo().map(Processors::defaultCores))
            .text(
                    ec2("vcpu-info.default-threads-per-core"),
                    type -> type.vCpuInfo().map(Processors::defaultThreadsPerCore))
            .text(ec2("vcpu-info.default-vcpus"), type -> type.vCpuInfo().map(Processors::defaultVCpus))
            .absent(ABSENT);

    static InstanceTypeItem of(String name) {
        Optional<VmType> size = VmTypes.find(name);
        return new InstanceTypeItem(
                name,
                true,
                false,
                List.of("on-demand"),
                List.of(Platform.ROOT_DEVICE_TYPE),
                List.of(Platform.VIRTUALIZATION),
                List.of("legacy-bios", ImageSystem.UEFI),
                false,
                Platform.HYPERVISOR,
                new Processor(List.of(size.map(VmType::architecture)
                        .orElse(Images.LINUX.system().architecture()))),
                size.map(Processors::of),
                size.map(Memory::of),
                false,
                new Ebs(UNSUPPORTED, UNSUPPORTED, UNSUPPORTED),
                Network.ALL,
                new PlacementGroups(List.of()),
                false,
                size.filter(VmType::burstable).isPresent(),
                false,
                false,
                UNSUPPORTED,
                UNSUPPORTED,
                true);
    }
}
