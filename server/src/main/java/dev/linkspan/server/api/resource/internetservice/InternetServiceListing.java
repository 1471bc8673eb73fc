package dev.linkspan.server.api.resource.internetservice;

import static dev.linkspan.server.api.listing.Names.both;
import static dev.linkspan.server.api.listing.Names.ec2;

import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import java.util.List;
import java.util.Optional;

/** How internet services are listed: the caller's own. */
final class InternetServiceListing {

    /** One is linked at once, so this is the only state that a link is seen in. */
    private static final String LINK_STATE = "available";

    static final Field<InternetService, InternetServiceId> ID =
            Field.id(both("InternetServiceIds", "internet-gateway-id"), InternetServiceId.KIND, InternetService::id);

    private static final Fields<InternetService> FIELDS = Fields.<InternetService>of()
            .with(ID)
            .text(both("LinkNetIds", "attachment.vpc-id"), InternetService::net)
            .text(both("LinkStates", "attachment.state"), InternetServiceListing::linkState)
            .text(ec2("owner-id"), InternetService::owner)
            .tags(InternetService::id);

    static final Listing<InternetService> SERVICES = Listing.whole(
            FIELDS,
            InternetServiceListing::candidates,
            service -> Position.byCreation(service.createdAt(), service.id()));

    private InternetServiceListing() {}

    /** That of its link to a Net, while it has one. */
    static Optional<String> linkState(InternetService service) {
        return service.net().map(_ -> LINK_STATE);
    }

    private static List<InternetService> candidates(ReadCall call, Criteria<InternetService> criteria) {
        return criteria.named(ID)
                .map(ids -> ids.stream()
                        .flatMap(id -> call.snapshot().internetServices().find(id).stream())
                        .filter(service -> service.owner().equals(call.caller()))
                        .toList())
                .orElseGet(() -> call.snapshot().internetServices().ofOwner(call.caller()));
    }
}
