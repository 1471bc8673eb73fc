package dev.linkspan.server.api.resource.peering;

import static dev.linkspan.server.api.listing.Names.both;
import static dev.linkspan.server.api.listing.Names.ec2;
import static dev.linkspan.server.api.listing.Names.outscale;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringState.Dead;
import dev.linkspan.core.peering.PeeringState.Live;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** How Net peerings are listed: those that concern the caller, live ones before dead ones. */
final class NetPeeringListing {

    /** The rank of the places of live ones. */
    private static final int LIVE = 0;

    private static final int DEAD = 1;

    /**
     * A peering with the time at which it is looked at, which its state depends on.
     *
     * @param begun when its list was begun, of which this may be a later page: by that its place is told, so that what dies
     *     between two pages keeps its place, and is neither shown twice nor left out
     */
    record SeenPeering(NetPeering peering, Instant at, Instant begun) {

        boolean diedOnTheWay() {
            return peering.stateAt(at) instanceof Dead dead && dead.since().isAfter(begun);
        }

        private boolean ranksAsLive() {
            return peering.stateAt(at) instanceof Live || diedOnTheWay();
        }

        Position position() {
            return new Place(ranksAsLive(), peering.createdAt(), peering.id(), begun).position();
        }
    }

    /** A place in a list that was begun at some time: live ones before dead ones, then by creation. */
    record Place(boolean live, Instant createdAt, NetPeeringId id, Instant begun) {

        /** Empty where no peering can have it. */
        static Optional<Place> of(Position position) {
            int end = position.key().lastIndexOf(' ');
            return new Position(position.key().substring(0, Math.max(end, 0)))
                    .ofCreation()
                    .flatMap(it -> NetPeeringId.KIND
                            .tryParse(it.id())
                            .flatMap(id -> time(position.key().substring(end + 1))
                                    .map(begun -> new Place(it.rank() == LIVE, it.createdAt(), id, begun))))
                    .filter(place -> place.position().equals(position));
        }

        private static Optional<Instant> time(String text) {
            try {
                long nanos = Long.parseLong(text, Character.MAX_RADIX);
                return Optional.of(Instant.ofEpochSecond(0, nanos));
            } catch (NumberFormatException noTime) {
                return Optional.empty();
            }
        }

        private String time() {
            return Long.toString(ChronoUnit.NANOS.between(Instant.EPOCH, begun), Character.MAX_RADIX);
        }

        Position position() {
            Position ofPeering = Position.byCreation(createdAt, id).ranked(live ? LIVE : DEAD);
            return new Position(ofPeering.key() + " " + time());
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
            .text(outscale("StateMessages"), seen -> seen.peering().messageAt(seen.at()))
            .text(ec2("status-message"), seen -> ec2Message(seen.peering(), seen.at()))
            .date(
                    both("ExpirationDates", "expiration-time"),
                    seen -> seen.peering().expirationShownAt(seen.at()))
            .tags(seen -> seen.peering().id());

    static final Listing<SeenPeering> PEERINGS = new Listing<>(FIELDS, new NetPeeringSource(), SeenPeering::position);

    private NetPeeringListing() {}

    /** What the state means, in EC2's words; the reason why it failed is recorded in the OUTSCALE API's. */
    static String ec2Message(NetPeering peering, Instant now) {
        return peering.messageAt(now).replace("two Nets", "two VPCs");
    }
}
