package dev.linkspan.server.api.resource.subnet;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.operation.DefaultNets;
import dev.linkspan.core.operation.Subnets;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.operation.Visible;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.Arns;
import dev.linkspan.server.api.ec2.AttributeValue;
import dev.linkspan.server.api.ec2.Done;
import dev.linkspan.server.api.ec2.Ec2Listing;
import dev.linkspan.server.api.ec2.Filter;
import dev.linkspan.server.api.ec2.FixedParameter;
import dev.linkspan.server.api.ec2.TagItem;
import dev.linkspan.server.api.ec2.TagSpecification;
import dev.linkspan.server.api.ec2.ZoneIds;
import dev.linkspan.server.api.json.CanonicalCidr;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.resource.subnet.SubnetListing.SeenSubnet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The actions on Subnets. */
public final class SubnetActions {

    record CreateSubnetRequest(
            @Required NetId vpcId,
            @Required CanonicalCidr cidrBlock,
            Optional<SubregionName> availabilityZone,
            Optional<String> availabilityZoneId,
            Optional<String> ipv6CidrBlock,
            Optional<String> ipv6IpamPoolId,
            Optional<Boolean> ipv6Native,
            Optional<Integer> ipv6NetmaskLength,
            List<TagSpecification> tagSpecification) {

        void requirePossible() {
            if (availabilityZone.isPresent() && availabilityZoneId.isPresent()) {
                throw new Refusal(
                        RefusalCode.PARAMETER_COMBINATION,
                        "AvailabilityZone and AvailabilityZoneId cannot be given together.");
            }
            FixedParameter.requireNone("Ipv6CidrBlock", ipv6CidrBlock, FixedParameter.NO_IPV6);
            FixedParameter.requireNone("Ipv6IpamPoolId", ipv6IpamPoolId, FixedParameter.NO_IPV6);
            FixedParameter.requireNot("Ipv6Native", ipv6Native, FixedParameter.NO_IPV6);
            FixedParameter.requireNone("Ipv6NetmaskLength", ipv6NetmaskLength, FixedParameter.NO_IPV6);
        }

        Optional<SubregionName> zone(RegionName region) {
            return ZoneIds.meant(region, availabilityZone, availabilityZoneId);
        }
    }

    record DeleteSubnetRequest(@Required SubnetId subnetId) {}

    record ModifySubnetAttributeRequest(
            @Required SubnetId subnetId,
            Optional<AttributeValue.FlagRequest> mapPublicIpOnLaunch,
            Optional<AttributeValue.FlagRequest> assignIpv6AddressOnCreation,
            Optional<AttributeValue.FlagRequest> enableDns64,
            Optional<AttributeValue.FlagRequest> enableResourceNameDnsARecordOnLaunch,
            Optional<AttributeValue.FlagRequest> enableResourceNameDnsAAAARecordOnLaunch,
            Optional<AttributeValue.FlagRequest> mapCustomerOwnedIpOnLaunch,
            Optional<String> privateDnsHostnameTypeOnLaunch) {

        void requirePossible() {
            long given = Stream.of(
                            mapPublicIpOnLaunch,
                            assignIpv6AddressOnCreation,
                            enableDns64,
                            enableResourceNameDnsARecordOnLaunch,
                            enableResourceNameDnsAAAARecordOnLaunch,
                            mapCustomerOwnedIpOnLaunch,
                            privateDnsHostnameTypeOnLaunch)
                    .filter(Optional::isPresent)
                    .count();
            AttributeValue.requireOne(given, "MapPublicIpOnLaunch.Value and those that can only be false");
            requireNot("AssignIpv6AddressOnCreation", assignIpv6AddressOnCreation, FixedParameter.NO_IPV6);
            requireNot("EnableDns64", enableDns64, FixedParameter.NO_IPV6);
            requireNot("EnableResourceNameDnsARecordOnLaunch", enableResourceNameDnsARecordOnLaunch, NO_DNS);
            requireNot("EnableResourceNameDnsAAAARecordOnLaunch", enableResourceNameDnsAAAARecordOnLaunch, NO_DNS);
            requireNot("MapCustomerOwnedIpOnLaunch", mapCustomerOwnedIpOnLaunch, "there are no pools of customers");
            FixedParameter.requireOnly(
                    "PrivateDnsHostnameTypeOnLaunch",
                    privateDnsHostnameTypeOnLaunch,
                    SubnetListing.HOSTNAME_TYPE,
                    "instances are named by their addresses");
        }

        private static void requireNot(String attribute, Optional<AttributeValue.FlagRequest> asked, String why) {
            FixedParameter.requireNot(attribute + ".Value", asked.map(AttributeValue.FlagRequest::value), why);
        }
    }

    record DescribeSubnetsRequest(
            List<SubnetId> subnetId, List<Filter> filter, Optional<Integer> maxResults, Optional<String> nextToken) {}

    record Answer(SubnetItem subnet) {}

    record SubnetItem(
            SubnetId subnetId,
            String subnetArn,
            String state,
            NetId vpcId,
            AccountId ownerId,
            Cidr cidrBlock,
            long availableIpAddressCount,
            SubregionName availabilityZone,
            String availabilityZoneId,
            boolean defaultForAz,
            boolean mapPublicIpOnLaunch,
            boolean assignIpv6AddressOnCreation,
            boolean enableDns64,
            boolean ipv6Native,
            boolean mapCustomerOwnedIpOnLaunch,
            List<String> ipv6CidrBlockAssociationSet,
            PrivateDnsNames privateDnsNameOptionsOnLaunch,
            List<TagItem> tagSet) {}

    record PrivateDnsNames(
            String hostnameType, boolean enableResourceNameDnsARecord, boolean enableResourceNameDnsAAAARecord) {

        static final PrivateDnsNames NONE = new PrivateDnsNames(SubnetListing.HOSTNAME_TYPE, false, false);
    }

    private static final String NO_DNS = "no names are kept in a DNS";

    record CreateDefaultSubnetRequest(
            Optional<SubregionName> availabilityZone,
            Optional<String> availabilityZoneId,
            Optional<Boolean> ipv6Native) {

        void requirePossible() {
            FixedParameter.requireNot("Ipv6Native", ipv6Native, FixedParameter.NO_IPV6);
        }

        SubregionName zone(RegionName region) {
            return ZoneIds.require(region, availabilityZone, availabilityZoneId);
        }
    }

    private static final Ec2Listing<SeenSubnet> LISTING = new Ec2Listing<>(
            "SubnetSet", SubnetListing.SUBNETS, SubnetListing.ID, (call, seen) -> item(call, seen.subnet()));

    private final Subnets subnets;
    private final DefaultNets defaults;
    private final Tags tags;

    public SubnetActions(Subnets subnets, DefaultNets defaults, Tags tags) {
        this.subnets = subnets;
        this.defaults = defaults;
        this.tags = tags;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change("CreateSubnet", CreateSubnetRequest.class, this::create),
                Operation.change("CreateDefaultSubnet", CreateDefaultSubnetRequest.class, this::createDefault),
                Operation.change("DeleteSubnet", DeleteSubnetRequest.class, this::delete),
                Operation.change("ModifySubnetAttribute", ModifySubnetAttributeRequest.class, this::modify),
                Operation.read("DescribeSubnets", DescribeSubnetsRequest.class, SubnetActions::describe));
    }

    private Object create(ChangeCall call, CreateSubnetRequest request) {
        request.requirePossible();
        Subnet subnet = subnets.create(
                call.work(),
                call.caller(),
                request.vpcId(),
                request.cidrBlock().range(),
                request.zone(call.snapshot().region()));
        TagSpecification.apply(call, tags, request.tagSpecification(), "subnet", subnet.id());
        return new Answer(item(call, subnet));
    }

    private Object createDefault(ChangeCall call, CreateDefaultSubnetRequest request) {
        request.requirePossible();
        SubregionName zone = request.zone(call.snapshot().region());
        return new Answer(item(call, defaults.createSubnet(call.work(), call.caller(), zone)));
    }

    private Object delete(ChangeCall call, DeleteSubnetRequest request) {
        subnets.delete(call.work(), call.caller(), request.subnetId());
        return Done.IT_IS;
    }

    private Object modify(ChangeCall call, ModifySubnetAttributeRequest request) {
        request.requirePossible();
        Subnet subnet = Visible.subnet(call.snapshot(), call.caller(), Parameter.SUBNET, request.subnetId());
        request.mapPublicIpOnLaunch()
                .ifPresent(wanted -> subnets.update(call.work(), call.caller(), subnet.id(), wanted.value()));
        return Done.IT_IS;
    }

    private static Object describe(ReadCall call, DescribeSubnetsRequest request) {
        return LISTING.page(
                call,
                new Ec2Listing.Asked(
                        Parameter.SUBNET,
                        request.subnetId(),
                        request.filter(),
                        request.maxResults(),
                        request.nextToken()));
    }

    private static SubnetItem item(Call call, Subnet subnet) {
        return new SubnetItem(
                subnet.id(),
                Arns.of(call.snapshot().region(), subnet.owner(), subnet.id()),
                SubnetListing.STATE,
                subnet.net(),
                subnet.owner(),
                subnet.range(),
                Subnets.availableAddresses(call.snapshot(), subnet),
                subnet.subregion(),
                ZoneIds.of(subnet.subregion()),
                subnet.isDefault(),
                subnet.mapPublicIpOnLaunch(),
                false,
                false,
                false,
                false,
                List.of(),
                PrivateDnsNames.NONE,
                TagItem.of(call, subnet.id()));
    }
}
