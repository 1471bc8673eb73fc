package dev.linkspan.server.api.resource.absent;

import static dev.linkspan.server.api.listing.Names.outscale;

import dev.linkspan.core.id.ResourceId;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.json.FilterArguments;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import dev.linkspan.server.api.oapi.Absent;
import dev.linkspan.server.api.oapi.ListRequest;
import dev.linkspan.server.api.oapi.OapiListing;
import java.util.List;
import java.util.Optional;

/**
 * The Read calls on what Linkspan does not have. Clients ask for these on their way to other things and insist on an
 * answer, which is the empty list. Their filters are checked like all others.
 */
public final class AbsentCalls {

    /** ReadLoadBalancers has no pages. */
    record ReadLoadBalancersRequest(Optional<FilterArguments> filters) {}

    private static final Fields<ResourceId> TAGGED = Fields.<ResourceId>of().tags(id -> id);

    private static final OapiListing<ResourceId, Absent> LOAD_BALANCERS =
            nothing("LoadBalancers", texts(Fields.of(), "LoadBalancerNames", "States"));

    public List<Operation> operations() {
        return List.of(
                Operation.list(
                        "ReadLoadBalancers",
                        ReadLoadBalancersRequest.class,
                        LOAD_BALANCERS.items(),
                        (call, request) -> LOAD_BALANCERS.page(
                                call, new ListRequest(request.filters(), Optional.empty(), Optional.empty()))),
                netAccessPoints().operation("ReadNetAccessPoints"),
                virtualGateways().operation("ReadVirtualGateways"));
    }

    private static OapiListing<ResourceId, Absent> netAccessPoints() {
        return nothing("NetAccessPoints", texts(TAGGED, "NetAccessPointIds", "NetIds", "ServiceNames", "States"));
    }

    private static OapiListing<ResourceId, Absent> virtualGateways() {
        return nothing(
                "VirtualGateways",
                texts(TAGGED, "ConnectionTypes", "LinkNetIds", "LinkStates", "States", "VirtualGatewayIds"));
    }

    private static Fields<ResourceId> texts(Fields<ResourceId> filters, String... names) {
        Fields<ResourceId> more = filters;
        for (String name : names) {
            more = more.absent(outscale(name));
        }
        return more;
    }

    private static OapiListing<ResourceId, Absent> nothing(String key, Fields<ResourceId> filters) {
        return new OapiListing<>(
                key,
                Absent.class,
                Listing.whole(filters, (_, _) -> List.of(), Position::byName),
                (_, _) -> new Absent());
    }
}
