package dev.linkspan.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.host.Host;
import dev.linkspan.core.host.HostName;
import dev.linkspan.core.host.HostReport;
import dev.linkspan.core.id.HostId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hosts, and which VM is on which. */
public abstract class StoredHostsContract extends StoreContract {

    private static final SubregionName OTHER_SUBREGION = new SubregionName("eu-west-2b");

    private Vm first;
    private Vm second;

    @BeforeEach
    void populate() {
        Subnet subnet = fixture.subnet(fixture.bareNet(fixture.account(), "10.0.0.0/16"), "10.0.1.0/24");
        List<Vm> vms = List.of(fixture.bareVm(subnet), fixture.bareVm(subnet));
        first = vms.stream()
                .min((a, b) -> a.id().value().compareTo(b.id().value()))
                .orElseThrow();
        second = vms.stream().filter(vm -> !vm.equals(first)).findFirst().orElseThrow();
    }

    private void write(Consumer<UnitOfWork> work) {
        fixture.change(unit -> {
            work.accept(unit);
            return true;
        });
    }

    private Host host(int id, String name, SubregionName subregion) {
        return new Host(
                HostId.KIND.of(id),
                new HostName(name),
                subregion,
                "hash-" + id,
                Optional.empty(),
                false,
                fixture.now());
    }

    private HostReport report() {
        return new HostReport(fixture.now(), "1.2 \"odd\" '", 20, 250, 3);
    }

    private Set<SubregionName> silent() {
        return fixture.read(Snapshot::silentSubregions);
    }

    @Test
    void a_host_is_read_as_it_was_saved() {
        Host bare = host(2, "rack1", Fixture.SUBREGION);
        Host told = host(1, "rack2.example.org", OTHER_SUBREGION)
                .withReport(report())
                .withAnnounced(true);
        write(unit -> unit.hosts().save(bare));
        clock.advance(Duration.ofMillis(1));
        Host later = new Host(
                told.id(), told.name(), told.subregion(), told.tokenHash(), told.report(), true, fixture.now());
        write(unit -> unit.hosts().save(later));

        assertOne(snapshot -> snapshot.hosts().find(bare.id())).contains(bare);
        assertOne(snapshot -> snapshot.hosts().find(later.id())).contains(later);
        assertList(snapshot -> snapshot.hosts().all()).containsExactly(bare, later);
        assertThat(elsewhere.<List<Host>>read(snapshot -> snapshot.hosts().all()))
                .isEmpty();
        assertThat(elsewhere.<Optional<Host>>read(snapshot -> snapshot.hosts().find(bare.id())))
                .isEmpty();

        write(unit -> unit.hosts().save(bare.withReport(report())));
        assertOne(snapshot -> snapshot.hosts().find(bare.id())).contains(bare.withReport(report()));

        write(unit -> unit.hosts().delete(bare.id()));
        assertList(snapshot -> snapshot.hosts().all()).containsExactly(later);
    }

    @Test
    void no_two_hosts_of_a_region_have_one_name() {
        write(unit -> unit.hosts().save(host(1, "rack1", Fixture.SUBREGION)));

        assertBug(() -> write(unit -> unit.hosts().save(host(2, "rack1", OTHER_SUBREGION))));
        assertList(snapshot -> snapshot.hosts().all()).hasSize(1);
    }

    @Test
    void a_vm_is_on_one_host_or_on_none() {
        HostId here = HostId.KIND.of(1);
        HostId there = HostId.KIND.of(2);
        write(unit -> {
            unit.hosts().save(host(1, "rack1", Fixture.SUBREGION));
            unit.hosts().save(host(2, "rack2", Fixture.SUBREGION));
            unit.hosts().place(second.id(), here);
            unit.hosts().place(first.id(), there);
            unit.hosts().place(first.id(), here);
        });

        assertOne(snapshot -> snapshot.hosts().ofVm(first.id())).contains(here);
        assertOne(snapshot -> snapshot.hosts().ofVm(VmId.KIND.of(-1))).isEmpty();
        assertList(snapshot -> snapshot.hosts().vmsOn(here)).containsExactly(first.id(), second.id());
        assertList(snapshot -> snapshot.hosts().vmsOn(there)).isEmpty();
        assertThat(fixture.<Map<HostId, Integer>>read(
                        snapshot -> snapshot.hosts().placements()))
                .isEqualTo(Map.of(here, 2));

        write(unit -> unit.hosts().displace(first.id()));
        write(unit -> unit.hosts().displace(first.id()));

        assertOne(snapshot -> snapshot.hosts().ofVm(first.id())).isEmpty();
        assertList(snapshot -> snapshot.hosts().vmsOn(here)).containsExactly(second.id());
    }

    @Test
    void what_is_placed_keeps_its_host_and_its_vm() {
        Host host = host(1, "rack1", Fixture.SUBREGION);
        write(unit -> {
            unit.hosts().save(host);
            unit.hosts().place(first.id(), host.id());
        });

        assertBug(() -> write(unit -> unit.hosts().delete(host.id())));
        assertBug(() -> write(unit -> unit.vms().delete(first.id())));
        assertBug(() -> write(unit -> unit.hosts().place(second.id(), HostId.KIND.of(9))));
    }

    @Test
    void a_subregion_is_silent_while_machines_are_there_and_none_of_its_hosts_is_heard() {
        Host one = host(1, "rack1", Fixture.SUBREGION).withReport(report());
        Host other = host(2, "rack2", Fixture.SUBREGION);
        write(unit -> {
            unit.hosts().save(one);
            unit.hosts().save(other);
        });
        clock.advance(Host.SILENCE);
        assertThat(silent()).as("nothing is there").isEmpty();

        write(unit -> unit.hosts().place(first.id(), one.id()));
        assertThat(silent()).containsExactly(Fixture.SUBREGION);

        write(unit -> unit.hosts().save(other.withReport(report())));
        assertThat(silent()).as("the other host is heard").isEmpty();

        clock.advance(Host.SILENCE.minusMillis(1));
        assertThat(silent()).isEmpty();
        clock.advance(Duration.ofMillis(1));
        write(unit -> unit.subregions().setFailed(OTHER_SUBREGION, true));
        assertThat(silent()).containsExactlyInAnyOrder(Fixture.SUBREGION, OTHER_SUBREGION);
    }
}
