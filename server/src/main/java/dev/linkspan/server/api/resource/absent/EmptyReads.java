package dev.linkspan.server.api.resource.absent;

import static dev.linkspan.server.api.listing.Names.outscale;

import dev.linkspan.core.id.ResourceId;
import dev.linkspan.server.api.call.AnswerShape;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.json.FilterArguments;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import dev.linkspan.server.api.oapi.Absent;
import dev.linkspan.server.api.oapi.ListRequest;
import dev.linkspan.server.api.oapi.OapiFilters;
import dev.linkspan.server.api.oapi.OapiListing;
import dev.linkspan.server.api.oapi.Paging;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Read calls on gateways, users, certificates and catalogues, of which nobody has any here. Tools that take stock of an
 * account insist on an answer, which is the empty list. Parameters are checked as elsewhere.
 */
public final class EmptyReads {

    /** Of calls without pages. */
    record FilteredRequest(Optional<FilterArguments> filters) {}

    /** Of calls without filters. */
    record PagedRequest(Optional<String> nextPageToken, Optional<Integer> resultsPerPage) {

        Map<String, Object> nothing(String key) {
            ListRequest request = new ListRequest(Optional.empty(), nextPageToken, resultsPerPage);
            return Paging.page(key, request, List.<String>of(), Position::byName, item -> item);
        }
    }

    record ReadSnapshotsRequest(
            Optional<SnapshotFilters> filters, Optional<String> nextPageToken, Optional<Integer> resultsPerPage) {

        Map<String, Object> nothing() {
            return new PagedRequest(nextPageToken, resultsPerPage).nothing("Snapshots");
        }
    }

    record SnapshotFilters(
            List<String> accountAliases,
            List<String> accountIds,
            List<String> clientTokens,
            List<String> descriptions,
            Optional<Instant> fromCreationDate,
            List<String> permissionsToCreateVolumeAccountIds,
            Optional<Boolean> permissionsToCreateVolumeGlobalPermission,
            List<Integer> progresses,
            List<String> snapshotIds,
            List<String> states,
            List<String> tagKeys,
            List<String> tagValues,
            List<String> tags,
            Optional<Instant> toCreationDate,
            List<String> volumeIds,
            List<Integer> volumeSizes) {}

    record ReadFlexibleGpusRequest(Optional<FlexibleGpuFilters> filters) {}

    record FlexibleGpuFilters(
            Optional<Boolean> deleteOnVmDeletion,
            List<String> flexibleGpuIds,
            List<String> generations,
            List<String> modelNames,
            List<String> states,
            List<String> subregionNames,
            List<WantedTag> tags,
            List<String> vmIds) {}

    record WantedTag(
            Optional<String> key, Optional<String> resourceId, Optional<String> resourceType, Optional<String> value) {}

    record ReadUsersRequest(
            Optional<UserFilters> filters, Optional<Integer> firstItem, Optional<Integer> resultsPerPage) {}

    record UserFilters(List<String> userIds) {}

    record ReadUserGroupsRequest(
            Optional<UserGroupFilters> filters, Optional<Integer> firstItem, Optional<Integer> resultsPerPage) {}

    record UserGroupFilters(Optional<String> pathPrefix, List<String> userGroupIds) {}

    record ReadPoliciesRequest(
            Optional<PolicyFilters> filters, Optional<Integer> firstItem, Optional<Integer> resultsPerPage) {}

    record PolicyFilters(Optional<Boolean> onlyLinked, Optional<String> pathPrefix, Optional<String> scope) {}

    record ReadUsersResponse(
            List<Absent> users, boolean hasMoreItems, int maxResultsLimit, boolean maxResultsTruncated) {}

    record ReadUserGroupsResponse(
            List<Absent> userGroups, boolean hasMoreItems, int maxResultsLimit, boolean maxResultsTruncated) {}

    record ReadPoliciesResponse(
            List<Absent> policies, boolean hasMoreItems, int maxResultsLimit, boolean maxResultsTruncated) {}

    record ReadPublicCatalogResponse(Catalog catalog) {}

    record Catalog(List<Absent> entries) {}

    record ReadFlexibleGpuCatalogResponse(List<Absent> flexibleGpuCatalog) {}

    /** The most that the calls on users, groups and policies answer at once. */
    private static final int MOST_AT_ONCE = 100;

    private static final Fields<ResourceId> TAGGED = Fields.<ResourceId>of().tags(id -> id);

    public List<Operation> operations() {
        return List.of(
                nothing("VpnConnections", vpnConnections()).operation("ReadVpnConnections"),
                nothing("ClientGateways", clientGateways()).operation("ReadClientGateways"),
                Operation.list(
                        "ReadFlexibleGpus",
                        ReadFlexibleGpusRequest.class,
                        items("FlexibleGpus"),
                        (_, _) -> Map.of("FlexibleGpus", List.of())),
                filtered("ReadCas", nothing("Cas", texts(Fields.of(), "CaFingerprints", "CaIds", "Descriptions"))),
                filtered("ReadServerCertificates", nothing("ServerCertificates", texts(Fields.of(), "Paths"))),
                Operation.list(
                        "ReadSnapshots",
                        ReadSnapshotsRequest.class,
                        items("Snapshots"),
                        (_, request) -> request.nothing()),
                Operation.read(
                        "ReadUsers",
                        ReadUsersRequest.class,
                        ReadUsersResponse.class,
                        (_, _) -> new ReadUsersResponse(List.of(), false, MOST_AT_ONCE, false)),
                Operation.read(
                        "ReadUserGroups",
                        ReadUserGroupsRequest.class,
                        ReadUserGroupsResponse.class,
                        (_, _) -> new ReadUserGroupsResponse(List.of(), false, MOST_AT_ONCE, false)),
                Operation.read(
                        "ReadPolicies",
                        ReadPoliciesRequest.class,
                        ReadPoliciesResponse.class,
                        (_, _) -> new ReadPoliciesResponse(List.of(), false, MOST_AT_ONCE, false)),
                openly("ReadNetAccessPointServices", "Services", "ServiceIds", "ServiceNames"),
                openly("ReadProductTypes", "ProductTypes", "ProductTypeIds"),
                Operation.openList(
                        "ReadLocations",
                        PagedRequest.class,
                        items("Locations"),
                        request -> request.nothing("Locations")),
                Operation.open(
                        "ReadPublicCatalog",
                        Operation.Nothing.class,
                        ReadPublicCatalogResponse.class,
                        _ -> new ReadPublicCatalogResponse(new Catalog(List.of()))),
                Operation.open(
                        "ReadFlexibleGpuCatalog",
                        Operation.Nothing.class,
                        ReadFlexibleGpuCatalogResponse.class,
                        _ -> new ReadFlexibleGpuCatalogResponse(List.of())));
    }

    private static Fields<ResourceId> vpnConnections() {
        return texts(
                        TAGGED,
                        "ClientGatewayIds",
                        "ConnectionTypes",
                        "RouteDestinationIpRanges",
                        "States",
                        "VirtualGatewayIds",
                        "VpnConnectionIds")
                .number(outscale("BgpAsns"), _ -> List.of())
                .flag(outscale("StaticRoutesOnly"), _ -> List.of());
    }

    private static Fields<ResourceId> clientGateways() {
        return texts(TAGGED, "ClientGatewayIds", "ConnectionTypes", "PublicIps", "States")
                .number(outscale("BgpAsns"), _ -> List.of());
    }

    /** A call that anybody may make. */
    private static Operation openly(String name, String key, String... filters) {
        Fields<ResourceId> fields = texts(Fields.of(), filters);
        return Operation.openList(name, ListRequest.class, nothing(key, fields).items(), request -> {
            OapiFilters.criteria(fields, request.filters());
            return new PagedRequest(request.nextPageToken(), request.resultsPerPage()).nothing(key);
        });
    }

    private static Operation filtered(String name, OapiListing<ResourceId, Absent> listing) {
        return Operation.list(
                name,
                FilteredRequest.class,
                listing.items(),
                (call, request) ->
                        listing.page(call, new ListRequest(request.filters(), Optional.empty(), Optional.empty())));
    }

    private static Fields<ResourceId> texts(Fields<ResourceId> filters, String... names) {
        Fields<ResourceId> more = filters;
        for (String name : names) {
            more = more.absent(outscale(name));
        }
        return more;
    }

    private static AnswerShape.Items items(String key) {
        return new AnswerShape.Items(key, Absent.class, Map.of());
    }

    private static OapiListing<ResourceId, Absent> nothing(String key, Fields<ResourceId> filters) {
        return new OapiListing<>(
                key,
                Absent.class,
                Listing.whole(filters, (_, _) -> List.of(), Position::byName),
                (_, _) -> new Absent());
    }
}
