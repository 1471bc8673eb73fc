package dev.linkspan.server.api.resource.net;

import static dev.linkspan.server.api.listing.Names.both;
import static dev.linkspan.server.api.listing.Names.ec2;
import static dev.linkspan.server.api.listing.Names.outscale;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.net.Net;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import java.util.List;

/** How Nets are listed: the caller's own. */
final class NetListing {

    /** A Net is there or it is not: it is never on the way. */
    static final String STATE = "available";

    /** A Net has its range from its making to its end. */
    static final String RANGE_STATE = "associated";

    static final Field<Net, NetId> ID = Field.id(both("NetIds", "vpc-id"), NetId.KIND, Net::id);

    private static final Fields<Net> FIELDS = Fields.<Net>of()
            .with(ID)
            .text(both("IpRanges", "cidr", "cidr-block", "cidrBlock", "cidr-block-association.cidr-block"), Net::range)
            .text(both("DhcpOptionsSetIds", "dhcp-options-id"), Net::dhcpOptions)
            .text(both("States", "state"), _ -> STATE)
            // The OUTSCALE API knows no default: one that was made for EC2's clients is a Net like others there.
            .flag(outscale("IsDefault"), _ -> false)
            .flag(ec2("is-default", "isDefault"), Net::isDefault)
            .text(ec2("owner-id"), Net::owner)
            .text(ec2("cidr-block-association.association-id"), NetListing::rangeAssociation)
            .text(ec2("cidr-block-association.state"), _ -> RANGE_STATE)
            .absent(
                    ec2("ipv6-cidr-block-association.association-id"),
                    ec2("ipv6-cidr-block-association.ipv6-cidr-block"),
                    ec2("ipv6-cidr-block-association.ipv6-pool"),
                    ec2("ipv6-cidr-block-association.state"))
            .tags(Net::id);

    static final Listing<Net> NETS =
            Listing.whole(FIELDS, NetListing::candidates, net -> Position.byCreation(net.createdAt(), net.id()));

    private NetListing() {}

    /** What EC2 calls the range's being the Net's. */
    static String rangeAssociation(Net net) {
        return "vpc-cidr-assoc-"
                + net.id().value().substring(NetId.KIND.prefix().length());
    }

    private static List<Net> candidates(ReadCall call, Criteria<Net> criteria) {
        return criteria.named(ID)
                .map(ids -> ids.stream()
                        .flatMap(id -> call.snapshot().nets().find(id).stream())
                        .filter(net -> net.owner().equals(call.caller()))
                        .toList())
                .orElseGet(() -> call.snapshot().nets().ofOwner(call.caller()));
    }
}
