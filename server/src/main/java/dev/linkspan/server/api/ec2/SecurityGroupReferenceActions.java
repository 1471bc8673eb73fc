package dev.linkspan.server.api.ec2;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.operation.PeerReferences;
import dev.linkspan.core.operation.Visible;
import dev.linkspan.core.securitygroup.Flow;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.wording.Verbatim;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.SecurityGroupItem.PermissionItem;
import dev.linkspan.server.api.json.FilterArguments;
import dev.linkspan.server.api.json.Required;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The actions that tell which rules name groups across a peering, and which name what is out of reach (S5). */
public final class SecurityGroupReferenceActions {

    record DescribeSecurityGroupReferencesRequest(@Required List<SecurityGroupId> groupId) {}

    record DescribeStaleSecurityGroupsRequest(
            @Required NetId vpcId, Optional<Integer> maxResults, Optional<String> nextToken) {}

    record ReferencesAnswer(List<ReferenceItem> securityGroupReferenceSet) {}

    record ReferenceItem(SecurityGroupId groupId, NetId referencingVpcId, NetPeeringId vpcPeeringConnectionId) {

        static ReferenceItem of(PeerReferences.Reference reference) {
            return new ReferenceItem(reference.group(), reference.referencing(), reference.peering());
        }
    }

    record StaleItem(
            SecurityGroupId groupId,
            String groupName,
            String description,
            NetId vpcId,
            List<PermissionItem> staleIpPermissions,
            List<PermissionItem> staleIpPermissionsEgress) {

        static StaleItem of(SecurityGroup stale) {
            return new StaleItem(
                    stale.id(),
                    stale.name(),
                    stale.description(),
                    stale.net(),
                    SecurityGroupItem.permissions(stale, Flow.INBOUND),
                    SecurityGroupItem.permissions(stale, Flow.OUTBOUND));
        }
    }

    private static final String NETS = "NetIds";

    private static final Ec2Listing<SecurityGroup> STALE = new Ec2Listing<>(
            "StaleSecurityGroupSet",
            Ec2Listing.all(SecurityGroupReferenceActions::stale, SecurityGroupReferenceActions::position),
            Map.of("vpc-id", NETS),
            SecurityGroupReferenceActions::position,
            SecurityGroup::id,
            Ec2Filters.<SecurityGroup>of().with("vpc-id", SecurityGroup::net),
            (_, group) -> StaleItem.of(group));

    public List<Operation> operations() {
        return List.of(
                Operation.read(
                        "DescribeSecurityGroupReferences",
                        DescribeSecurityGroupReferencesRequest.class,
                        SecurityGroupReferenceActions::describeReferences),
                Operation.read(
                        "DescribeStaleSecurityGroups",
                        DescribeStaleSecurityGroupsRequest.class,
                        SecurityGroupReferenceActions::describeStale));
    }

    private static Object describeReferences(ReadCall call, DescribeSecurityGroupReferencesRequest request) {
        PeerReferences references = new PeerReferences(call.snapshot());
        return new ReferencesAnswer(request.groupId().stream()
                .distinct()
                .map(id -> Visible.securityGroup(call.snapshot(), call.caller(), new Verbatim("GroupId"), id))
                .flatMap(group -> references.to(group).stream())
                .map(ReferenceItem::of)
                .toList());
    }

    private static Object describeStale(ReadCall call, DescribeStaleSecurityGroupsRequest request) {
        Visible.net(call.snapshot(), call.caller(), new Verbatim("VpcId"), request.vpcId());
        Filter ofVpc = new Filter("vpc-id", List.of(request.vpcId().value()));
        return STALE.page(
                call,
                new Ec2Listing.Asked(
                        new Verbatim("GroupId"), List.of(), List.of(ofVpc), request.maxResults(), request.nextToken()));
    }

    /** The groups of the Nets that are asked for, each with its stale rules only; those without any are left out. */
    private static List<SecurityGroup> stale(ReadCall call, FilterArguments filters) {
        PeerReferences references = new PeerReferences(call.snapshot());
        return filters.ids(NETS, NetId.KIND).orElse(List.of()).stream()
                .flatMap(net -> call.snapshot().securityGroups().ofNet(net).stream())
                .map(group -> group.withRules(references.stale(group)))
                .filter(group -> !group.rules().isEmpty())
                .toList();
    }

    private static Position position(SecurityGroup group) {
        return Position.byCreation(group.createdAt(), group.id());
    }
}
