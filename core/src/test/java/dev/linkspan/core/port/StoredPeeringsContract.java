package dev.linkspan.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.NetPeeringQuery;
import dev.linkspan.core.peering.NetPeeringQuery.Position;
import dev.linkspan.core.peering.PeeringMessage;
import dev.linkspan.core.peering.PeeringOptions;
import dev.linkspan.core.peering.PeeringSide;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.peering.PeeringState.Active;
import dev.linkspan.core.peering.PeeringState.Deleted;
import dev.linkspan.core.peering.PeeringState.Expired;
import dev.linkspan.core.peering.PeeringState.Failed;
import dev.linkspan.core.peering.PeeringState.PendingAcceptance;
import dev.linkspan.core.peering.PeeringState.Rejected;
import dev.linkspan.core.peering.PeeringStateName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Peerings: every query answers what {@link NetPeering#stateAt} and {@link NetPeering#visibleAt} say of every row, at and
 * around the instants at which that changes.
 */
public abstract class StoredPeeringsContract extends StoreContract {

    private static final Duration SHOWN_AFTER_DEATH = PeeringStateName.DELETED.shownFor();
    private static final int ALL = 1000;

    private static final Comparator<NetPeering> BY_CREATION = Comparator.comparing(NetPeering::createdAt)
            .thenComparing(peering -> peering.id().value());

    private final List<AccountId> accounts = new ArrayList<>();
    private final List<Net> nets = new ArrayList<>();
    private final List<NetPeering> peerings = new ArrayList<>();
    private Instant start;

    /** Three accounts with two Nets each; peerings of every recorded state between all of them. */
    @BeforeEach
    void populate() {
        for (int i = 0; i < 3; i++) {
            AccountId account = fixture.account();
            accounts.add(account);
            nets.add(fixture.bareNet(account, "10.%d.0.0/16".formatted(i)));
            nets.add(fixture.bareNet(account, "10.9.0.0/16"));
        }
        start = fixture.now();
        fixture.change(this::populatePairs);
    }

    private int populatePairs(UnitOfWork unit) {
        int pair = 0;
        for (Net source : nets) {
            for (Net accepter : nets) {
                if (!source.equals(accepter)) {
                    Instant createdAt = start.plusMillis(pair % 4);
                    states(createdAt, pair).forEach(state -> save(unit, source, accepter, createdAt, state));
                    pair++;
                }
            }
        }
        return pair;
    }

    /** All the dead states for each direction; one live state at most, as the constraints demand. */
    private List<PeeringState> states(Instant createdAt, int pair) {
        AccountId by = accounts.getFirst();
        List<PeeringState> states = new ArrayList<>(List.of(
                new Rejected(createdAt.plusSeconds(1), Optional.of(by)),
                new Rejected(createdAt.plusSeconds(2), Optional.empty()),
                new Failed(createdAt, "the IP ranges of the two Nets overlap (10.0.0.0/16, 10.0.0.0/16)"),
                new Expired(createdAt.plus(PeeringState.TIME_TO_ANSWER)),
                new Deleted(createdAt.plusSeconds(3), by)));
        if (pair % 3 != 0) {
            states.add(new PendingAcceptance(createdAt.plus(PeeringState.TIME_TO_ANSWER)));
        }
        return states;
    }

    private NetPeering save(Net source, Net accepter, Instant createdAt, PeeringState state) {
        return fixture.change(unit -> save(unit, source, accepter, createdAt, state));
    }

    private NetPeering save(UnitOfWork unit, Net source, Net accepter, Instant createdAt, PeeringState state) {
        Optional<Instant> acceptedAt = state instanceof Active(Instant since) ? Optional.of(since) : Optional.empty();
        NetPeering peering = new NetPeering(
                unit.newId(NetPeeringId.KIND),
                PeeringSide.of(source),
                PeeringSide.of(accepter),
                createdAt,
                acceptedAt,
                peerings.size() % 2 == 0 ? Optional.empty() : Optional.of(new PeeringMessage("naïve\nÆrø 東京")),
                state);
        unit.peerings().save(peering);
        peerings.add(peering);
        return peering;
    }

    private void activateHalf() {
        for (int i = 0; i < nets.size() - 1; i++) {
            save(nets.get(i), nets.get(i + 1), start.plusMillis(i), new Active(start.plusSeconds(i)));
        }
    }

    /** Just before, at and just after everything that time alone does. */
    private List<Instant> instants() {
        List<Instant> turns = List.of(
                start.plus(SHOWN_AFTER_DEATH),
                start.plus(SHOWN_AFTER_DEATH).plusSeconds(1),
                start.plus(SHOWN_AFTER_DEATH).plusSeconds(2),
                start.plus(SHOWN_AFTER_DEATH).plusSeconds(3),
                start.plus(PeeringState.TIME_TO_ANSWER),
                start.plus(PeeringState.TIME_TO_ANSWER).plus(SHOWN_AFTER_DEATH));
        return turns.stream()
                .flatMap(turn -> List.of(turn.minusMillis(1), turn, turn.plusMillis(1), turn.plusMillis(2)).stream())
                .toList();
    }

    private List<NetPeering> expected(AccountId viewer, Predicate<NetPeering> filter) {
        Instant now = fixture.now();
        return peerings.stream()
                .filter(peering -> peering.concerns(viewer) && peering.visibleAt(now))
                .filter(filter)
                .sorted(Comparator.comparing((NetPeering peering) -> peering.stateAt(now) instanceof PeeringState.Dead)
                        .thenComparing(BY_CREATION))
                .toList();
    }

    private List<NetPeering> found(NetPeeringQuery query) {
        return fixture.read(snapshot -> snapshot.peerings().search(query));
    }

    @Test
    void every_recorded_state_is_read_as_it_was_saved() {
        activateHalf();

        assertThat(peerings)
                .allSatisfy(peering -> assertOne(snapshot -> snapshot.peerings().find(peering.id()))
                        .contains(peering));
        assertOne(
                        elsewhere,
                        snapshot -> snapshot.peerings().find(peerings.getFirst().id()))
                .isEmpty();
    }

    @Test
    @Rule({"L2", "L3", "T2"})
    void each_state_is_found_exactly_while_it_holds() {
        activateHalf();
        for (Instant instant : instants()) {
            clock.set(instant);
            for (AccountId viewer : accounts) {
                assertThat(found(NetPeeringQuery.visibleTo(viewer, ALL)))
                        .as("everything at %s", instant)
                        .isEqualTo(expected(viewer, _ -> true));
                for (PeeringStateName name : PeeringStateName.values()) {
                    assertThat(found(query(viewer).states(List.of(name)).build()))
                            .as("%s at %s", name, instant)
                            .isEqualTo(
                                    expected(viewer, it -> it.stateAt(instant).name() == name));
                }
            }
        }
    }

    @Test
    void filters_combine_with_and_and_their_values_with_or() {
        activateHalf();
        AccountId viewer = accounts.get(1);
        List<NetPeeringId> ids =
                List.of(peerings.get(3).id(), peerings.getLast().id(), NetPeeringId.KIND.of(-1));
        List<NetId> some = List.of(nets.get(2).id(), nets.get(5).id());
        List<Cidr> ranges = List.of(Cidr.parse("10.9.0.0/16"));
        List<AccountId> two = accounts.subList(0, 2);
        List<PeeringStateName> states = List.of(PeeringStateName.ACTIVE, PeeringStateName.FAILED);

        assertFound(query(viewer).ids(ids), it -> ids.contains(it.id()));
        assertFound(
                query(viewer).sourceNets(some), it -> some.contains(it.source().net()));
        assertFound(
                query(viewer).accepterNets(some),
                it -> some.contains(it.accepter().net()));
        assertFound(
                query(viewer).sourceAccounts(two),
                it -> two.contains(it.source().owner()));
        assertFound(
                query(viewer).accepterAccounts(two),
                it -> two.contains(it.accepter().owner()));
        assertFound(
                query(viewer).sourceRanges(ranges),
                it -> ranges.contains(it.source().range()));
        assertFound(
                query(viewer).accepterRanges(ranges),
                it -> ranges.contains(it.accepter().range()));
        assertFound(
                query(viewer).states(states).sourceNets(some).accepterAccounts(two),
                it -> states.contains(it.stateAt(fixture.now()).name())
                        && some.contains(it.source().net())
                        && two.contains(it.accepter().owner()));
        assertFound(
                query(viewer).sourceAccounts(two).accepterRanges(ranges),
                it -> two.contains(it.source().owner())
                        && ranges.contains(it.accepter().range()));
        assertFound(query(viewer).ids(List.of(NetPeeringId.KIND.of(-1))), _ -> false);
    }

    private void assertFound(PeeringQueryDraft query, Predicate<NetPeering> filter) {
        assertThat(found(query.build())).isEqualTo(expected(query.viewer(), filter));
    }

    @Test
    void pages_follow_one_another_until_all_is_told() {
        activateHalf();
        AccountId viewer = accounts.getFirst();
        for (int size : List.of(1, 2, 7)) {
            List<NetPeering> told = new ArrayList<>();
            NetPeeringQuery query = NetPeeringQuery.visibleTo(viewer, size);
            for (List<NetPeering> page = found(query); !page.isEmpty(); page = found(query)) {
                assertThat(page).hasSizeLessThanOrEqualTo(size);
                told.addAll(page);
                query = query.continuedAfter(Position.of(page.getLast(), fixture.now()));
            }
            assertThat(told).isEqualTo(expected(viewer, _ -> true));
        }
    }

    @Test
    void a_page_of_nothing_is_empty() {
        assertThat(found(NetPeeringQuery.visibleTo(accounts.getFirst(), 0))).isEmpty();
    }

    @Test
    void live_peerings_of_a_net_and_between_two_are_those_recorded_so() {
        activateHalf();
        clock.advance(PeeringState.TIME_TO_ANSWER.plusDays(1));
        Predicate<NetPeering> live = it -> it.recorded() instanceof PeeringState.Live;

        for (Net one : nets) {
            assertList(snapshot -> snapshot.peerings().liveOfNet(one.id()))
                    .isEqualTo(inCreationOrder(live.and(it -> it.connects(one.id()))));
            for (Net other : nets) {
                if (!one.equals(other)) {
                    assertList(snapshot -> snapshot.peerings().liveBetween(one.id(), other.id()))
                            .isEqualTo(
                                    inCreationOrder(live.and(it -> it.connects(one.id()) && it.connects(other.id()))));
                }
            }
        }
    }

    @Test
    @Rule({"L2", "L3", "P12"})
    void the_dead_requests_of_an_account_are_counted_while_they_are_shown() {
        activateHalf();
        AccountId requester = peerings.getFirst().source().owner();
        for (Instant instant : instants()) {
            clock.set(instant);
            long expected = peerings.stream()
                    .filter(it -> it.source().owner().equals(requester)
                            && it.visibleAt(instant)
                            && it.stateAt(instant) instanceof PeeringState.Dead)
                    .count();
            assertThat(fixture.<Integer>read(snapshot -> snapshot.peerings().countDeadOfRequester(requester)))
                    .as("%s", instant)
                    .isEqualTo((int) expected);
        }
    }

    @Test
    @Rule({"L2", "L3"})
    void peerings_are_counted_by_the_state_that_they_show_now() {
        activateHalf();
        Instant due = start.plus(PeeringState.TIME_TO_ANSWER);
        Instant gone = due.plus(SHOWN_AFTER_DEATH);
        for (Instant instant : List.of(start, due.minusMillis(1), due, due.plusMillis(2), gone.minusMillis(1), gone)) {
            clock.set(instant);
            Map<PeeringStateName, Long> expected = peerings.stream()
                    .filter(it -> it.visibleAt(instant))
                    .collect(Collectors.groupingBy(it -> it.stateAt(instant).name(), Collectors.counting()));
            assertThat(fixture.<Map<PeeringStateName, Long>>read(
                            snapshot -> snapshot.peerings().countByState()))
                    .isEqualTo(expected);
        }
        assertThat(elsewhere.<Map<PeeringStateName, Long>>read(
                        snapshot -> snapshot.peerings().countByState()))
                .isEmpty();
    }

    @Test
    @Rule("P12")
    void what_quotas_limit_is_counted_as_of_now() {
        activateHalf();
        Instant due = start.plus(PeeringState.TIME_TO_ANSWER);
        for (Instant instant : List.of(start, due.minusMillis(1), due, due.plusMillis(2), due.plusMillis(3))) {
            clock.set(instant);
            for (Net net : nets) {
                long active = peerings.stream()
                        .filter(it -> it.isActive() && it.connects(net.id()))
                        .count();
                assertThat((int) fixture.read(snapshot -> snapshot.peerings().countActiveOfNet(net.id())))
                        .isEqualTo((int) active);
            }
            for (AccountId account : accounts) {
                long pending = peerings.stream()
                        .filter(it ->
                                it.source().owner().equals(account) && it.stateAt(instant) instanceof PendingAcceptance)
                        .count();
                assertThat((int) fixture.read(snapshot -> snapshot.peerings().countOutstandingOfRequester(account)))
                        .isEqualTo((int) pending);
            }
        }
    }

    @Test
    void what_time_has_done_is_found_oldest_first_and_a_few_at_a_time() {
        activateHalf();
        Instant due = start.plus(PeeringState.TIME_TO_ANSWER).plusMillis(1);
        Function<NetPeering, Instant> expiry =
                it -> it.recorded() instanceof PendingAcceptance(Instant at) ? at : Instant.MAX;
        Function<NetPeering, Instant> death =
                it -> it.recorded() instanceof PeeringState.Dead dead ? dead.since() : Instant.MAX;

        List<NetPeering> pending = fixture.change(unit -> unit.peerings().pendingDueBy(due, ALL));
        Instant later = start.plusSeconds(2).plus(SHOWN_AFTER_DEATH);
        List<NetPeering> dead = fixture.change(unit -> unit.peerings().goneBy(later, ALL));

        assertOldestFirst(pending, it -> !expiry.apply(it).isAfter(due), expiry);
        assertOldestFirst(dead, it -> !death.apply(it).isAfter(start.plusSeconds(2)) && !it.visibleAt(later), death);
        assertThat(fixture.<Collection<NetPeering>>change(
                        unit -> unit.peerings().pendingDueBy(due, 3)))
                .containsExactlyElementsOf(pending.subList(0, 3));
        assertThat(fixture.<Collection<NetPeering>>change(
                        unit -> unit.peerings().goneBy(later, 3)))
                .containsExactlyElementsOf(dead.subList(0, 3));
        assertThat(fixture.<Collection<NetPeering>>change(
                        unit -> unit.peerings().goneBy(due, 0)))
                .isEmpty();
    }

    private void assertOldestFirst(
            List<NetPeering> found, Predicate<NetPeering> filter, Function<NetPeering, Instant> time) {
        assertThat(found)
                .hasSizeGreaterThan(5)
                .containsExactlyInAnyOrderElementsOf(
                        peerings.stream().filter(filter).toList());
        assertThat(found.stream().map(time)).isSorted();
    }

    @Test
    @Rule("P3")
    void two_active_peerings_of_a_pair_are_refused_whichever_way_round() {
        Net one = fixture.bareNet(accounts.getFirst(), "172.16.0.0/16");
        Net other = fixture.bareNet(accounts.getLast(), "172.17.0.0/16");
        NetPeering active = save(one, other, start, new Active(start));

        assertBug(() -> save(one, other, start, new Active(start)));
        assertBug(() -> save(other, one, start, new Active(start)));

        fixture.change(unit -> {
            unit.peerings().save(active.delete(accounts.getFirst(), unit.now()));
            return true;
        });
        assertThat(save(other, one, start, new Active(start)).isActive()).isTrue();
    }

    @Test
    @Rule("P9")
    void two_pending_requests_are_refused_one_way_and_allowed_both_ways_round() {
        Net one = fixture.bareNet(accounts.getFirst(), "172.16.0.0/16");
        Net other = fixture.bareNet(accounts.getLast(), "172.17.0.0/16");
        fixture.pendingPeering(one, other);

        assertBug(() -> fixture.pendingPeering(one, other));

        NetPeering reverse = fixture.pendingPeering(other, one);
        assertOne(snapshot -> snapshot.peerings().find(reverse.id())).contains(reverse);
    }

    @Test
    void what_each_side_allows_is_read_as_it_was_saved() {
        NetPeering peering = fixture.activePeering(nets.get(0), nets.get(1));
        for (PeeringOptions options : List.of(
                new PeeringOptions(Optional.of(true), Optional.empty()),
                new PeeringOptions(Optional.of(false), Optional.of(true)))) {
            NetPeering set = peering.withOptions(options, peering.source().owner(), fixture.now());
            fixture.change(unit -> {
                unit.peerings().save(set);
                return set;
            });
            assertOne(snapshot -> snapshot.peerings().find(peering.id())).contains(set);
        }
    }

    @Test
    void a_peering_that_is_deleted_from_the_store_is_gone() {
        NetPeering peering = peerings.getFirst();

        fixture.change(unit -> {
            unit.peerings().delete(peering.id());
            return true;
        });

        assertOne(snapshot -> snapshot.peerings().find(peering.id())).isEmpty();
    }

    @Test
    @Rule("L7")
    void a_peering_outlives_its_nets() {
        NetPeering peering = peerings.getFirst();

        fixture.change(unit -> {
            unit.nets().delete(peering.source().net());
            return true;
        });

        assertOne(snapshot -> snapshot.peerings().find(peering.id())).contains(peering);
    }

    private List<NetPeering> inCreationOrder(Predicate<NetPeering> filter) {
        return peerings.stream().filter(filter).sorted(BY_CREATION).toList();
    }

    private static PeeringQueryDraft query(AccountId viewer) {
        return new PeeringQueryDraft(NetPeeringQuery.visibleTo(viewer, ALL));
    }
}
