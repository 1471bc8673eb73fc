package dev.linkspan.core.port;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.routing.RouteTable;
import java.util.List;
import java.util.Optional;

/** Reads the route tables. */
public interface RouteTableReader {

    Optional<RouteTable> find(RouteTableId id);

    /** Whose this table is, without its routes. */
    Optional<AccountId> findOwner(RouteTableId id);

    Optional<RouteTable> findByLink(RouteTableLinkId id);

    /** The table that was made with this token, while it is there. */
    Optional<RouteTable> findByClientToken(AccountId owner, String clientToken);

    List<RouteTable> ofOwner(AccountId owner);

    List<RouteTable> ofNet(NetId net);

    /** The tables, of either Net, with a route whose target is this peering. */
    List<RouteTable> withRouteTo(NetPeeringId peering);
}
