package dev.linkspan.server.api.oapi;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.net.DhcpOptionsSet;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.operation.Nets;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.call.ResourceTag;
import dev.linkspan.server.api.json.FilterArguments;
import dev.linkspan.server.api.json.Required;
import java.util.List;
import java.util.Optional;

/** The calls on Nets. */
public final class NetCalls {

    record CreateNetRequest(@Required Cidr ipRange, Optional<String> tenancy) {}

    record UpdateNetRequest(@Required NetId netId, @Required String dhcpOptionsSetId) {}

    record DeleteNetRequest(@Required NetId netId) {}

    record NetResponse(NetAnswer net) {}

    record NetAnswer(
            NetId netId,
            Cidr ipRange,
            String state,
            String tenancy,
            DhcpOptionsSetId dhcpOptionsSetId,
            List<ResourceTag> tags) {}

    /** A Net is there or it is not: it is never on the way. */
    private static final String STATE = "available";

    private static final FilterTable<Net> FILTERS = FilterTable.<Net>of()
            .text("NetIds", Net::id)
            .text("IpRanges", Net::range)
            .text("DhcpOptionsSetIds", Net::dhcpOptions)
            .text("States", _ -> STATE)
            // Accounts have no Net that they did not make.
            .flag("IsDefault", _ -> false)
            .tags(Net::id);

    private static final Listing<Net, NetAnswer> LISTING = new Listing<>(
            "Nets",
            NetAnswer.class,
            NetCalls::candidates,
            net -> Position.byCreation(net.createdAt(), net.id()),
            FILTERS,
            NetCalls::answer);

    private final Nets nets;

    public NetCalls(Nets nets) {
        this.nets = nets;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change("CreateNet", CreateNetRequest.class, NetResponse.class, this::create),
                Operation.change("UpdateNet", UpdateNetRequest.class, NetResponse.class, this::update),
                Operation.change("DeleteNet", DeleteNetRequest.class, Operation.Done.class, this::delete),
                LISTING.operation("ReadNets"));
    }

    private NetResponse create(ChangeCall call, CreateNetRequest request) {
        String tenancy = request.tenancy().orElse(Nets.DEFAULT_TENANCY);
        return new NetResponse(answer(call, nets.create(call.work(), call.caller(), request.ipRange(), tenancy)));
    }

    private NetResponse update(ChangeCall call, UpdateNetRequest request) {
        DhcpOptionsSetId dhcpOptions = DhcpOptionsSet.parseId(Parameter.DHCP_OPTIONS_SET, request.dhcpOptionsSetId());
        Net net = nets.update(call.work(), call.caller(), request.netId(), dhcpOptions);
        return new NetResponse(answer(call, net));
    }

    private Operation.Done delete(ChangeCall call, DeleteNetRequest request) {
        nets.delete(call.work(), call.caller(), request.netId());
        return new Operation.Done();
    }

    /** The caller's Nets. Asked for by id ({@code NetIds}), which is what clients do most, only those are read. */
    public static List<Net> candidates(ReadCall call, FilterArguments filters) {
        return filters.ids("NetIds", NetId.KIND)
                .map(ids -> ids.stream()
                        .flatMap(id -> call.snapshot().nets().find(id).stream())
                        .filter(net -> net.owner().equals(call.caller()))
                        .toList())
                .orElseGet(() -> call.snapshot().nets().ofOwner(call.caller()));
    }

    private static NetAnswer answer(Call call, Net net) {
        return new NetAnswer(net.id(), net.range(), STATE, net.tenancy(), net.dhcpOptions(), call.tagsOf(net.id()));
    }
}
