package dev.linkspan.server.api.resource.networkacl;

import static dev.linkspan.server.api.listing.Names.ec2;
import static java.util.stream.Collectors.groupingBy;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.networkacl.NetAcls;
import dev.linkspan.core.networkacl.NetworkAcl;
import dev.linkspan.core.networkacl.NetworkAclAssociation;
import dev.linkspan.core.operation.NetworkAcls;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import dev.linkspan.server.api.resource.networkacl.NetworkAclItem.EntryItem;
import dev.linkspan.server.api.resource.networkacl.NetworkAclItem.IcmpTypeCode;
import dev.linkspan.server.api.resource.networkacl.NetworkAclItem.PortRange;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** How network ACLs are listed: the caller's own. */
final class NetworkAclListing {

    /**
     * A network ACL.
     *
     * @param associations one for every Subnet at whose border it stands
     */
    record DescribedAcl(NetworkAcl acl, List<NetworkAclAssociation> associations) {

        static DescribedAcl of(Snapshot snapshot, NetworkAcl acl) {
            Net net = snapshot.nets().find(acl.net()).orElseThrow();
            return of(NetworkAcls.of(snapshot, net), snapshot.subnets().ofNet(net.id()), acl);
        }

        private static DescribedAcl of(NetAcls acls, List<Subnet> subnets, NetworkAcl acl) {
            return new DescribedAcl(
                    acl,
                    subnets.stream()
                            .filter(subnet -> acls.of(subnet.id()).id().equals(acl.id()))
                            .map(subnet -> acls.association(subnet.id()))
                            .toList());
        }

        private <V> List<V> ofAssociations(Function<NetworkAclAssociation, V> value) {
            return associations.stream().map(value).toList();
        }

        private <V> List<V> ofEntries(Function<EntryItem, Stream<V>> values) {
            return NetworkAclItem.entries(acl).stream().flatMap(values).toList();
        }
    }

    static final Field<DescribedAcl, NetworkAclId> ID = Field.id(
            ec2("network-acl-id"), NetworkAclId.KIND, seen -> seen.acl().id());

    private static final Field<DescribedAcl, NetId> NET =
            Field.id(ec2("vpc-id"), NetId.KIND, seen -> seen.acl().net());

    private static final Fields<DescribedAcl> OF_ASSOCIATIONS = Fields.<DescribedAcl>of()
            .text(ec2("association.association-id"), seen -> seen.ofAssociations(NetworkAclAssociation::id))
            .text(
                    ec2("association.network-acl-id"),
                    seen -> seen.ofAssociations(_ -> seen.acl().id()))
            .text(ec2("association.subnet-id"), seen -> seen.ofAssociations(NetworkAclAssociation::subnet));

    private static final Fields<DescribedAcl> OF_ENTRIES = Fields.<DescribedAcl>of()
            .text(ec2("entry.cidr"), seen -> seen.ofEntries(entry -> entry.cidrBlock().stream()))
            .text(ec2("entry.ipv6-cidr"), seen -> seen.ofEntries(entry -> entry.ipv6CidrBlock().stream()))
            .flag(ec2("entry.egress"), seen -> seen.ofEntries(entry -> Stream.of(entry.egress())))
            .number(
                    ec2("entry.icmp.code"),
                    seen -> seen.ofEntries(entry -> entry.icmpTypeCode().map(IcmpTypeCode::code).stream()))
            .number(
                    ec2("entry.icmp.type"),
                    seen -> seen.ofEntries(entry -> entry.icmpTypeCode().map(IcmpTypeCode::type).stream()))
            .number(
                    ec2("entry.port-range.from"),
                    seen -> seen.ofEntries(entry -> entry.portRange().map(PortRange::from).stream()))
            .number(
                    ec2("entry.port-range.to"),
                    seen -> seen.ofEntries(entry -> entry.portRange().map(PortRange::to).stream()))
            .text(ec2("entry.protocol"), seen -> seen.ofEntries(NetworkAclListing::protocols))
            .text(ec2("entry.rule-action"), seen -> seen.ofEntries(entry -> Stream.of(entry.ruleAction())))
            .number(ec2("entry.rule-number"), seen -> seen.ofEntries(entry -> Stream.of(entry.ruleNumber())));

    private static final Fields<DescribedAcl> FIELDS = Fields.<DescribedAcl>of()
            .with(ID)
            .with(NET)
            .text(ec2("owner-id"), seen -> seen.acl().owner())
            .flag(ec2("default"), seen -> seen.acl().isDefault())
            .with(OF_ASSOCIATIONS)
            .with(OF_ENTRIES)
            .tags(seen -> seen.acl().id());

    static final Listing<DescribedAcl> ACLS = Listing.whole(
            FIELDS,
            NetworkAclListing::candidates,
            seen -> Position.byCreation(seen.acl().createdAt(), seen.acl().id()));

    private NetworkAclListing() {}

    /** The number and, as the filter's values are documented, the name. */
    private static Stream<String> protocols(EntryItem entry) {
        return switch (entry.protocol()) {
            case "6" -> Stream.of(entry.protocol(), "tcp");
            case "17" -> Stream.of(entry.protocol(), "udp");
            case "1" -> Stream.of(entry.protocol(), "icmp");
            default -> Stream.of(entry.protocol());
        };
    }

    private static List<DescribedAcl> candidates(ReadCall call, Criteria<DescribedAcl> criteria) {
        return criteria.named(ID)
                .map(ids -> ofIds(call, ids))
                .or(() -> criteria.named(NET).map(nets -> ofNets(call, nets)))
                .orElseGet(() -> ofCaller(call));
    }

    /** Each Net is read once, however many of its ACLs are named. */
    private static List<DescribedAcl> ofIds(ReadCall call, List<NetworkAclId> ids) {
        List<NetId> nets = ids.stream()
                .flatMap(id -> NetworkAcls.find(call.snapshot(), id).stream())
                .map(NetworkAcl::net)
                .distinct()
                .toList();
        Set<NetworkAclId> named = Set.copyOf(ids);
        return ofNets(call, nets).stream()
                .filter(seen -> named.contains(seen.acl().id()))
                .toList();
    }

    private static List<DescribedAcl> ofNets(ReadCall call, List<NetId> nets) {
        return nets.stream()
                .flatMap(id -> call.snapshot().nets().find(id).stream())
                .filter(net -> net.owner().equals(call.caller()))
                .flatMap(net -> of(
                        NetworkAcls.of(call.snapshot(), net),
                        call.snapshot().subnets().ofNet(net.id())))
                .toList();
    }

    private static List<DescribedAcl> ofCaller(ReadCall call) {
        Map<NetId, List<NetworkAcl>> acls =
                call.snapshot().networkAcls().ofOwner(call.caller()).stream().collect(groupingBy(NetworkAcl::net));
        Map<NetId, List<Subnet>> subnets =
                call.snapshot().subnets().ofOwner(call.caller()).stream().collect(groupingBy(Subnet::net));
        return call.snapshot().nets().ofOwner(call.caller()).stream()
                .flatMap(net -> of(
                        new NetAcls(net, acls.getOrDefault(net.id(), List.of())),
                        subnets.getOrDefault(net.id(), List.of())))
                .toList();
    }

    private static Stream<DescribedAcl> of(NetAcls acls, List<Subnet> subnets) {
        return acls.all().stream().map(acl -> DescribedAcl.of(acls, subnets, acl));
    }
}
