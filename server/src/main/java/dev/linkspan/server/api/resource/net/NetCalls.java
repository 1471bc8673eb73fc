package dev.linkspan.server.api.resource.net;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.net.DhcpOptionsSet;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.operation.Nets;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ResourceTag;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.oapi.OapiListing;
import java.util.List;
import java.util.Optional;

/** The calls on Nets. */
public final class NetCalls {

    /** @param ipRange is judged by its size before its host bits */
    record CreateNetRequest(@Required String ipRange, Optional<String> tenancy) {

        Cidr range() {
            try {
                Nets.requireSize(Cidr.parseCanonical(ipRange));
                return Cidr.parse(ipRange);
            } catch (IllegalArgumentException notARange) {
                throw Refusal.malformed(Parameter.RANGE, ipRange, String.valueOf(notARange.getMessage()));
            }
        }
    }

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

    private static final OapiListing<Net, NetAnswer> LISTING =
            new OapiListing<>("Nets", NetAnswer.class, NetListing.NETS, NetCalls::answer);

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
        return new NetResponse(answer(call, nets.create(call.work(), call.caller(), request.range(), tenancy)));
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

    private static NetAnswer answer(Call call, Net net) {
        return new NetAnswer(
                net.id(), net.range(), NetListing.STATE, net.tenancy(), net.dhcpOptions(), call.tagsOf(net.id()));
    }
}
