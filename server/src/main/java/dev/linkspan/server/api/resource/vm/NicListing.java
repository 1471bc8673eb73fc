package dev.linkspan.server.api.resource.vm;

import static dev.linkspan.server.api.listing.Names.both;
import static dev.linkspan.server.api.listing.Names.outscale;

import dev.linkspan.core.id.NicId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** How NICs are listed: the caller's own. Those of NAT services are shown by the EC2 API alone. */
final class NicListing {

    static final Field<DescribedNic, NicId> ID = Field.id(
            both("NicIds", "network-interface-id"),
            NicId.KIND,
            seen -> seen.nic().id());

    private static final Fields<DescribedNic> FIELDS = Fields.<DescribedNic>of()
            .with(ID)
            .with(new NicFields<DescribedNic>("", "", List::of).all())
            .flag(outscale("IsSourceDestCheck"), seen -> seen.nic().sourceDestChecked())
            .text(outscale("PrivateDnsNames"), DescribedNic::dnsName)
            .text(
                    outscale("LinkPublicIpPublicDnsNames"),
                    seen -> seen.publicAddress().map(PublicAddress::dnsName))
            .text(
                    outscale("PrivateIpsLinkPublicIpPublicIps"),
                    seen -> seen.publicAddresses().stream()
                            .map(PublicAddress::address)
                            .toList())
            .tags(seen -> seen.nic().id());

    static final Listing<DescribedNic> NICS = listing(nic -> nic.natService().isEmpty());

    static final Listing<DescribedNic> NETWORK_INTERFACES = listing(_ -> true);

    private NicListing() {}

    private static Listing<DescribedNic> listing(Predicate<Nic> shown) {
        return Listing.whole(
                FIELDS,
                (call, criteria) -> candidates(call, criteria, shown),
                seen -> Position.byCreation(seen.nic().createdAt(), seen.nic().id()));
    }

    private static List<DescribedNic> candidates(ReadCall call, Criteria<DescribedNic> criteria, Predicate<Nic> shown) {
        Stream<Nic> found = criteria.named(ID)
                .map(ids -> ids.stream().flatMap(id -> call.snapshot().nics().find(id).stream()))
                .orElseGet(() -> call.snapshot().nics().ofOwner(call.caller()).stream());
        List<Nic> own = found.filter(nic -> nic.owner().equals(call.caller()) && shown.test(nic))
                .toList();
        return DescribedNic.of(call.snapshot(), own);
    }
}
