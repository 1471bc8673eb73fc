package dev.linkspan.server.api.resource.absent;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.ec2.Filter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Describe actions for what nobody can have here: they answer that there is nothing, as clients expect them to. */
public final class AbsentActions {

    /** Whatever is asked for, none of it is there; an id that is asked for by name is not found. */
    record DescribeRequest(
            List<Filter> filter,
            Optional<Integer> maxResults,
            Optional<String> nextToken,
            List<String> customerGatewayId,
            List<String> egressOnlyInternetGatewayId,
            List<String> flowLogId,
            List<String> prefixListId,
            List<String> serviceName,
            List<String> snapshotId,
            List<String> owner,
            List<String> restorableBy,
            List<String> transitGatewayAttachmentIds,
            List<String> transitGatewayIds,
            List<String> vpcEndpointId,
            List<String> vpnConnectionId,
            List<String> vpnGatewayId) {

        Optional<String> firstNamed() {
            return Stream.of(
                            customerGatewayId,
                            egressOnlyInternetGatewayId,
                            flowLogId,
                            prefixListId,
                            serviceName,
                            snapshotId,
                            transitGatewayAttachmentIds,
                            transitGatewayIds,
                            vpcEndpointId,
                            vpnConnectionId,
                            vpnGatewayId)
                    .flatMap(List::stream)
                    .findFirst();
        }
    }

    /** What the list is called in the answer, by the action that describes it. */
    private static final Map<String, String> LISTS = Map.ofEntries(
            Map.entry("DescribeCustomerGateways", "CustomerGatewaySet"),
            Map.entry("DescribeEgressOnlyInternetGateways", "EgressOnlyInternetGatewaySet"),
            Map.entry("DescribeFlowLogs", "FlowLogSet"),
            Map.entry("DescribeManagedPrefixLists", "PrefixListSet"),
            Map.entry("DescribePrefixLists", "PrefixListSet"),
            Map.entry("DescribeSnapshots", "SnapshotSet"),
            Map.entry("DescribeTransitGatewayAttachments", "TransitGatewayAttachments"),
            Map.entry("DescribeTransitGatewayVpcAttachments", "TransitGatewayVpcAttachments"),
            Map.entry("DescribeTransitGateways", "TransitGatewaySet"),
            Map.entry("DescribeVpcEndpointServices", "ServiceNameSet"),
            Map.entry("DescribeVpcEndpoints", "VpcEndpointSet"),
            Map.entry("DescribeVpnConnections", "VpnConnectionSet"),
            Map.entry("DescribeVpnGateways", "VpnGatewaySet"));

    public List<Operation> operations() {
        return LISTS.entrySet().stream()
                .map(list -> Operation.read(
                        list.getKey(), DescribeRequest.class, (_, request) -> nothing(list.getValue(), request)))
                .toList();
    }

    private static Object nothing(String list, DescribeRequest request) {
        request.firstNamed().ifPresent(named -> {
            throw new Refusal(RefusalCode.BAD_VALUE, "'%s' does not exist.", named);
        });
        return Map.of(list, List.of());
    }
}
