package dev.linkspan.server.api.ec2;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What to say of actions that clients ask for and that nothing here can do: what there is instead. */
final class UnsupportedActions {

    private static final String EXITS =
            "there are no addresses of IPv6 here: routes lead to peering connections, internet gateways, NAT gateways and network interfaces";
    private static final String ONE_ADDRESS =
            "a NAT gateway has the one address here with which it was made, and another one is made for another address";
    private static final String ENDPOINTS = "there are no services to make endpoints for here";
    /** In the words by which clients tell a Region without ClassicLink from a failure. */
    private static final String CLASSIC_LINK = "The functionality you requested is not available in this region";

    private static final String VPN =
            "there is no VPN here: VPCs are peered, or reach what is outside by their gateways";
    private static final String TRANSIT = "there are no transit gateways here: VPCs are peered with one another";
    private static final String PREFIX_LISTS = "there are no lists of prefixes here: rules and routes name ranges";
    private static final String FLOW_LOGS = "flows are not logged here";
    private static final String IPV6 =
            "VPCs have one range of IPv4 addresses here, which CreateVpc gives them, and no IPv6";

    private static final Map<String, String> REASONS = Stream.of(
                    because(EXITS, "CreateEgressOnlyInternetGateway"),
                    because(
                            ONE_ADDRESS,
                            "AssociateNatGatewayAddress",
                            "DisassociateNatGatewayAddress",
                            "AssignPrivateNatGatewayAddress",
                            "UnassignPrivateNatGatewayAddress"),
                    because(ENDPOINTS, "CreateVpcEndpoint", "ModifyVpcEndpoint", "DeleteVpcEndpoints"),
                    because(
                            CLASSIC_LINK,
                            "DescribeVpcClassicLink",
                            "DescribeVpcClassicLinkDnsSupport",
                            "EnableVpcClassicLink",
                            "DisableVpcClassicLink",
                            "EnableVpcClassicLinkDnsSupport",
                            "DisableVpcClassicLinkDnsSupport"),
                    because(
                            VPN,
                            "CreateVpnGateway",
                            "AttachVpnGateway",
                            "CreateVpnConnection",
                            "CreateCustomerGateway"),
                    because(TRANSIT, "CreateTransitGateway", "CreateTransitGatewayVpcAttachment"),
                    because(PREFIX_LISTS, "CreateManagedPrefixList", "ModifyManagedPrefixList"),
                    because(FLOW_LOGS, "CreateFlowLogs"),
                    because(
                            IPV6,
                            "AssociateVpcCidrBlock",
                            "DisassociateVpcCidrBlock",
                            "AssociateSubnetCidrBlock",
                            "DisassociateSubnetCidrBlock",
                            "AssignIpv6Addresses",
                            "UnassignIpv6Addresses"))
            .flatMap(reason -> reason.entrySet().stream())
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private UnsupportedActions() {}

    private static Map<String, String> because(String reason, String... actions) {
        return Stream.of(actions).collect(Collectors.toMap(action -> action, _ -> reason));
    }

    /** Why nothing here does this action, as the end of a sentence. */
    static Optional<String> reason(String action) {
        return Optional.ofNullable(REASONS.get(action));
    }
}
