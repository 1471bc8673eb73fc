package dev.linkspan.core.peering;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which peerings to read, as of the snapshot's time. Filters combine with AND, the values within one with OR; an empty
 * list does not restrict. Invisible peerings never match (L3).
 *
 * @param viewer the account that asks: only peerings that concern it match
 * @param after continue behind this one
 * @param limit how many at most
 */
public record NetPeeringQuery(
        AccountId viewer,
        List<NetPeeringId> ids,
        List<PeeringStateName> states,
        List<NetId> sourceNets,
        List<NetId> accepterNets,
        List<AccountId> sourceAccounts,
        List<AccountId> accepterAccounts,
        List<Cidr> sourceRanges,
        List<Cidr> accepterRanges,
        Optional<Position> after,
        int limit) {

    public NetPeeringQuery {
        ids = List.copyOf(ids);
        states = List.copyOf(states);
        sourceNets = List.copyOf(sourceNets);
        accepterNets = List.copyOf(accepterNets);
        sourceAccounts = List.copyOf(sourceAccounts);
        accepterAccounts = List.copyOf(accepterAccounts);
        sourceRanges = List.copyOf(sourceRanges);
        accepterRanges = List.copyOf(accepterRanges);
    }

    /** Everything that this account may see. */
    public static NetPeeringQuery visibleTo(AccountId viewer, int limit) {
        return new NetPeeringQuery(
                viewer,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                limit);
    }

    /** The same, but asked for by this Net only. */
    public NetPeeringQuery ofSourceNet(NetId net) {
        return new NetPeeringQuery(
                viewer,
                ids,
                states,
                List.of(net),
                accepterNets,
                sourceAccounts,
                accepterAccounts,
                sourceRanges,
                accepterRanges,
                after,
                limit);
    }

    /** The same, but asked of this Net only. */
    public NetPeeringQuery ofAccepterNet(NetId net) {
        return new NetPeeringQuery(
                viewer,
                ids,
                states,
                sourceNets,
                List.of(net),
                sourceAccounts,
                accepterAccounts,
                sourceRanges,
                accepterRanges,
                after,
                limit);
    }

    /** The same, but in one of these states only. */
    public NetPeeringQuery inStates(PeeringStateName... only) {
        return new NetPeeringQuery(
                viewer,
                ids,
                List.of(only),
                sourceNets,
                accepterNets,
                sourceAccounts,
                accepterAccounts,
                sourceRanges,
                accepterRanges,
                after,
                limit);
    }

    public NetPeeringQuery continuedAfter(Position position) {
        return new NetPeeringQuery(
                viewer,
                ids,
                states,
                sourceNets,
                accepterNets,
                sourceAccounts,
                accepterAccounts,
                sourceRanges,
                accepterRanges,
                Optional.of(position),
                limit);
    }

    /** The same, but this many at most. */
    public NetPeeringQuery atMost(int newLimit) {
        return new NetPeeringQuery(
                viewer,
                ids,
                states,
                sourceNets,
                accepterNets,
                sourceAccounts,
                accepterAccounts,
                sourceRanges,
                accepterRanges,
                after,
                newLimit);
    }

    /** Whether it is one of those that are asked for, wherever a page begins and ends. */
    public boolean matches(NetPeering peering, Instant now) {
        return peering.concerns(viewer)
                && peering.visibleAt(now)
                && allows(ids, peering.id())
                && allows(states, peering.stateAt(now).name())
                && allows(sourceNets, peering.source().net())
                && allows(accepterNets, peering.accepter().net())
                && allows(sourceAccounts, peering.source().owner())
                && allows(accepterAccounts, peering.accepter().owner())
                && allows(sourceRanges, peering.source().range())
                && allows(accepterRanges, peering.accepter().range());
    }

    private static <T> boolean allows(List<T> filter, T value) {
        return filter.isEmpty() || filter.contains(value);
    }

    /** A place in the order of answers: live before dead, then by creation, then by id. */
    public record Position(boolean live, Instant createdAt, NetPeeringId id) implements Comparable<Position> {

        private static final Comparator<Position> ORDER = Comparator.comparing(Position::live)
                .reversed()
                .thenComparing(Position::createdAt)
                .thenComparing(position -> position.id().value());

        @Override
        public int compareTo(Position other) {
            return ORDER.compare(this, other);
        }

        public static Position of(NetPeering peering, Instant now) {
            return new Position(peering.stateAt(now) instanceof PeeringState.Live, peering.createdAt(), peering.id());
        }
    }
}
