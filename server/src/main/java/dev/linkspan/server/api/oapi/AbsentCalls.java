package dev.linkspan.server.api.oapi;

import dev.linkspan.core.id.ResourceId;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.json.FilterArguments;
import java.util.List;
import java.util.Optional;

/**
 * The Read calls on what Linkspan does not have. Clients ask for these on their way to other things and insist on an
 * answer, which is the empty list. Their filters are checked like all others.
 */
public final class AbsentCalls {

    /** ReadLoadBalancers has no pages. */
    record ReadLoadBalancersRequest(Optional<FilterArguments> filters) {}

    private static final FilterTable<ResourceId> TAGGED =
            FilterTable.<ResourceId>of().tags(id -> id);

    private static final Listing<ResourceId, Absent> LOAD_BALANCERS =
            nothing("LoadBalancers", texts(FilterTable.of(), "LoadBalancerNames", "States"));

    public List<Operation> operations() {
        return List.of(
                internetServices().operation("ReadInternetServices"),
                Operation.list(
                        "ReadLoadBalancers",
                        ReadLoadBalancersRequest.class,
                        LOAD_BALANCERS.items(),
                        (call, request) -> LOAD_BALANCERS.page(
                                call, new ListRequest(request.filters(), Optional.empty(), Optional.empty()))),
                natServices().operation("ReadNatServices"),
                netAccessPoints().operation("ReadNetAccessPoints"),
                publicIps().operation("ReadPublicIps"),
                virtualGateways().operation("ReadVirtualGateways"),
                volumes().operation("ReadVolumes"));
    }

    private static Listing<ResourceId, Absent> internetServices() {
        return nothing("InternetServices", texts(TAGGED, "InternetServiceIds", "LinkNetIds", "LinkStates"));
    }

    private static Listing<ResourceId, Absent> natServices() {
        return nothing("NatServices", texts(TAGGED, "ClientTokens", "NatServiceIds", "NetIds", "States", "SubnetIds"));
    }

    private static Listing<ResourceId, Absent> netAccessPoints() {
        return nothing("NetAccessPoints", texts(TAGGED, "NetAccessPointIds", "NetIds", "ServiceNames", "States"));
    }

    private static Listing<ResourceId, Absent> publicIps() {
        FilterTable<ResourceId> filters = texts(
                TAGGED, "LinkPublicIpIds", "NicIds", "Placements", "PrivateIps", "PublicIpIds", "PublicIps", "VmIds");
        return nothing("PublicIps", filters.account("NicAccountIds", _ -> List.of()));
    }

    private static Listing<ResourceId, Absent> virtualGateways() {
        return nothing(
                "VirtualGateways",
                texts(TAGGED, "ConnectionTypes", "LinkNetIds", "LinkStates", "States", "VirtualGatewayIds"));
    }

    private static Listing<ResourceId, Absent> volumes() {
        FilterTable<ResourceId> filters = texts(
                        TAGGED,
                        "ClientTokens",
                        "LinkVolumeDeviceNames",
                        "LinkVolumeLinkStates",
                        "LinkVolumeVmIds",
                        "SnapshotIds",
                        "SubregionNames",
                        "VolumeIds",
                        "VolumeStates",
                        "VolumeTypes")
                .date("CreationDates", _ -> List.of())
                .date("LinkVolumeLinkDates", _ -> List.of())
                .flags("LinkVolumeDeleteOnVmDeletion", _ -> List.of())
                .number("VolumeSizes", _ -> List.of());
        return nothing("Volumes", filters);
    }

    private static FilterTable<ResourceId> texts(FilterTable<ResourceId> filters, String... names) {
        FilterTable<ResourceId> more = filters;
        for (String name : names) {
            more = more.text(name, _ -> List.of());
        }
        return more;
    }

    private static Listing<ResourceId, Absent> nothing(String key, FilterTable<ResourceId> filters) {
        return new Listing<>(key, Absent.class, (_, _) -> List.of(), Position::byName, filters, (_, _) -> new Absent());
    }
}
