package dev.linkspan.server.api.own;

import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.AccountName;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.operation.NetPeerings;
import dev.linkspan.core.operation.Visible;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringMessage;
import dev.linkspan.core.peering.PeeringSide;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.call.ReadTurns;
import dev.linkspan.server.api.json.Required;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Asking for a peering as one person asks another: under a name, and with a word. Neither API has a place for that. */
public final class PeeringRequestCalls {

    record AskForPeeringRequest(
            @Required NetId sourceNetId,
            @Required NetId accepterNetId,
            Optional<AccountId> accepterOwnerId,
            Optional<PeeringMessage> message) {}

    /** As CreateNetPeering answers it, in short. */
    record AskForPeeringResponse(NetPeeringId netPeeringId, PeeringStateName state, String stateMessage) {

        static AskForPeeringResponse of(NetPeering peering, Instant now) {
            return new AskForPeeringResponse(peering.id(), peering.stateAt(now).name(), peering.messageAt(now));
        }
    }

    /** @param netPeeringIds those that do not exist, or are other accounts', are left out of the answer */
    record ReadPeeringRequestsRequest(@Required List<NetPeeringId> netPeeringIds) {}

    /** In the order in which they were asked for. */
    record ReadPeeringRequestsResponse(List<PeeringRequestAnswer> requests) {}

    record PeeringRequestAnswer(
            NetPeeringId netPeeringId,
            PeeringPartyAnswer source,
            PeeringPartyAnswer accepter,
            Optional<PeeringMessage> message) {}

    record PeeringPartyAnswer(AccountId accountId, Optional<AccountName> name) {}

    private static final int MOST_READ = 1000;

    private final Store store;
    private final NetPeerings peerings;
    private final ReadTurns turns;

    /** @param turns whose turn it is to read */
    public PeeringRequestCalls(Store store, NetPeerings peerings, ReadTurns turns) {
        this.turns = turns;
        this.store = store;
        this.peerings = peerings;
    }

    List<AccountOperation<?>> operations() {
        return List.of(
                AccountOperation.of(
                        "AskForPeering",
                        AskForPeeringRequest.class,
                        AskForPeeringResponse.class,
                        (caller, _, origin, request) -> ask(caller, origin, request)),
                AccountOperation.of(
                        "ReadPeeringRequests",
                        ReadPeeringRequestsRequest.class,
                        ReadPeeringRequestsResponse.class,
                        (caller, _, _, request) -> read(caller, request)));
    }

    AskForPeeringResponse ask(Caller caller, Origin origin, AskForPeeringRequest request) {
        return store.change(caller.region(), origin, unit -> {
            NetPeering peering = peerings.create(
                    unit,
                    caller.account(),
                    request.sourceNetId(),
                    request.accepterNetId(),
                    request.accepterOwnerId(),
                    request.message());
            return AskForPeeringResponse.of(peering, unit.now());
        });
    }

    ReadPeeringRequestsResponse read(Caller caller, ReadPeeringRequestsRequest request) {
        List<NetPeeringId> ids = request.netPeeringIds();
        if (ids.size() > MOST_READ) {
            throw Refusal.badValue("NetPeeringIds", ids.size() + " ids", "at most %d are answered at once", MOST_READ);
        }
        return turns.taking(
                caller.account(),
                () -> store.read(
                        caller.region(),
                        snapshot -> new ReadPeeringRequestsResponse(ids.stream()
                                .distinct()
                                .flatMap(id -> Visible.netPeering(snapshot, caller.account(), id).stream())
                                .map(peering -> answer(snapshot, caller.account(), peering))
                                .toList())));
    }

    /** A request carries its asker's name. Whoever was asked is named to the asker once they have agreed. */
    private static PeeringRequestAnswer answer(Snapshot snapshot, AccountId viewer, NetPeering peering) {
        boolean agreed =
                peering.acceptedAt().isPresent() || peering.accepter().owner().equals(viewer);
        return new PeeringRequestAnswer(
                peering.id(),
                party(snapshot, peering.source(), true),
                party(snapshot, peering.accepter(), agreed),
                peering.message());
    }

    private static PeeringPartyAnswer party(Snapshot snapshot, PeeringSide side, boolean named) {
        Optional<AccountName> name = snapshot.accounts().find(side.owner()).flatMap(Account::name);
        return new PeeringPartyAnswer(side.owner(), name.filter(_ -> named));
    }
}
