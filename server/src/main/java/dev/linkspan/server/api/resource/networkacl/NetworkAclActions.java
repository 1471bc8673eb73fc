package dev.linkspan.server.api.resource.networkacl;

import static dev.linkspan.server.api.listing.Names.ec2;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.Ec2Filters;
import dev.linkspan.server.api.ec2.Filter;
import dev.linkspan.server.api.ec2.TagItem;
import dev.linkspan.server.api.listing.Fields;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The one network ACL that each VPC has: it lets everything pass, and cannot be changed. Security groups are what filters
 * here; clients look for the ACL all the same.
 */
public final class NetworkAclActions {

    record DescribeNetworkAclsRequest(
            List<String> networkAclId, List<Filter> filter, Optional<Integer> maxResults, Optional<String> nextToken) {}

    record Answer(List<Acl> networkAclSet) {}

    record Acl(
            String networkAclId,
            NetId vpcId,
            AccountId ownerId,
            @JsonProperty("Default") boolean isDefault,
            List<Entry> entrySet,
            List<Association> associationSet,
            List<TagItem> tagSet) {}

    record Entry(int ruleNumber, String protocol, String ruleAction, boolean egress, String cidrBlock) {}

    record Association(String networkAclAssociationId, String networkAclId, SubnetId subnetId) {}

    /** The rule that lets everything pass, and the one behind it that would let nothing. */
    private static final List<Entry> ENTRIES = Stream.of(true, false)
            .flatMap(egress -> Stream.of(
                    new Entry(100, "-1", "allow", egress, "0.0.0.0/0"),
                    new Entry(32_767, "-1", "deny", egress, "0.0.0.0/0")))
            .toList();

    private static final Fields<Acl> FIELDS = Fields.<Acl>of()
            .text(ec2("network-acl-id"), Acl::networkAclId)
            .text(ec2("vpc-id"), Acl::vpcId)
            .text(ec2("owner-id"), Acl::ownerId)
            .text(ec2("default"), Acl::isDefault)
            .text(
                    ec2("association.subnet-id"),
                    acl -> acl.associationSet().stream()
                            .map(Association::subnetId)
                            .toList())
            .text(
                    ec2("association.association-id"),
                    acl -> acl.associationSet().stream()
                            .map(Association::networkAclAssociationId)
                            .toList());

    private static final String PREFIX = "acl-";

    public List<Operation> operations() {
        return List.of(
                Operation.read("DescribeNetworkAcls", DescribeNetworkAclsRequest.class, NetworkAclActions::describe));
    }

    private static Object describe(ReadCall call, DescribeNetworkAclsRequest request) {
        return new Answer(nets(call, request.networkAclId()).stream()
                .map(net -> acl(call, net))
                .filter(Ec2Filters.criteria(FIELDS, request.filter())::accepts)
                .toList());
    }

    /** Those of the ACLs that are named, else all of the caller's. */
    private static List<Net> nets(ReadCall call, List<String> acls) {
        return acls.isEmpty()
                ? call.snapshot().nets().ofOwner(call.caller())
                : acls.stream().distinct().map(acl -> netOf(call, acl)).toList();
    }

    private static Net netOf(ReadCall call, String acl) {
        return Optional.of(acl)
                .filter(text -> text.startsWith(PREFIX))
                .flatMap(text -> NetId.KIND.tryParse(NetId.KIND.prefix() + text.substring(PREFIX.length())))
                .flatMap(call.snapshot().nets()::find)
                .filter(net -> net.owner().equals(call.caller()))
                .orElseThrow(() -> Refusal.badValue("NetworkAclId", acl, "it is none of yours"));
    }

    private static Acl acl(ReadCall call, Net net) {
        String digits = net.id().value().substring(NetId.KIND.prefix().length());
        String id = PREFIX + digits;
        List<Association> associations = call.snapshot().subnets().ofNet(net.id()).stream()
                .map(subnet -> new Association(
                        "aclassoc-"
                                + subnet.id()
                                        .value()
                                        .substring(SubnetId.KIND.prefix().length()),
                        id,
                        subnet.id()))
                .toList();
        return new Acl(id, net.id(), net.owner(), true, ENTRIES, associations, List.of());
    }
}
