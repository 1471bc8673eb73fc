package dev.linkspan.core.reachability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.operation.NetPeerings;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.port.UnitOfWork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Whatever one owner changes inside its own Nets, the other one gets the answers that it got before, word for word, unless
 * packets would have told the difference (docs/decisions/0015-an-owner-is-told-what-packets-would-tell.md and
 * 0027-what-is-not-told-cannot-be-in-the-answer.md). The changes are made one at a time, so what fails is as small as it
 * gets.
 */
@Slow
class DiscretionTest {

    private static final long SEED = Long.getLong("linkspan.seed", 20_261_129L);
    private static final int REGIONS = 5;
    private static final int CHANGES = 24;

    /** How often answers stayed the same, and how often they changed because packets would tell. */
    private int kept;

    private int followed;

    @Test
    @Rule("A4")
    void what_packets_would_not_tell_changes_no_answer() {
        for (long seed = SEED; seed < SEED + REGIONS; seed++) {
            RandomRegion region = new RandomRegion(seed);
            for (AccountId viewer : owners(region)) {
                watch(region, viewer, seed, now(region, viewer));
            }
        }
        assertThat(kept).isGreaterThan(100 * REGIONS);
        assertThat(followed).as("answers that follow what packets would tell").isGreaterThan(REGIONS);
    }

    @Test
    @Rule("A4")
    void nobody_learns_by_planning_to_accept_what_is_not_told_before_it_is_accepted() {
        int planned = 0;
        for (long seed = SEED; seed < SEED + REGIONS; seed++) {
            RandomRegion region = new RandomRegion(seed);
            for (AccountId viewer : owners(region)) {
                Optional<NetPeeringId> pending = region.fixture.read(snapshot -> ToldTo.acceptable(snapshot, viewer));
                if (pending.isPresent()) {
                    planned++;
                    watch(region, viewer, seed, afterAccepting(region, viewer, pending.get()));
                }
            }
        }
        assertThat(planned).isPositive();
    }

    private interface Asked extends Supplier<Map<String, ToldTo.Answer>> {}

    private static Asked now(RandomRegion region, AccountId viewer) {
        return () -> region.fixture.read(snapshot -> ToldTo.answers(snapshot, viewer, Consent.asShown()));
    }

    private static Asked afterAccepting(RandomRegion region, AccountId viewer, NetPeeringId pending) {
        return () -> region.fixture.rehearse((UnitOfWork unit) -> {
            Consent truth = Consent.inTruth(unit, viewer);
            new NetPeerings(PeeringRules.STANDARD).accept(unit, viewer, pending);
            return ToldTo.answers(unit, viewer, truth);
        });
    }

    private void watch(RandomRegion region, AccountId viewer, long seed, Asked ask) {
        List<AccountId> others =
                owners(region).stream().filter(it -> !it.equals(viewer)).toList();
        if (others.isEmpty()) {
            return;
        }
        PrivateChanges changes = new PrivateChanges(region, others.getFirst());
        Map<String, ToldTo.Answer> before = ask.get();
        for (int i = 1; i <= CHANGES; i++) {
            String change = changes.make();
            Map<String, ToldTo.Answer> after = ask.get();
            String what = "seed %d, told to %s, change %d: %s".formatted(seed, viewer, i, change);
            before.forEach((question, answer) -> compare(what, question, answer, after.get(question)));
            before = after;
        }
    }

    private void compare(String what, String question, ToldTo.Answer before, ToldTo.Answer after) {
        if (before.packets().equals(after.packets())) {
            kept++;
            assertThat(after.text()).as("%s, and asked %s", what, question).isEqualTo(before.text());
        } else {
            followed += before.text().equals(after.text()) ? 0 : 1;
        }
    }

    private static List<AccountId> owners(RandomRegion region) {
        return region.nets.stream().map(net -> net.owner()).distinct().toList();
    }
}
