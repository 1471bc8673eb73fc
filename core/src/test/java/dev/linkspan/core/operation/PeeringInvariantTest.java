package dev.linkspan.core.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.refusal.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done in whatever order, what must always hold does. */
class PeeringInvariantTest {

    private static final int STEPS = 300;

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final NetPeerings peerings = new NetPeerings(new PeeringRules(false, true));
    private final List<AccountId> accounts = List.of(fixture.account(), fixture.account());
    private final List<Net> nets = List.of(
            fixture.net(accounts.get(0), "10.0.0.0/16"),
            fixture.net(accounts.get(0), "10.1.0.0/16"),
            fixture.net(accounts.get(1), "10.2.0.0/16"),
            fixture.net(accounts.get(1), "10.1.0.0/24"));
    private final List<NetPeering> made = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @Rule({"P3", "L1", "L9"})
    void two_nets_have_one_active_peering_at_most(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            doSomething(random);
            requireInvariants("seed %d, step %d".formatted(seed, step));
        }
    }

    private void doSomething(Random random) {
        AccountId caller = accounts.get(random.nextInt(accounts.size()));
        int choice = random.nextInt(10);
        try {
            if (choice < 4 || made.isEmpty()) {
                Net from = nets.get(random.nextInt(nets.size()));
                Net to = nets.get(random.nextInt(nets.size()));
                made.add(fixture.change(
                        unit -> peerings.create(unit, caller, from.id(), to.id(), Optional.of(to.owner()))));
                return;
            }
            NetPeering any = made.get(random.nextInt(made.size()));
            switch (choice) {
                case 4, 5, 6 -> fixture.change(unit -> peerings.accept(unit, caller, any.id()));
                case 7 -> fixture.change(unit -> peerings.reject(unit, caller, any.id()));
                case 8 -> fixture.change(unit -> peerings.delete(unit, caller, any.id()));
                default -> passTime(random);
            }
        } catch (Refusal expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }

    private void passTime(Random random) {
        store.advance(Duration.ofHours(random.nextInt(48)));
        if (random.nextBoolean()) {
            fixture.change(unit -> peerings.sweep(unit, 100));
        }
    }

    private void requireInvariants(String where) {
        List<List<NetPeering>> pairs = fixture.read(snapshot -> nets.stream()
                .flatMap(one ->
                        nets.stream().filter(other -> !other.equals(one)).map(other -> live(snapshot, one, other)))
                .toList());

        assertThat(pairs).as(where).allSatisfy(live -> {
            long active = live.stream().filter(NetPeering::isActive).count();
            assertThat(active).isLessThanOrEqualTo(1);
            assertThat(active == 0 || live.size() == 1)
                    .as("nothing waits beside an active peering")
                    .isTrue();
        });
    }

    private static List<NetPeering> live(Snapshot snapshot, Net one, Net other) {
        return snapshot.peerings().liveBetween(one.id(), other.id()).stream()
                .filter(peering -> peering.stateAt(snapshot.now()) instanceof PeeringState.Live)
                .toList();
    }
}
