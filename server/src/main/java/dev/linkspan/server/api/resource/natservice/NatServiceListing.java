package dev.linkspan.server.api.resource.natservice;

import static dev.linkspan.server.api.listing.Names.both;
import static dev.linkspan.server.api.listing.Names.outscale;

import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import java.util.List;
import java.util.Optional;

/** How NAT services are listed: the caller's own, those deleted within the last hour included. */
final class NatServiceListing {

    /**
     * A NAT service.
     *
     * @param nic its own; empty once it is deleted
     * @param publicIp the one of a public one; empty once it is deleted
     */
    record SeenNatService(NatService service, Optional<Nic> nic, Optional<PublicIp> publicIp) {

        static SeenNatService of(Snapshot snapshot, NatService service) {
            return new SeenNatService(
                    service,
                    snapshot.nics().find(service.nic()),
                    snapshot.publicIps().ofNic(service.nic()).stream().findFirst());
        }
    }

    static final Field<SeenNatService, NatServiceId> ID = Field.id(
            both("NatServiceIds", "nat-gateway-id"),
            NatServiceId.KIND,
            seen -> seen.service().id());

    private static final Fields<SeenNatService> FIELDS = Fields.<SeenNatService>of()
            .with(ID)
            .text(outscale("ClientTokens"), seen -> seen.service().clientToken())
            .text(both("NetIds", "vpc-id"), seen -> seen.service().net())
            .text(both("States", "state"), seen -> seen.service().state().label())
            .text(both("SubnetIds", "subnet-id"), seen -> seen.service().subnet())
            .tags(seen -> seen.service().id());

    static final Listing<SeenNatService> SERVICES = Listing.whole(
            FIELDS,
            NatServiceListing::candidates,
            seen -> Position.byCreation(
                    seen.service().createdAt(), seen.service().id()));

    private NatServiceListing() {}

    private static List<SeenNatService> candidates(ReadCall call, Criteria<SeenNatService> criteria) {
        Snapshot snapshot = call.snapshot();
        List<NatService> found = criteria.named(ID)
                .map(ids -> ids.stream()
                        .flatMap(id -> snapshot.natServices().find(id).stream())
                        .filter(service -> service.owner().equals(call.caller()))
                        .toList())
                .orElseGet(() -> snapshot.natServices().ofOwner(call.caller()));
        return found.stream()
                .filter(service -> service.visibleAt(snapshot.now()))
                .map(service -> SeenNatService.of(snapshot, service))
                .toList();
    }
}
