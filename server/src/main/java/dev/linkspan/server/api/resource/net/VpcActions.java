package dev.linkspan.server.api.resource.net;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.NetAttribute;
import dev.linkspan.core.operation.DefaultNets;
import dev.linkspan.core.operation.Nets;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.operation.Visible;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.core.wording.Verbatim;
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
import dev.linkspan.server.api.json.CanonicalCidr;
import dev.linkspan.server.api.json.Required;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The actions on VPCs: Nets. */
public final class VpcActions {

    record CreateVpcRequest(
            @Required CanonicalCidr cidrBlock,
            Optional<String> instanceTenancy,
            Optional<Boolean> amazonProvidedIpv6CidrBlock,
            Optional<String> ipv6CidrBlock,
            Optional<String> ipv6CidrBlockNetworkBorderGroup,
            Optional<String> ipv6IpamPoolId,
            Optional<Integer> ipv6NetmaskLength,
            Optional<String> ipv6Pool,
            List<TagSpecification> tagSpecification) {

        void requirePossible() {
            FixedParameter.requireNot(
                    "AmazonProvidedIpv6CidrBlock", amazonProvidedIpv6CidrBlock, FixedParameter.NO_IPV6);
            FixedParameter.requireNone("Ipv6CidrBlock", ipv6CidrBlock, FixedParameter.NO_IPV6);
            FixedParameter.requireNone(
                    "Ipv6CidrBlockNetworkBorderGroup", ipv6CidrBlockNetworkBorderGroup, FixedParameter.NO_IPV6);
            FixedParameter.requireNone("Ipv6IpamPoolId", ipv6IpamPoolId, FixedParameter.NO_IPV6);
            FixedParameter.requireNone("Ipv6NetmaskLength", ipv6NetmaskLength, FixedParameter.NO_IPV6);
            FixedParameter.requireNone("Ipv6Pool", ipv6Pool, FixedParameter.NO_IPV6);
        }
    }

    record DeleteVpcRequest(@Required NetId vpcId) {}

    record DescribeVpcsRequest(
            List<NetId> vpcId, List<Filter> filter, Optional<Integer> maxResults, Optional<String> nextToken) {}

    record DescribeVpcAttributeRequest(
            @Required NetId vpcId, @Required String attribute) {}

    /** Exactly one of the three, as EC2 has it. */
    record ModifyVpcAttributeRequest(
            @Required NetId vpcId,
            Optional<AttributeValue.FlagRequest> enableDnsSupport,
            Optional<AttributeValue.FlagRequest> enableDnsHostnames,
            Optional<AttributeValue.FlagRequest> enableNetworkAddressUsageMetrics) {

        Map<NetAttribute, AttributeValue.FlagRequest> wanted() {
            Map<NetAttribute, AttributeValue.FlagRequest> wanted = new EnumMap<>(NetAttribute.class);
            enableDnsSupport.ifPresent(flag -> wanted.put(NetAttribute.DNS_SUPPORT, flag));
            enableDnsHostnames.ifPresent(flag -> wanted.put(NetAttribute.DNS_HOSTNAMES, flag));
            enableNetworkAddressUsageMetrics.ifPresent(flag -> wanted.put(NetAttribute.ADDRESS_USAGE_METRICS, flag));
            return wanted;
        }
    }

    record Answer(Vpc vpc) {}

    record Vpc(
            NetId vpcId,
            AccountId ownerId,
            String state,
            Cidr cidrBlock,
            List<CidrAssociation> cidrBlockAssociationSet,
            List<CidrAssociation> ipv6CidrBlockAssociationSet,
            DhcpOptionsSetId dhcpOptionsId,
            String instanceTenancy,
            boolean isDefault,
            List<TagItem> tagSet) {}

    record CidrAssociation(Cidr cidrBlock, String associationId, CidrState cidrBlockState) {}

    record CidrState(String state) {}

    record Flag(boolean value) {}

    /** Recorded for clients: nothing here resolves names or measures the use of addresses. */
    private static final Map<String, NetAttribute> ATTRIBUTES = Map.of(
            "enableDnsSupport", NetAttribute.DNS_SUPPORT,
            "enableDnsHostnames", NetAttribute.DNS_HOSTNAMES,
            "enableNetworkAddressUsageMetrics", NetAttribute.ADDRESS_USAGE_METRICS);

    private static final Ec2Listing<Net> LISTING =
            new Ec2Listing<>("VpcSet", NetListing.NETS, NetListing.ID, VpcActions::vpc);

    private final Nets nets;
    private final DefaultNets defaults;
    private final Tags tags;

    public VpcActions(Nets nets, DefaultNets defaults, Tags tags) {
        this.nets = nets;
        this.defaults = defaults;
        this.tags = tags;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change("CreateVpc", CreateVpcRequest.class, this::create),
                Operation.change("CreateDefaultVpc", Operation.Nothing.class, (call, _) -> createDefault(call)),
                Operation.change("DeleteVpc", DeleteVpcRequest.class, this::delete),
                Operation.change("ModifyVpcAttribute", ModifyVpcAttributeRequest.class, this::modifyAttribute),
                Operation.read("DescribeVpcs", DescribeVpcsRequest.class, VpcActions::describe),
                Operation.read(
                        "DescribeVpcAttribute", DescribeVpcAttributeRequest.class, VpcActions::describeAttribute));
    }

    private Object create(ChangeCall call, CreateVpcRequest request) {
        request.requirePossible();
        String tenancy = request.instanceTenancy().orElse(Nets.DEFAULT_TENANCY);
        Net net = nets.create(call.work(), call.caller(), request.cidrBlock().range(), tenancy);
        TagSpecification.apply(call, tags, request.tagSpecification(), "vpc", net.id());
        return new Answer(vpc(call, net));
    }

    private Object createDefault(ChangeCall call) {
        return new Answer(vpc(call, defaults.create(call.work(), call.caller())));
    }

    private Object delete(ChangeCall call, DeleteVpcRequest request) {
        nets.delete(call.work(), call.caller(), request.vpcId());
        return Done.IT_IS;
    }

    private static Object describe(ReadCall call, DescribeVpcsRequest request) {
        return LISTING.page(
                call,
                new Ec2Listing.Asked(
                        Parameter.NET, request.vpcId(), request.filter(), request.maxResults(), request.nextToken()));
    }

    private static Object describeAttribute(ReadCall call, DescribeVpcAttributeRequest request) {
        Net net = Visible.net(call.snapshot(), call.caller(), new Verbatim("VpcId"), request.vpcId());
        NetAttribute attribute = ATTRIBUTES.get(request.attribute());
        if (attribute == null) {
            throw Refusal.badValue(
                    "Attribute",
                    request.attribute(),
                    "one of %s is expected",
                    String.join(", ", ATTRIBUTES.keySet().stream().sorted().toList()));
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("VpcId", net.id());
        answer.put(request.attribute(), new Flag(net.attributes().contains(attribute)));
        return answer;
    }

    private Object modifyAttribute(ChangeCall call, ModifyVpcAttributeRequest request) {
        Map<NetAttribute, AttributeValue.FlagRequest> wanted = request.wanted();
        if (wanted.isEmpty()) {
            throw new Refusal(
                    RefusalCode.MISSING_PARAMETER,
                    "One of EnableDnsSupport.Value, EnableDnsHostnames.Value and EnableNetworkAddressUsageMetrics.Value is required.");
        }
        if (wanted.size() > 1) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION,
                    "A request changes one attribute of a VPC, and this one has %d.",
                    wanted.size());
        }
        wanted.forEach((attribute, flag) ->
                nets.setAttribute(call.work(), call.caller(), request.vpcId(), attribute, flag.value()));
        return Done.IT_IS;
    }

    private static Vpc vpc(Call call, Net net) {
        return new Vpc(
                net.id(),
                net.owner(),
                NetListing.STATE,
                net.range(),
                List.of(new CidrAssociation(
                        net.range(), NetListing.rangeAssociation(net), new CidrState(NetListing.RANGE_STATE))),
                List.of(),
                net.dhcpOptions(),
                net.tenancy(),
                net.isDefault(),
                TagItem.of(call, net.id()));
    }
}
