package dev.linkspan.server.api.resource.securitygroup;

import static dev.linkspan.server.api.listing.Names.ec2;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.operation.PeerReferences;
import dev.linkspan.core.operation.Visible;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.wording.Verbatim;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.Ec2Listing;
import dev.linkspan.server.api.ec2.Filter;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import dev.linkspan.server.api.resource.securitygroup.SecurityGroupItem.PermissionItem;
import java.util.List;
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

        static StaleItem of(Call call, SecurityGroup stale) {
            return new StaleItem(
                    stale.id(),
                    stale.name(),
                    stale.description(),
                    stale.net(),
                    SecurityGroupItem.permissions(call, stale, Direction.INBOUND),
                    SecurityGroupItem.permissions(call, stale, Direction.OUTBOUND));
        }
    }

    private static final Field<SecurityGroup, NetId> NET = Field.id(ec2("vpc-id"), NetId.KIND, SecurityGroup::net);

    private static final Ec2Listing<SecurityGroup> STALE = new Ec2Listing<>(
            "StaleSecurityGroupSet",
            Listing.whole(
                    Fields.<SecurityGroup>of().with(NET),
                    SecurityGroupReferenceActions::stale,
                    group -> Position.byCreation(group.createdAt(), group.id())),
            Field.id(ec2("group-id"), SecurityGroupId.KIND, SecurityGroup::id),
            StaleItem::of);

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
    private static List<SecurityGroup> stale(ReadCall call, Criteria<SecurityGroup> criteria) {
        PeerReferences references = new PeerReferences(call.snapshot());
        return criteria.named(NET).orElse(List.of()).stream()
                .flatMap(net -> call.snapshot().securityGroups().ofNet(net).stream())
                .map(group -> group.withRules(references.stale(group)))
                .filter(group -> !group.rules().isEmpty())
                .toList();
    }
}
