package dev.linkspan.server.api.oapi;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.NetPeeringQuery;
import dev.linkspan.core.peering.NetPeerings;
import dev.linkspan.core.peering.PeeringSide;
import dev.linkspan.core.peering.PeeringState.Live;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.server.api.json.FilterArguments;
import dev.linkspan.server.api.json.Required;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The calls on Net peerings. */
public final class NetPeeringCalls {

    record CreateNetPeeringRequest(
            @Required NetId sourceNetId, @Required NetId accepterNetId, Optional<AccountId> accepterOwnerId) {}

    /** AcceptNetPeering, RejectNetPeering, DeleteNetPeering. */
    record NetPeeringRequest(@Required NetPeeringId netPeeringId) {}

    record NetPeeringResponse(NetPeeringAnswer netPeering) {}

    record NetPeeringAnswer(
            NetPeeringId netPeeringId,
            SideAnswer sourceNet,
            SideAnswer accepterNet,
            StateAnswer state,
            Optional<Instant> expirationDate,
            List<ResourceTag> tags) {}

    record SideAnswer(NetId netId, String ipRange, AccountId accountId) {

        static SideAnswer of(PeeringSide side) {
            return new SideAnswer(side.net(), side.range().toString(), side.owner());
        }
    }

    record StateAnswer(PeeringStateName name, String message) {}

    /** A peering with the time at which it is looked at, which its state depends on. */
    private record Seen(NetPeering peering, Instant at) {}

    private static final FilterTable<Seen> FILTERS = FilterTable.<Seen>of()
            .text("NetPeeringIds", seen -> seen.peering().id())
            .text("SourceNetNetIds", seen -> seen.peering().source().net())
            .text("SourceNetIpRanges", seen -> seen.peering().source().range())
            .account("SourceNetAccountIds", seen -> seen.peering().source().owner())
            .text("AccepterNetNetIds", seen -> seen.peering().accepter().net())
            .text("AccepterNetIpRanges", seen -> seen.peering().accepter().range())
            .account("AccepterNetAccountIds", seen -> seen.peering().accepter().owner())
            .text("StateNames", seen -> seen.peering().stateAt(seen.at()).name().label())
            .text("StateMessages", seen -> seen.peering().messageAt(seen.at()))
            .date("ExpirationDates", seen -> seen.peering().expirationShownAt(seen.at()))
            .tags(seen -> seen.peering().id());

    private static final Listing<Seen> LISTING = new Listing<>(
            "NetPeerings",
            NetPeeringCalls::candidates,
            NetPeeringCalls::position,
            FILTERS,
            (call, seen) -> answer(call, seen.peering()));

    private static final int MOST_NETS_ASKED_FOR = 200;

    private final NetPeerings peerings;

    public NetPeeringCalls(NetPeerings peerings) {
        this.peerings = peerings;
    }

    public List<OapiOperation> operations() {
        return List.of(
                OapiOperation.change("CreateNetPeering", CreateNetPeeringRequest.class, this::create),
                OapiOperation.change("AcceptNetPeering", NetPeeringRequest.class, this::accept),
                OapiOperation.change("RejectNetPeering", NetPeeringRequest.class, this::reject),
                OapiOperation.change("DeleteNetPeering", NetPeeringRequest.class, this::delete),
                OapiOperation.list("ReadNetPeerings", LISTING));
    }

    private Object create(ChangeCall call, CreateNetPeeringRequest request) {
        NetPeering peering = peerings.create(
                call.work(), call.caller(), request.sourceNetId(), request.accepterNetId(), request.accepterOwnerId());
        return new NetPeeringResponse(answer(call, peering));
    }

    private Object accept(ChangeCall call, NetPeeringRequest request) {
        return new NetPeeringResponse(
                answer(call, peerings.accept(call.work(), call.caller(), request.netPeeringId())));
    }

    private Object reject(ChangeCall call, NetPeeringRequest request) {
        peerings.reject(call.work(), call.caller(), request.netPeeringId());
        return new OapiOperation.Done();
    }

    private Object delete(ChangeCall call, NetPeeringRequest request) {
        peerings.delete(call.work(), call.caller(), request.netPeeringId());
        return new OapiOperation.Done();
    }

    /** Asked for by id, by Net or by state, which is what clients do most, only those are read. */
    private static List<Seen> candidates(ReadCall call, FilterArguments filters) {
        Optional<List<NetPeeringId>> ids = filters.ids("NetPeeringIds", NetPeeringId.KIND);
        Instant now = call.now();
        List<NetPeering> candidates = ids.isPresent()
                ? ids.get().stream()
                        .flatMap(id -> call.snapshot().netPeering(id).stream())
                        .filter(peering -> peering.concerns(call.caller()) && peering.visibleAt(now))
                        .toList()
                : call.snapshot().netPeerings(query(call.caller(), filters));
        return candidates.stream().map(peering -> new Seen(peering, now)).toList();
    }

    private static NetPeeringQuery query(AccountId viewer, FilterArguments filters) {
        List<PeeringStateName> states = filters.texts("StateNames").stream()
                .distinct()
                .flatMap(name -> PeeringStateName.tryParse(name).stream())
                .toList();
        return NetPeeringQuery.visibleTo(viewer, Integer.MAX_VALUE)
                .narrowedTo(states, nets(filters, "SourceNetNetIds"), nets(filters, "AccepterNetNetIds"));
    }

    /** Very many Nets are left to the filters that follow: a statement has room for so many values only. */
    private static List<NetId> nets(FilterArguments filters, String name) {
        return filters.ids(name, NetId.KIND)
                .filter(ids -> ids.size() <= MOST_NETS_ASKED_FOR)
                .orElse(List.of());
    }

    /** Live ones before dead ones, then by creation. */
    private static Position position(Seen seen) {
        boolean live = seen.peering().stateAt(seen.at()) instanceof Live;
        return Position.byCreation(seen.peering().createdAt(), seen.peering().id())
                .ranked(live ? 0 : 1);
    }

    private static NetPeeringAnswer answer(Call call, NetPeering peering) {
        Instant now = call.now();
        return new NetPeeringAnswer(
                peering.id(),
                SideAnswer.of(peering.source()),
                SideAnswer.of(peering.accepter()),
                new StateAnswer(peering.stateAt(now).name(), peering.messageAt(now)),
                peering.expirationShownAt(now),
                call.tagsOf(peering.id()));
    }
}
