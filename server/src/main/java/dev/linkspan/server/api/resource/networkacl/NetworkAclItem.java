package dev.linkspan.server.api.resource.networkacl;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.linkspan.core.address.AddressRange;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv6Range;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetworkAclAssociationId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.networkacl.AclEntry;
import dev.linkspan.core.networkacl.NetworkAcl;
import dev.linkspan.core.networkacl.NetworkAclAssociation;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.ec2.TagItem;
import dev.linkspan.server.api.resource.networkacl.NetworkAclListing.DescribedAcl;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A network ACL as answers show it. */
record NetworkAclItem(
        NetworkAclId networkAclId,
        NetId vpcId,
        AccountId ownerId,
        @JsonProperty("Default") boolean isDefault,
        List<EntryItem> entrySet,
        List<AssociationItem> associationSet,
        List<TagItem> tagSet) {

    /**
     * One entry.
     *
     * @param protocol its number, or -1 for all
     * @param icmpTypeCode absent where the protocol has none
     * @param portRange likewise
     */
    record EntryItem(
            int ruleNumber,
            String protocol,
            String ruleAction,
            boolean egress,
            Optional<Cidr> cidrBlock,
            Optional<Ipv6Range> ipv6CidrBlock,
            Optional<IcmpTypeCode> icmpTypeCode,
            Optional<PortRange> portRange) {

        private static EntryItem of(AclEntry entry) {
            return new EntryItem(
                    entry.number(),
                    number(entry.traffic()),
                    entry.allows() ? AclEntryRequest.ALLOW : AclEntryRequest.DENY,
                    entry.direction() == Direction.OUTBOUND,
                    entry.range() instanceof Cidr cidr ? Optional.of(cidr) : Optional.empty(),
                    entry.range() instanceof Ipv6Range range ? Optional.of(range) : Optional.empty(),
                    icmp(entry.traffic(), entry.range()),
                    entry.traffic() instanceof Traffic.Ports(int _, int from, int to)
                            ? Optional.of(new PortRange(from, to))
                            : Optional.empty());
        }

        private static String number(Traffic traffic) {
            return switch (traffic) {
                case Traffic.Ports(int protocol, int _, int _) -> Integer.toString(protocol);
                case Traffic.Icmp _ -> Integer.toString(Traffic.ICMP);
                case Traffic.All _, Traffic.Other _ -> traffic.protocolName();
            };
        }

        private static Optional<IcmpTypeCode> icmp(Traffic traffic, AddressRange range) {
            boolean icmpv6 = range instanceof Ipv6Range && traffic.equals(new Traffic.Other(Traffic.ICMPV6));
            return traffic instanceof Traffic.Icmp || icmpv6
                    ? Optional.of(new IcmpTypeCode(traffic.lastShown(), traffic.firstShown()))
                    : Optional.empty();
        }
    }

    /** -1 for all. */
    record IcmpTypeCode(int code, int type) {}

    record PortRange(int from, int to) {}

    record AssociationItem(
            NetworkAclAssociationId networkAclAssociationId, NetworkAclId networkAclId, SubnetId subnetId) {

        private static AssociationItem of(NetworkAcl acl, NetworkAclAssociation association) {
            return new AssociationItem(association.id(), acl.id(), association.subnet());
        }
    }

    static NetworkAclItem of(Call call, DescribedAcl seen) {
        NetworkAcl acl = seen.acl();
        return new NetworkAclItem(
                acl.id(),
                acl.net(),
                acl.owner(),
                acl.isDefault(),
                entries(acl),
                seen.associations().stream()
                        .map(association -> AssociationItem.of(acl, association))
                        .toList(),
                TagItem.of(call, acl.id()));
    }

    /** Outbound ones first; each direction ends with the one that nobody can change. */
    static List<EntryItem> entries(NetworkAcl acl) {
        return Stream.of(Direction.OUTBOUND, Direction.INBOUND)
                .flatMap(direction -> Stream.concat(acl.entries(direction), Stream.of(last(direction))))
                .map(EntryItem::of)
                .toList();
    }

    private static AclEntry last(Direction direction) {
        return new AclEntry(AclEntry.LAST, direction, new Traffic.All(), Cidr.ALL, false);
    }
}
