package dev.linkspan.server.api.resource.vm;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ImageId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.VmNic;
import dev.linkspan.core.net.VmOptions;
import dev.linkspan.core.net.VmSettingsChange;
import dev.linkspan.core.operation.VmEquipment;
import dev.linkspan.core.operation.VmOrder;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.ec2.Ec2Listing;
import dev.linkspan.server.api.ec2.Filter;
import dev.linkspan.server.api.ec2.FixedParameter;
import dev.linkspan.server.api.ec2.TagSpecification;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.resource.vm.InstanceOptions.BlockDeviceMapping;
import dev.linkspan.server.api.resource.vm.InstanceOptions.CreditSpecification;
import dev.linkspan.server.api.resource.vm.InstanceOptions.Enclave;
import dev.linkspan.server.api.resource.vm.InstanceOptions.Hibernation;
import dev.linkspan.server.api.resource.vm.InstanceOptions.IamInstanceProfile;
import dev.linkspan.server.api.resource.vm.InstanceOptions.LaunchTemplate;
import dev.linkspan.server.api.resource.vm.InstanceOptions.MarketOptions;
import dev.linkspan.server.api.resource.vm.InstanceOptions.Metadata;
import dev.linkspan.server.api.resource.vm.InstanceOptions.Monitoring;
import dev.linkspan.server.api.resource.vm.InstanceOptions.Placement;
import dev.linkspan.server.api.resource.vm.InstanceOptions.PrivateDnsNames;
import dev.linkspan.server.api.resource.vm.NetworkInterfaceRequests.Ipv6AddressRequest;
import dev.linkspan.server.api.resource.vm.NetworkInterfaceRequests.PrivateIpAddressRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the actions on instances are asked with. */
final class InstanceRequests {

    private InstanceRequests() {}

    /**
     * What a machine of Linkspan has anyhow may be asked for, and what is only kept and read back. What it cannot have is
     * refused.
     */
    record RunInstancesRequest(
            Optional<ImageId> imageId,
            @Required int minCount,
            @Required int maxCount,
            Optional<String> clientToken,
            Optional<String> instanceType,
            Optional<SubnetId> subnetId,
            Optional<Ipv4> privateIpAddress,
            List<SecurityGroupId> securityGroupId,
            List<String> securityGroup,
            List<InterfaceRequest> networkInterface,
            List<TagSpecification> tagSpecification,
            Optional<Placement> placement,
            Optional<String> userData,
            Optional<String> keyName,
            Optional<Boolean> disableApiTermination,
            Optional<Boolean> disableApiStop,
            Optional<String> instanceInitiatedShutdownBehavior,
            Optional<Boolean> ebsOptimized,
            List<BlockDeviceMapping> blockDeviceMapping,
            Optional<Monitoring> monitoring,
            Optional<Metadata> metadataOptions,
            Optional<CreditSpecification> creditSpecification,
            Optional<Hibernation> hibernationOptions,
            Optional<Enclave> enclaveOptions,
            Optional<PrivateDnsNames> privateDnsNameOptions,
            Optional<IamInstanceProfile> iamInstanceProfile,
            Optional<LaunchTemplate> launchTemplate,
            Optional<MarketOptions> instanceMarketOptions,
            Optional<Integer> ipv6AddressCount,
            List<Ipv6AddressRequest> ipv6Address,
            Optional<Boolean> enablePrimaryIpv6,
            Optional<String> kernelId,
            Optional<String> ramdiskId) {

        /** What the request says, and where it says nothing, what the template does. */
        RunInstancesRequest over(LaunchTemplateData template) {
            LaunchTemplateData own = new LaunchTemplateData(
                    imageId,
                    instanceType,
                    securityGroupId,
                    securityGroup,
                    networkInterface,
                    tagSpecification,
                    placement,
                    userData,
                    keyName,
                    disableApiTermination,
                    disableApiStop,
                    instanceInitiatedShutdownBehavior,
                    ebsOptimized,
                    blockDeviceMapping,
                    monitoring,
                    metadataOptions,
                    creditSpecification,
                    iamInstanceProfile,
                    instanceMarketOptions);
            return with(own.over(template));
        }

        private RunInstancesRequest with(LaunchTemplateData data) {
            return new RunInstancesRequest(
                    data.imageId(),
                    minCount,
                    maxCount,
                    clientToken,
                    data.instanceType(),
                    subnetId,
                    privateIpAddress,
                    data.securityGroupId(),
                    data.securityGroup(),
                    data.networkInterface(),
                    data.tagSpecification(),
                    data.placement(),
                    data.userData(),
                    data.keyName(),
                    data.disableApiTermination(),
                    data.disableApiStop(),
                    data.instanceInitiatedShutdownBehavior(),
                    data.ebsOptimized(),
                    data.blockDeviceMapping(),
                    data.monitoring(),
                    data.metadataOptions(),
                    data.creditSpecification(),
                    hibernationOptions,
                    enclaveOptions,
                    privateDnsNameOptions,
                    data.iamInstanceProfile(),
                    launchTemplate,
                    data.instanceMarketOptions(),
                    ipv6AddressCount,
                    ipv6Address,
                    enablePrimaryIpv6,
                    kernelId,
                    ramdiskId);
        }

        /**
         * @param region in which it is to be done
         * @param home the subnet that is meant where none is named
         */
        VmOrder order(AccountId caller, RegionName region, Function<Optional<SubregionName>, SubnetId> home) {
            requirePossible();
            Supplier<SubnetId> meant = () -> home.apply(placement.flatMap(it -> it.zone(region)));
            return new VmOrder(
                    imageId.orElseThrow(() -> new Refusal(
                            RefusalCode.MISSING_PARAMETER, "The request must contain the parameter ImageId.")),
                    minCount,
                    maxCount,
                    clientToken,
                    true,
                    vmNics(meant),
                    placement.flatMap(it -> it.zone(region)),
                    placement.flatMap(Placement::chosenTenancy),
                    new VmSettingsChange(
                            instanceType,
                            keyName,
                            userData,
                            disableApiTermination,
                            instanceInitiatedShutdownBehavior,
                            Optional.empty(),
                            ebsOptimized,
                            Optional.empty(),
                            disableApiStop),
                    publicIp(),
                    new VmEquipment(
                            options(caller),
                            Optional.empty(),
                            blockDeviceMapping.stream()
                                    .flatMap(mapping -> mapping.device().stream())
                                    .toList()));
        }

        private VmOptions options(AccountId caller) {
            return new VmOptions(
                    metadataOptions.map(Metadata::atLaunch).orElse(VmOptions.Metadata.STANDARD),
                    monitoring.flatMap(Monitoring::enabled).orElse(false),
                    creditSpecification.flatMap(CreditSpecification::chosenCredits),
                    iamInstanceProfile.flatMap(profile -> profile.chosenArn(caller)));
        }

        /** As the interface says that is made with the instance, else as its subnet says. */
        private Optional<Boolean> publicIp() {
            return networkInterface.stream()
                    .flatMap(nic -> nic.associatePublicIpAddress().stream())
                    .reduce(Boolean::logicalOr);
        }

        private List<VmNic> vmNics(Supplier<SubnetId> meant) {
            OrderedNics nics = new OrderedNics(
                    networkInterface.stream().map(nic -> nic.ordered(meant)).toList(),
                    networkInterface.isEmpty() ? subnetId.or(() -> Optional.of(meant.get())) : subnetId,
                    privateIpAddress.stream().toList(),
                    securityGroupId,
                    securityGroup);
            return nics.vmNics();
        }

        private void requirePossible() {
            hibernationOptions.ifPresent(Hibernation::requirePossible);
            enclaveOptions.ifPresent(Enclave::requirePossible);
            privateDnsNameOptions.ifPresent(PrivateDnsNames::requirePossible);
            placement.ifPresent(Placement::requirePossible);
            FixedParameter.requireNone(
                    "InstanceMarketOptions", instanceMarketOptions, "every instance is an on-demand one");
            FixedParameter.requireNone("KernelId", kernelId, "instances run the kernel of their host");
            FixedParameter.requireNone("RamdiskId", ramdiskId, "instances run the kernel of their host");
            NetworkInterfaceRequests.requireNoIpv6(ipv6AddressCount, ipv6Address, enablePrimaryIpv6);
        }
    }

    /** {@code NetworkInterface.1}: one that is there, or one that is made with the instance. */
    record InterfaceRequest(
            @Required int deviceIndex,
            Optional<NicId> networkInterfaceId,
            Optional<SubnetId> subnetId,
            Optional<String> description,
            Optional<Boolean> deleteOnTermination,
            Optional<Ipv4> privateIpAddress,
            List<PrivateIpAddressRequest> privateIpAddresses,
            Optional<Integer> secondaryPrivateIpAddressCount,
            List<SecurityGroupId> securityGroupId,
            Optional<Boolean> associatePublicIpAddress,
            Optional<String> interfaceType,
            Optional<Integer> networkCardIndex,
            Optional<Integer> ipv6AddressCount,
            List<Ipv6AddressRequest> ipv6Addresses,
            Optional<Boolean> primaryIpv6) {

        private OrderedNic ordered(Supplier<SubnetId> meant) {
            NetworkInterfaceRequests.requireOrdinary(interfaceType);
            NetworkInterfaceRequests.requireOnlyCard(networkCardIndex);
            NetworkInterfaceRequests.requireNoIpv6(ipv6AddressCount, ipv6Addresses, primaryIpv6);
            return new OrderedNic(
                    deviceIndex,
                    networkInterfaceId,
                    networkInterfaceId.isEmpty() ? subnetId.or(() -> Optional.of(meant.get())) : subnetId,
                    description,
                    deleteOnTermination,
                    NetworkInterfaceRequests.addresses(privateIpAddress, privateIpAddresses),
                    secondaryPrivateIpAddressCount,
                    securityGroupId);
        }
    }

    record DescribeInstancesRequest(
            List<VmId> instanceId,
            List<Filter> filter,
            Optional<Integer> maxResults,
            Optional<String> nextToken,
            Optional<Boolean> includeManagedResources) {

        Ec2Listing.Asked asked() {
            return new Ec2Listing.Asked(Parameter.VM, instanceId, filter, maxResults, nextToken);
        }
    }

    record StartInstancesRequest(@Required List<VmId> instanceId, Optional<String> additionalInfo) {}

    /** An instance stops at once, whether forced or not. */
    record StopInstancesRequest(
            @Required List<VmId> instanceId,
            Optional<Boolean> force,
            Optional<Boolean> skipOsShutdown,
            Optional<Boolean> hibernate) {

        void requirePossible() {
            FixedParameter.requireNot("Hibernate", hibernate, InstanceOptions.NO_HIBERNATION);
        }
    }

    record RebootInstancesRequest(@Required List<VmId> instanceId) {}

    /** An instance goes at once, whether forced or not. */
    record TerminateInstancesRequest(
            @Required List<VmId> instanceId, Optional<Boolean> force, Optional<Boolean> skipOsShutdown) {}
}
