package dev.linkspan.core.port;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.NetPeeringQuery;
import dev.linkspan.core.peering.PeeringStateName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the Net peerings. */
public interface PeeringReader {

    Optional<NetPeering> find(NetPeeringId id);

    /** A page of the peerings that match, live ones first, then by creation; bounded by the query's limit. */
    List<NetPeering> search(NetPeeringQuery query);

    /** The peerings of this Net that are recorded as pending or active, on either side. */
    List<NetPeering> liveOfNet(NetId net);

    /** The peerings between these two, whichever way round, that are recorded as pending or active. */
    List<NetPeering> liveBetween(NetId one, NetId other);

    /** How many of the Region show each state now (L2, L3); states that none shows are left out. */
    Map<PeeringStateName, Long> countByState();

    /** How many peerings of this Net are active (P12). */
    int countActiveOfNet(NetId net);

    /** How many requests of this account wait for an answer now (P12). */
    int countOutstandingOfRequester(AccountId requester);

    /** How many requests of this account are shown that came to nothing: the dead peerings of the last hour (L3). */
    int countDeadOfRequester(AccountId requester);
}
