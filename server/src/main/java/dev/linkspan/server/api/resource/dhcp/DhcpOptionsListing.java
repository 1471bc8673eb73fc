package dev.linkspan.server.api.resource.dhcp;

import static dev.linkspan.server.api.listing.Names.both;
import static dev.linkspan.server.api.listing.Names.ec2;
import static dev.linkspan.server.api.listing.Names.outscale;

import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.net.DhcpOption;
import dev.linkspan.core.net.DhcpOptionsSet;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import java.util.List;
import java.util.stream.Stream;

/** How sets of DHCP options are listed: the default one and the caller's own. */
final class DhcpOptionsListing {

    static final Field<DhcpOptionsSet, DhcpOptionsSetId> ID =
            Field.id(both("DhcpOptionsSetIds", "dhcp-options-id"), DhcpOptionsSetId.KIND, DhcpOptionsSet::id);

    private static final Fields<DhcpOptionsSet> FIELDS = Fields.<DhcpOptionsSet>of()
            .with(ID)
            .flag(outscale("Default"), DhcpOptionsSet::isDefault)
            .text(outscale("DomainNameServers"), set -> set.values(DhcpOption.DOMAIN_NAME_SERVERS))
            .text(outscale("DomainNames"), set -> set.values(DhcpOption.DOMAIN_NAME))
            .text(outscale("LogServers"), set -> set.values(DhcpOption.LOG_SERVERS))
            .text(outscale("NtpServers"), set -> set.values(DhcpOption.NTP_SERVERS))
            .text(ec2("owner-id"), DhcpOptionsSet::owner)
            .text(
                    ec2("key"),
                    set -> set.options().keySet().stream()
                            .map(DhcpOption::label)
                            .toList())
            .text(
                    ec2("value"),
                    set -> set.options().values().stream().flatMap(List::stream).toList())
            .tags(DhcpOptionsSet::id);

    static final Listing<DhcpOptionsSet> SETS = Listing.whole(
            FIELDS, DhcpOptionsListing::candidates, set -> Position.byCreation(set.createdAt(), set.id()));

    private DhcpOptionsListing() {}

    private static List<DhcpOptionsSet> candidates(ReadCall call, Criteria<DhcpOptionsSet> criteria) {
        DhcpOptionsSet standard = DhcpOptionsSet.standard(call.caller());
        Stream<DhcpOptionsSet> found = criteria.named(ID)
                .map(ids -> ids.stream()
                        .flatMap(id -> id.equals(standard.id())
                                ? Stream.of(standard)
                                : call.snapshot().dhcpOptionsSets().find(id).stream())
                        .filter(set -> set.owner().equals(call.caller())))
                .orElseGet(() -> Stream.concat(
                        Stream.of(standard), call.snapshot().dhcpOptionsSets().ofOwner(call.caller()).stream()));
        return found.toList();
    }
}
