package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.RefusalCode;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SubregionsTest {

    private static final SubregionName SECOND = new SubregionName("eu-west-2b");

    private final Fixture fixture = new Fixture(new InMemoryStore());
    private final Subregions subregions =
            new Subregions(List.of(new Region(Fixture.REGION, List.of(Fixture.SUBREGION, SECOND))));
    private final AccountId owner = fixture.account();

    private void change(Consumer<UnitOfWork> work) {
        fixture.change(unit -> {
            work.accept(unit);
            return unit.now();
        });
    }

    private List<Event> events() {
        return fixture.read(snapshot -> snapshot.events().after(0, 100));
    }

    @Test
    void a_failed_subregion_is_on_record_until_it_is_healed() {
        change(unit -> subregions.fail(unit, SECOND));
        assertThat(fixture.<Set<SubregionName>>read(
                        snapshot -> snapshot.subregions().failed()))
                .containsExactly(SECOND);

        change(unit -> subregions.heal(unit, SECOND));
        assertThat(fixture.<Set<SubregionName>>read(
                        snapshot -> snapshot.subregions().failed()))
                .isEmpty();
        assertThat(events())
                .extracting(event -> event.fact().type())
                .containsExactly(EventType.SUBREGION_FAILED, EventType.SUBREGION_HEALED);
    }

    @Test
    void the_nets_that_have_a_nic_there_are_planned_again_and_no_others() {
        Net there = fixture.net(owner, "10.0.0.0/16");
        fixture.nic(fixture.subnet(there, "10.0.1.0/24"), "10.0.1.4");
        Net empty = fixture.net(owner, "10.1.0.0/16");
        fixture.subnet(empty, "10.1.1.0/24");

        change(unit -> subregions.fail(unit, Fixture.SUBREGION));

        assertThat(events())
                .singleElement()
                .satisfies(event -> assertThat(event.fact().nets()).isEqualTo(Set.of(there.id())));
    }

    @Test
    void failing_what_has_failed_changes_nothing() {
        change(unit -> subregions.fail(unit, SECOND));
        change(unit -> subregions.fail(unit, SECOND));

        assertThat(events()).hasSize(1);
    }

    @Test
    void a_subregion_that_the_region_does_not_have_is_unknown() {
        assertRefused(
                RefusalCode.UNKNOWN_SUBREGION,
                () -> change(unit -> subregions.fail(unit, new SubregionName("us-east-2a"))));
    }
}
