package dev.linkspan.server.api.resource.securitygroup;

import static dev.linkspan.server.api.listing.Names.both;
import static dev.linkspan.server.api.listing.Names.ec2;
import static dev.linkspan.server.api.listing.Names.outscale;

import dev.linkspan.core.address.AddressRange;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv6Range;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** How security groups are listed: the caller's own. */
final class SecurityGroupListing {

    /** A group with the call that looks at it, which tells the names of groups that its rules name. */
    record SeenGroup(SecurityGroup group, Call call) {}

    static final Field<SeenGroup, SecurityGroupId> ID = Field.id(
            both("SecurityGroupIds", "group-id"),
            SecurityGroupId.KIND,
            seen -> seen.group().id());

    static final Field<SeenGroup, String> NAME = Field.text(
            both("SecurityGroupNames", "group-name"), seen -> seen.group().name());

    private static final Fields<SeenGroup> FIELDS = Fields.<SeenGroup>of()
            .with(ID)
            .with(NAME)
            .text(both("Descriptions", "description"), seen -> seen.group().description())
            .text(both("NetIds", "vpc-id"), seen -> seen.group().net())
            .text(ec2("owner-id"), seen -> seen.group().owner())
            .with(ofRules("InboundRule", "ip-permission.", Direction.INBOUND))
            .with(ofRules("OutboundRule", "egress.ip-permission.", Direction.OUTBOUND))
            .tags(seen -> seen.group().id());

    static final Listing<SeenGroup> GROUPS = Listing.whole(
            FIELDS,
            SecurityGroupListing::candidates,
            seen -> Position.byCreation(seen.group().createdAt(), seen.group().id()));

    private SecurityGroupListing() {}

    /** Of ports, EC2 shows none where a protocol has none, and OUTSCALE shows -1. */
    private static Fields<SeenGroup> ofRules(String outscale, String ec2, Direction direction) {
        return Fields.<SeenGroup>of()
                .account(
                        both(outscale + "AccountIds", ec2 + "user-id"),
                        seen -> named(seen, direction, Counterpart.Group::owner))
                .text(
                        both(outscale + "SecurityGroupIds", ec2 + "group-id"),
                        seen -> named(seen, direction, Counterpart.Group::id))
                .text(outscale(outscale + "SecurityGroupNames"), seen -> names(seen, direction))
                .text(
                        ec2(ec2 + "group-name"),
                        seen -> named(seen, direction, group -> PeerGroups.name(seen.call(), group)).stream()
                                .flatMap(Optional::stream)
                                .toList())
                .absent(ec2(ec2 + "prefix-list-id"))
                .text(outscale(outscale + "IpRanges"), seen -> ranges(seen, direction, AddressRange.class))
                .text(ec2(ec2 + "cidr"), seen -> ranges(seen, direction, Cidr.class))
                .text(ec2(ec2 + "ipv6-cidr"), seen -> ranges(seen, direction, Ipv6Range.class))
                .text(
                        both(outscale + "Protocols", ec2 + "protocol"),
                        seen -> each(
                                seen,
                                direction,
                                rule -> Stream.of(rule.traffic().protocolName())))
                .number(
                        outscale(outscale + "FromPortRanges"),
                        seen -> each(
                                seen,
                                direction,
                                rule -> Stream.of(rule.traffic().firstShown())))
                .number(
                        outscale(outscale + "ToPortRanges"),
                        seen -> each(
                                seen,
                                direction,
                                rule -> Stream.of(rule.traffic().lastShown())))
                .number(
                        ec2(ec2 + "from-port"),
                        seen -> each(seen, direction, rule -> withPorts(rule).map(Traffic::firstShown)))
                .number(
                        ec2(ec2 + "to-port"),
                        seen -> each(seen, direction, rule -> withPorts(rule).map(Traffic::lastShown)));
    }

    private static <V> List<V> each(
            SeenGroup seen, Direction direction, Function<SecurityGroupRule, Stream<V>> values) {
        return seen.group().rules(direction).flatMap(values).toList();
    }

    private static <R extends AddressRange> List<R> ranges(SeenGroup seen, Direction direction, Class<R> version) {
        return each(
                seen,
                direction,
                rule -> rule.counterpart() instanceof Counterpart.Range(AddressRange range) && version.isInstance(range)
                        ? Stream.of(version.cast(range))
                        : Stream.empty());
    }

    private static <V> List<V> named(SeenGroup seen, Direction direction, Function<Counterpart.Group, V> value) {
        return each(
                seen,
                direction,
                rule -> rule.counterpart() instanceof Counterpart.Group group
                        ? Stream.of(value.apply(group))
                        : Stream.empty());
    }

    private static List<String> names(SeenGroup seen, Direction direction) {
        return named(seen, direction, group -> nameOf(seen.call(), group)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** The name of a group of the caller's own; other accounts' names are theirs. */
    static Optional<String> nameOf(Call call, Counterpart.Group named) {
        return call.snapshot()
                .securityGroups()
                .find(named.id())
                .filter(group -> group.owner().equals(call.caller()))
                .map(SecurityGroup::name);
    }

    private static Stream<Traffic> withPorts(SecurityGroupRule rule) {
        return Stream.of(rule.traffic()).filter(SecurityGroupListing::hasPorts);
    }

    /** Whether the protocol has ports, or what ICMP has in their place. */
    static boolean hasPorts(Traffic traffic) {
        return traffic instanceof Traffic.Ports || traffic instanceof Traffic.Icmp;
    }

    private static List<SeenGroup> candidates(ReadCall call, Criteria<SeenGroup> criteria) {
        return owned(call, criteria.named(ID))
                .map(group -> new SeenGroup(group, call))
                .toList();
    }

    /** The caller's groups, of which only those that are named are read where any are. */
    static Stream<SecurityGroup> owned(ReadCall call, Optional<List<SecurityGroupId>> named) {
        return named.map(ids -> ids.stream()
                        .flatMap(id -> call.snapshot().securityGroups().find(id).stream())
                        .filter(group -> group.owner().equals(call.caller())))
                .orElseGet(() -> call.snapshot().securityGroups().ofOwner(call.caller()).stream());
    }
}
