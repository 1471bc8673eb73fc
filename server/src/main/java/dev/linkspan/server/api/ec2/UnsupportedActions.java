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
    private static final String IPV6 = "VPCs have one range of IPv4 addresses here, which CreateVpc gives them";

    private static final Map<String, String> REASONS = Stream.of(
                    because(EXITS, "CreateEgressOnlyInternetGateway"),
                    because(
                            ONE_ADDRESS,
                            "AssociateNatGatewayAddress",
                            "DisassociateNatGatewayAddress",
                            "AssignPrivateNatGatewayAddress",
                            "UnassignPrivateNatGatewayAddress"),
                    because(ENDPOINTS, "CreateVpcEndpoint", "ModifyVpcEndpoint", "DeleteVpcEndpoints"),
                    because(IPV6, "AssociateVpcCidrBlock", "DisassociateVpcCidrBlock", "AssociateSubnetCidrBlock"))
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
