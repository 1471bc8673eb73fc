package dev.linkspan.server.api.resource.vm;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.NewNic;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.ec2.Ec2Listing;
import dev.linkspan.server.api.ec2.Filter;
import dev.linkspan.server.api.ec2.FixedParameter;
import dev.linkspan.server.api.ec2.TagSpecification;
import dev.linkspan.server.api.json.Required;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the actions on network interfaces are asked with. What none can have here is refused. */
final class NetworkInterfaceRequests {

    private NetworkInterfaceRequests() {}

    /** Clients send a token with each try; a second one is made by a second call, whatever the token says. */
    record CreateNetworkInterfaceRequest(
            @Required SubnetId subnetId,
            Optional<String> description,
            Optional<Ipv4> privateIpAddress,
            List<PrivateIpAddressRequest> privateIpAddresses,
            Optional<Integer> secondaryPrivateIpAddressCount,
            List<SecurityGroupId> securityGroupId,
            Optional<String> interfaceType,
            Optional<Integer> ipv6AddressCount,
            List<Ipv6AddressRequest> ipv6Addresses,
            Optional<Boolean> enablePrimaryIpv6,
            Optional<String> clientToken,
            List<TagSpecification> tagSpecification) {

        NewNic nic() {
            requireOrdinary(interfaceType);
            requireNoIpv6(ipv6AddressCount, ipv6Addresses, enablePrimaryIpv6);
            return new NewNic(
                    subnetId,
                    OrderedAddress.choice(
                            addresses(privateIpAddress, privateIpAddresses), secondaryPrivateIpAddressCount),
                    securityGroupId,
                    List.of(),
                    description.orElse(""));
        }
    }

    record PrivateIpAddressRequest(@Required Ipv4 privateIpAddress, Optional<Boolean> primary) {}

    record Ipv6AddressRequest(Optional<String> ipv6Address, Optional<Boolean> isPrimaryIpv6) {}

    record DescribeNetworkInterfacesRequest(
            List<NicId> networkInterfaceId,
            List<Filter> filter,
            Optional<Integer> maxResults,
            Optional<String> nextToken,
            Optional<Boolean> includeManagedResources) {

        Ec2Listing.Asked asked() {
            return new Ec2Listing.Asked(Parameter.NIC, networkInterfaceId, filter, maxResults, nextToken);
        }
    }

    record AttachNetworkInterfaceRequest(
            @Required NicId networkInterfaceId,
            @Required VmId instanceId,
            @Required int deviceIndex,
            Optional<Integer> networkCardIndex) {}

    record DetachNetworkInterfaceRequest(@Required NicLinkId attachmentId, Optional<Boolean> force) {}

    record DeleteNetworkInterfaceRequest(@Required NicId networkInterfaceId) {}

    record AssignPrivateIpAddressesRequest(
            @Required NicId networkInterfaceId,
            List<Ipv4> privateIpAddress,
            Optional<Integer> secondaryPrivateIpAddressCount,
            Optional<Boolean> allowReassignment) {}

    record UnassignPrivateIpAddressesRequest(
            @Required NicId networkInterfaceId, @Required List<Ipv4> privateIpAddress) {}

    /** The addresses that a new one is to have: EC2 names the primary one by itself, or marks it among all. */
    static List<OrderedAddress> addresses(Optional<Ipv4> primary, List<PrivateIpAddressRequest> others) {
        List<OrderedAddress> addresses = new ArrayList<>();
        primary.ifPresent(ip -> addresses.add(new OrderedAddress(ip, true)));
        others.forEach(it -> addresses.add(
                new OrderedAddress(it.privateIpAddress(), it.primary().orElse(false))));
        return addresses;
    }

    static void requireOrdinary(Optional<String> interfaceType) {
        FixedParameter.requireOnly(
                "InterfaceType",
                interfaceType,
                DescribedNic.TYPE,
                "%s is the only type that can be made".formatted(DescribedNic.TYPE));
    }

    static void requireOnlyCard(Optional<Integer> networkCardIndex) {
        FixedParameter.requireOnly("NetworkCardIndex", networkCardIndex, 0, "an instance has one network card, 0");
    }

    static void requireNoIpv6(
            Optional<Integer> count, List<Ipv6AddressRequest> addresses, Optional<Boolean> enablePrimary) {
        String why = "VPCs have no IPv6 addresses";
        FixedParameter.requireOnly("Ipv6AddressCount", count, 0, why);
        FixedParameter.requireNone("Ipv6Address", addresses.stream().findFirst(), why);
        FixedParameter.requireNot("EnablePrimaryIpv6", enablePrimary, why);
    }
}
