package dev.linkspan.server.api.resource.subnet;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.operation.DefaultNets;
import dev.linkspan.core.operation.Subnets;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.AttributeValue;
import dev.linkspan.server.api.ec2.Done;
import dev.linkspan.server.api.ec2.Ec2Listing;
import dev.linkspan.server.api.ec2.Filter;
import dev.linkspan.server.api.ec2.FixedParameter;
import dev.linkspan.server.api.ec2.TagItem;
import dev.linkspan.server.api.ec2.TagSpecification;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.resource.subnet.SubnetListing.SeenSubnet;
import java.util.List;
import java.util.Optional;

/** The actions on Subnets. */
public final class SubnetActions {

    record CreateSubnetRequest(
            @Required NetId vpcId,
            @Required Cidr cidrBlock,
            Optional<SubregionName> availabilityZone,
            Optional<String> availabilityZoneId,
            List<TagSpecification> tagSpecification) {}

    record DeleteSubnetRequest(@Required SubnetId subnetId) {}

    record ModifySubnetAttributeRequest(
            @Required SubnetId subnetId, Optional<AttributeValue.FlagRequest> mapPublicIpOnLaunch) {}

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
            List<TagItem> tagSet) {}

    record CreateDefaultSubnetRequest(
            Optional<SubregionName> availabilityZone,
            Optional<SubregionName> availabilityZoneId,
            Optional<Boolean> ipv6Native) {

        private void requireIpv4() {
            FixedParameter.requireNot("Ipv6Native", ipv6Native, "addresses here are of IPv4 alone, not of IPv6");
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

    /** A zone's id is its name: they are the same for every account. */
    private Object create(ChangeCall call, CreateSubnetRequest request) {
        if (request.availabilityZone().isPresent()
                && request.availabilityZoneId().isPresent()) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION,
                    "AvailabilityZone and AvailabilityZoneId cannot be given together.");
        }
        Optional<SubregionName> zone =
                request.availabilityZone().or(() -> request.availabilityZoneId().map(SubregionName::new));
        Subnet subnet = subnets.create(call.work(), call.caller(), request.vpcId(), request.cidrBlock(), zone);
        TagSpecification.apply(call, tags, request.tagSpecification(), "subnet", subnet.id());
        return new Answer(item(call, subnet));
    }

    private Object createDefault(ChangeCall call, CreateDefaultSubnetRequest request) {
        request.requireIpv4();
        SubregionName zone = request.availabilityZone()
                .or(request::availabilityZoneId)
                .orElseThrow(() -> new Refusal(
                        RefusalCode.MISSING_PARAMETER, "The request must contain the parameter AvailabilityZone."));
        return new Answer(item(call, defaults.createSubnet(call.work(), call.caller(), zone)));
    }

    private Object delete(ChangeCall call, DeleteSubnetRequest request) {
        subnets.delete(call.work(), call.caller(), request.subnetId());
        return Done.IT_IS;
    }

    private Object modify(ChangeCall call, ModifySubnetAttributeRequest request) {
        AttributeValue.FlagRequest wanted = request.mapPublicIpOnLaunch()
                .orElseThrow(() -> new Refusal(
                        RefusalCode.MISSING_PARAMETER,
                        "MapPublicIpOnLaunch.Value is required: it is the attribute that can be changed here."));
        subnets.update(call.work(), call.caller(), request.subnetId(), wanted.value());
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
                "arn:aws:ec2:%s:%s:subnet/%s".formatted(call.snapshot().region(), subnet.owner(), subnet.id()),
                SubnetListing.STATE,
                subnet.net(),
                subnet.owner(),
                subnet.range(),
                Subnets.availableAddresses(call.snapshot(), subnet),
                subnet.subregion(),
                subnet.subregion().value(),
                subnet.isDefault(),
                subnet.mapPublicIpOnLaunch(),
                false,
                TagItem.of(call, subnet.id()));
    }
}
