package dev.linkspan.server.api.resource.peering;

import static dev.linkspan.server.api.listing.Names.both;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringState.Live;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import java.time.Instant;

/** How Net peerings are listed: those that concern the caller, live ones before dead ones. */
final class NetPeeringListing {

    /** The rank of the places of live ones. */
    static final int LIVE = 0;

    private static final int DEAD = 1;

    /** A peering with the time at which it is looked at, which its state and its place in an answer depend on. */
    record SeenPeering(NetPeering peering, Instant at) {

        Position position() {
            return NetPeeringListing.position(peering.stateAt(at) instanceof Live, peering.createdAt(), peering.id());
        }
    }

    static final Field<SeenPeering, NetPeeringId> ID = Field.id(
            both("NetPeeringIds", "vpc-peering-connection-id"),
            NetPeeringId.KIND,
            seen -> seen.peering().id());

    static final Field<SeenPeering, NetId> SOURCE_NET = Field.id(
            both("SourceNetNetIds", "requester-vpc-info.vpc-id"),
            NetId.KIND,
            seen -> seen.peering().source().net());

    static final Field<SeenPeering, Cidr> SOURCE_RANGE = Field.parsed(
            both("SourceNetIpRanges", "requester-vpc-info.cidr-block"),
            Cidr::tryParse,
            seen -> seen.peering().source().range());

    static final Field<SeenPeering, AccountId> SOURCE_ACCOUNT = Field.account(
            both("SourceNetAccountIds", "requester-vpc-info.owner-id"),
            seen -> seen.peering().source().owner());

    static final Field<SeenPeering, NetId> ACCEPTER_NET = Field.id(
            both("AccepterNetNetIds", "accepter-vpc-info.vpc-id"),
            NetId.KIND,
            seen -> seen.peering().accepter().net());

    static final Field<SeenPeering, Cidr> ACCEPTER_RANGE = Field.parsed(
            both("AccepterNetIpRanges", "accepter-vpc-info.cidr-block"),
            Cidr::tryParse,
            seen -> seen.peering().accepter().range());

    static final Field<SeenPeering, AccountId> ACCEPTER_ACCOUNT = Field.account(
            both("AccepterNetAccountIds", "accepter-vpc-info.owner-id"),
            seen -> seen.peering().accepter().owner());

    static final Field<SeenPeering, PeeringStateName> STATE = Field.parsed(
            both("StateNames", "status-code"),
            PeeringStateName::tryParse,
            seen -> seen.peering().stateAt(seen.at()).name().label());

    private static final Fields<SeenPeering> FIELDS = Fields.<SeenPeering>of()
            .with(ID)
            .with(SOURCE_NET)
            .with(SOURCE_RANGE)
            .with(SOURCE_ACCOUNT)
            .with(ACCEPTER_NET)
            .with(ACCEPTER_RANGE)
            .with(ACCEPTER_ACCOUNT)
            .with(STATE)
            .text(
                    both("StateMessages", "status-message"),
                    seen -> seen.peering().messageAt(seen.at()))
            .date(
                    both("ExpirationDates", "expiration-time"),
                    seen -> seen.peering().expirationShownAt(seen.at()))
            .tags(seen -> seen.peering().id());

    static final Listing<SeenPeering> PEERINGS = new Listing<>(FIELDS, new NetPeeringSource(), SeenPeering::position);

    private NetPeeringListing() {}

    /** Live ones before dead ones, then by creation. */
    static Position position(boolean live, Instant createdAt, NetPeeringId id) {
        return Position.byCreation(createdAt, id).ranked(live ? LIVE : DEAD);
    }
}
