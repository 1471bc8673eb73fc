package dev.linkspan.server.api.resource.peering;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.operation.NetPeerings;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringSide;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ResourceTag;
import dev.linkspan.server.api.json.EmptyIsAbsent;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.oapi.OapiListing;
import dev.linkspan.server.api.resource.peering.NetPeeringListing.SeenPeering;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The calls on Net peerings. */
public final class NetPeeringCalls {

    record CreateNetPeeringRequest(
            @Required NetId sourceNetId,
            @Required NetId accepterNetId,
            @EmptyIsAbsent Optional<AccountId> accepterOwnerId) {}

    /** AcceptNetPeering, RejectNetPeering, DeleteNetPeering. */
    record NetPeeringRequest(@Required NetPeeringId netPeeringId) {}

    record NetPeeringResponse(NetPeeringAnswer netPeering) {}

    record NetPeeringAnswer(
            NetPeeringId netPeeringId,
            NetPeeringSideAnswer sourceNet,
            NetPeeringSideAnswer accepterNet,
            NetPeeringStateAnswer state,
            Optional<Instant> expirationDate,
            List<ResourceTag> tags) {}

    record NetPeeringSideAnswer(NetId netId, String ipRange, AccountId accountId) {

        static NetPeeringSideAnswer of(PeeringSide side) {
            return new NetPeeringSideAnswer(side.net(), side.range().toString(), side.owner());
        }
    }

    record NetPeeringStateAnswer(PeeringStateName name, String message) {}

    private static final OapiListing<SeenPeering, NetPeeringAnswer> LISTING = new OapiListing<>(
            "NetPeerings",
            NetPeeringAnswer.class,
            NetPeeringListing.PEERINGS,
            (call, seen) -> answer(call, seen.peering()));

    private final NetPeerings peerings;

    public NetPeeringCalls(NetPeerings peerings) {
        this.peerings = peerings;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change(
                        "CreateNetPeering", CreateNetPeeringRequest.class, NetPeeringResponse.class, this::create),
                Operation.change("AcceptNetPeering", NetPeeringRequest.class, NetPeeringResponse.class, this::accept),
                Operation.change("RejectNetPeering", NetPeeringRequest.class, Operation.Done.class, this::reject),
                Operation.change("DeleteNetPeering", NetPeeringRequest.class, Operation.Done.class, this::delete),
                LISTING.operation("ReadNetPeerings"));
    }

    private NetPeeringResponse create(ChangeCall call, CreateNetPeeringRequest request) {
        NetPeering peering = peerings.create(
                call.work(), call.caller(), request.sourceNetId(), request.accepterNetId(), request.accepterOwnerId());
        return new NetPeeringResponse(answer(call, peering));
    }

    private NetPeeringResponse accept(ChangeCall call, NetPeeringRequest request) {
        return new NetPeeringResponse(
                answer(call, peerings.accept(call.work(), call.caller(), request.netPeeringId())));
    }

    private Operation.Done reject(ChangeCall call, NetPeeringRequest request) {
        peerings.reject(call.work(), call.caller(), request.netPeeringId());
        return new Operation.Done();
    }

    private Operation.Done delete(ChangeCall call, NetPeeringRequest request) {
        peerings.delete(call.work(), call.caller(), request.netPeeringId());
        return new Operation.Done();
    }

    private static NetPeeringAnswer answer(Call call, NetPeering peering) {
        Instant now = call.now();
        return new NetPeeringAnswer(
                peering.id(),
                NetPeeringSideAnswer.of(peering.source()),
                NetPeeringSideAnswer.of(peering.accepter()),
                new NetPeeringStateAnswer(peering.stateAt(now).name(), peering.messageAt(now)),
                peering.expirationShownAt(now),
                call.tagsOf(peering.id()));
    }
}
