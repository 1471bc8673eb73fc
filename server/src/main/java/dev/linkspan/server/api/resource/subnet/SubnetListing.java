package dev.linkspan.server.api.resource.subnet;

import static dev.linkspan.server.api.listing.Names.both;
import static dev.linkspan.server.api.listing.Names.ec2;

import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.operation.Subnets;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.Arns;
import dev.linkspan.server.api.ec2.ZoneIds;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import java.util.List;

/** How Subnets are listed: the caller's own. */
final class SubnetListing {

    /** A Subnet is there or it is not: it is never on the way. */
    static final String STATE = "available";

    /** Machines are named by their addresses. */
    static final String HOSTNAME_TYPE = "ip-name";

    /** A Subnet with what its free addresses are counted from. */
    record SeenSubnet(Subnet subnet, Snapshot snapshot) {

        long availableAddresses() {
            return Subnets.availableAddresses(snapshot, subnet);
        }

        String arn() {
            return Arns.of(snapshot.region(), subnet.owner(), subnet.id());
        }

        Position position() {
            return Position.byCreation(subnet.createdAt(), subnet.id());
        }
    }

    static final Field<SeenSubnet, SubnetId> ID = Field.id(
            both("SubnetIds", "subnet-id"), SubnetId.KIND, seen -> seen.subnet().id());

    private static final Fields<SeenSubnet> FIELDS = Fields.<SeenSubnet>of()
            .with(ID)
            .text(both("NetIds", "vpc-id"), seen -> seen.subnet().net())
            .text(
                    both("IpRanges", "cidr-block", "cidrBlock", "cidr"),
                    seen -> seen.subnet().range())
            .text(
                    both("SubregionNames", "availability-zone", "availabilityZone"),
                    seen -> seen.subnet().subregion())
            .text(
                    ec2("availability-zone-id", "availabilityZoneId"),
                    seen -> ZoneIds.of(seen.subnet().subregion()))
            .text(both("States", "state"), _ -> STATE)
            .number(both("AvailableIpsCounts", "available-ip-address-count"), SeenSubnet::availableAddresses)
            .text(ec2("owner-id"), seen -> seen.subnet().owner())
            .text(ec2("subnet-arn"), SeenSubnet::arn)
            .flag(ec2("default-for-az", "defaultForAz"), seen -> seen.subnet().isDefault())
            .flag(ec2("map-public-ip-on-launch"), seen -> seen.subnet().mapPublicIpOnLaunch())
            .text(ec2("private-dns-name-options-on-launch.hostname-type"), _ -> HOSTNAME_TYPE)
            .flag(ec2("private-dns-name-options-on-launch.enable-resource-name-dns-a-record"), _ -> false)
            .flag(ec2("private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record"), _ -> false)
            .flag(ec2("enable-dns64", "ipv6-native", "map-customer-owned-ip-on-launch"), _ -> false)
            .absent(
                    ec2("customer-owned-ipv4-pool"),
                    ec2("enable-lni-at-device-index"),
                    ec2("ipv6-cidr-block-association.association-id"),
                    ec2("ipv6-cidr-block-association.ipv6-cidr-block"),
                    ec2("ipv6-cidr-block-association.state"),
                    ec2("outpost-arn"))
            .tags(seen -> seen.subnet().id());

    static final Listing<SeenSubnet> SUBNETS = Listing.whole(FIELDS, SubnetListing::candidates, SeenSubnet::position);

    private SubnetListing() {}

    private static List<SeenSubnet> candidates(ReadCall call, Criteria<SeenSubnet> criteria) {
        Snapshot snapshot = call.snapshot();
        return criteria
                .named(ID)
                .map(ids -> ids.stream()
                        .flatMap(id -> snapshot.subnets().find(id).stream())
                        .filter(subnet -> subnet.owner().equals(call.caller()))
                        .toList())
                .orElseGet(() -> snapshot.subnets().ofOwner(call.caller()))
                .stream()
                .map(subnet -> new SeenSubnet(subnet, snapshot))
                .toList();
    }
}
