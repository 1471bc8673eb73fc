package dev.linkspan.server.api.resource.networkacl;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetworkAclAssociationId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.networkacl.NetworkAcl;
import dev.linkspan.core.networkacl.NetworkAclAssociation;
import dev.linkspan.core.operation.NetworkAcls;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.Done;
import dev.linkspan.server.api.ec2.Ec2Listing;
import dev.linkspan.server.api.ec2.Filter;
import dev.linkspan.server.api.ec2.TagSpecification;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.resource.networkacl.NetworkAclListing.DescribedAcl;
import java.util.List;
import java.util.Optional;

/** The actions on network ACLs, on their entries, and on which one stands at a Subnet's border (rules N). */
public final class NetworkAclActions {

    /** @param clientToken by which a call that is repeated makes no second ACL */
    record CreateNetworkAclRequest(
            @Required NetId vpcId, Optional<String> clientToken, List<TagSpecification> tagSpecification) {}

    record DeleteNetworkAclRequest(@Required NetworkAclId networkAclId) {}

    record DeleteNetworkAclEntryRequest(
            @Required NetworkAclId networkAclId,
            @Required Integer ruleNumber,
            @Required Boolean egress) {}

    record ReplaceNetworkAclAssociationRequest(
            @Required NetworkAclAssociationId associationId,
            @Required NetworkAclId networkAclId) {}

    record DescribeNetworkAclsRequest(
            List<NetworkAclId> networkAclId,
            List<Filter> filter,
            Optional<Integer> maxResults,
            Optional<String> nextToken) {}

    record Answer(NetworkAclItem networkAcl, Optional<String> clientToken) {}

    record NewAssociationAnswer(NetworkAclAssociationId newAssociationId) {}

    private static final Ec2Listing<DescribedAcl> LISTING =
            new Ec2Listing<>("NetworkAclSet", NetworkAclListing.ACLS, NetworkAclListing.ID, NetworkAclItem::of);

    private final NetworkAcls acls;
    private final Tags tags;

    public NetworkAclActions(NetworkAcls acls, Tags tags) {
        this.acls = acls;
        this.tags = tags;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change("CreateNetworkAcl", CreateNetworkAclRequest.class, this::create),
                Operation.change("DeleteNetworkAcl", DeleteNetworkAclRequest.class, this::delete),
                Operation.change("CreateNetworkAclEntry", AclEntryRequest.class, this::createEntry),
                Operation.change("ReplaceNetworkAclEntry", AclEntryRequest.class, this::replaceEntry),
                Operation.change("DeleteNetworkAclEntry", DeleteNetworkAclEntryRequest.class, this::deleteEntry),
                Operation.change(
                        "ReplaceNetworkAclAssociation",
                        ReplaceNetworkAclAssociationRequest.class,
                        this::replaceAssociation),
                Operation.read("DescribeNetworkAcls", DescribeNetworkAclsRequest.class, NetworkAclActions::describe));
    }

    private Object create(ChangeCall call, CreateNetworkAclRequest request) {
        NetworkAcl acl = acls.create(call.work(), call.caller(), request.vpcId(), request.clientToken());
        TagSpecification.apply(call, tags, request.tagSpecification(), "network-acl", acl.id());
        return new Answer(NetworkAclItem.of(call, DescribedAcl.of(call.snapshot(), acl)), request.clientToken());
    }

    private Object delete(ChangeCall call, DeleteNetworkAclRequest request) {
        acls.delete(call.work(), call.caller(), request.networkAclId());
        return Done.IT_IS;
    }

    private Object createEntry(ChangeCall call, AclEntryRequest request) {
        acls.createEntry(call.work(), call.caller(), request.networkAclId(), request.entry());
        return Done.IT_IS;
    }

    private Object replaceEntry(ChangeCall call, AclEntryRequest request) {
        acls.replaceEntry(call.work(), call.caller(), request.networkAclId(), request.entry());
        return Done.IT_IS;
    }

    private Object deleteEntry(ChangeCall call, DeleteNetworkAclEntryRequest request) {
        acls.deleteEntry(
                call.work(),
                call.caller(),
                request.networkAclId(),
                AclEntryRequest.direction(request.egress()),
                request.ruleNumber());
        return Done.IT_IS;
    }

    private Object replaceAssociation(ChangeCall call, ReplaceNetworkAclAssociationRequest request) {
        NetworkAclAssociation association =
                acls.replaceAssociation(call.work(), call.caller(), request.associationId(), request.networkAclId());
        return new NewAssociationAnswer(association.id());
    }

    private static Object describe(ReadCall call, DescribeNetworkAclsRequest request) {
        return LISTING.page(
                call,
                new Ec2Listing.Asked(
                        Parameter.NETWORK_ACL,
                        request.networkAclId(),
                        request.filter(),
                        request.maxResults(),
                        request.nextToken()));
    }
}
