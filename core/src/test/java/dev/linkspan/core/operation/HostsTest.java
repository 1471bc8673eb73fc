package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.linkspan.core.Rule;
import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.host.Host;
import dev.linkspan.core.host.HostName;
import dev.linkspan.core.host.HostReport;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.HostId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.core.planner.NetView;
import dev.linkspan.core.planner.Planner;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.refusal.RefusalCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HostsTest {

    private static final SubregionName SECOND = new SubregionName("eu-west-2b");

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final Hosts hosts =
            new Hosts(new Subregions(List.of(new Region(Fixture.REGION, List.of(Fixture.SUBREGION, SECOND)))));
    private final Vms vms = new Vms(PublicIpPools.NONE, Images.OF_HOST, Placement.ON_HOSTS);
    private final AccountId owner = fixture.account();
    private final Net net = fixture.net(owner, "10.0.0.0/16");
    private final Subnet subnet = fixture.subnet(net, "10.0.1.0/24");

    private Host create(String name) {
        return create(name, Fixture.SUBREGION);
    }

    private Host create(String name, SubregionName subregion) {
        return fixture.change(unit -> hosts.create(unit, new HostName(name), subregion, "hash"));
    }

    private void hear(Host host, int capacity) {
        fixture.change(unit -> {
            hosts.heard(unit, host.id(), new HostReport(unit.now(), "1.0", capacity, 10, 0));
            return unit.now();
        });
    }

    private Host living(String name, int capacity) {
        Host host = create(name);
        hear(host, capacity);
        return host;
    }

    private List<Vm> createVms(int least, int most) {
        return fixture.change(unit -> vms.create(unit, owner, Orders.of(least, most, Orders.primary(subnet))));
    }

    private Vm createVm() {
        return createVms(1, 1).getFirst();
    }

    private Optional<HostId> hostOf(Vm vm) {
        return fixture.read(snapshot -> snapshot.hosts().ofVm(vm.id()));
    }

    private int sweep() {
        return fixture.change(hosts::sweep);
    }

    private List<Event> hostEvents() {
        return fixture.<List<Event>>read(snapshot -> snapshot.events().after(0, 1000)).stream()
                .filter(event -> event.fact().type().name().startsWith("HOST_"))
                .toList();
    }

    private boolean up(Vm vm) {
        return fixture.read(snapshot ->
                Planner.plan(NetView.of(snapshot, vm.net()).orElseThrow()).ports().values().stream()
                        .filter(port -> port.vm().equals(vm.id()))
                        .allMatch(Port::up));
    }

    @Nested
    class Creating {

        @Test
        void a_host_has_a_name_and_a_subregion_and_no_room_yet() {
            Host made = create("rack1", SECOND);

            assertThat(fixture.<Optional<Host>>read(snapshot -> snapshot.hosts().find(made.id())))
                    .contains(made);
            assertThat(made.capacity()).isZero();
            assertThat(made.reachableAt(fixture.now())).isFalse();
            assertThat(hostEvents()).singleElement().satisfies(event -> {
                assertThat(event.fact().type()).isEqualTo(EventType.HOST_CREATED);
                assertThat(event.fact().detail()).isEqualTo("rack1 in eu-west-2b");
            });
        }

        @Test
        void each_name_is_one_hosts() {
            create("rack1");

            assertRefused(RefusalCode.CONFLICT, () -> create("rack1", SECOND));
        }

        @Test
        void another_regions_subregion_is_unknown() {
            assertRefused(RefusalCode.UNKNOWN_SUBREGION, () -> create("rack1", new SubregionName("us-east-2a")));
        }

        @Test
        void names_are_such_as_computers_have() {
            assertThat(new HostName("Rack-1.example.org").value()).isEqualTo("Rack-1.example.org");
            for (String other : List.of("", "-a", "a.", "a b", "a_b", "a".repeat(64))) {
                assertThatThrownBy(() -> new HostName(other)).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Nested
    class Deleting {

        @Test
        void a_host_without_machines_is_forgotten() {
            Host host = living("rack1", 5);

            fixture.change(unit -> {
                hosts.delete(unit, host.id());
                return unit.now();
            });

            assertThat(fixture.<List<Host>>read(snapshot -> snapshot.hosts().all()))
                    .isEmpty();
            assertThat(hostEvents().getLast().fact().type()).isEqualTo(EventType.HOST_DELETED);
        }

        @Test
        void a_host_with_machines_stays_and_they_are_named() {
            Host host = living("rack1", 5);
            Vm vm = createVm();

            assertThatThrownBy(() -> fixture.change(unit -> {
                        hosts.delete(unit, host.id());
                        return unit.now();
                    }))
                    .hasMessageContaining(vm.id().value());

            fixture.change(unit -> vms.delete(unit, owner, List.of(vm.id())));
            fixture.change(unit -> {
                hosts.delete(unit, host.id());
                return unit.now();
            });
        }

        @Test
        void what_is_not_there_is_unknown() {
            assertRefused(
                    RefusalCode.UNKNOWN_ID,
                    () -> fixture.change(unit -> {
                        hosts.delete(unit, HostId.KIND.of(0x9999));
                        return unit.now();
                    }));
        }

        @Test
        void what_its_agent_still_tells_is_lost() {
            Host host = create("rack1");
            fixture.change(unit -> {
                hosts.delete(unit, host.id());
                return unit.now();
            });

            hear(host, 5);

            assertThat(fixture.<List<Host>>read(snapshot -> snapshot.hosts().all()))
                    .isEmpty();
        }
    }

    @Nested
    @Rule("H1")
    class Placing {

        @Test
        void machines_go_where_most_room_is_and_to_the_first_of_equals() {
            Host small = living("small", 2);
            Host large = living("large", 4);

            List<HostId> placed =
                    createVms(6, 6).stream().map(vm -> hostOf(vm).orElseThrow()).toList();

            Host first = small.id().value().compareTo(large.id().value()) < 0 ? small : large;
            Host last = first.equals(small) ? large : small;
            assertThat(placed).containsExactly(large.id(), large.id(), first.id(), last.id(), first.id(), last.id());
        }

        @Test
        void a_vm_is_in_its_subregion() {
            Host elsewhere = create("elsewhere", SECOND);
            hear(elsewhere, 100);
            Host here = living("here", 1);

            assertThat(hostOf(createVm())).contains(here.id());
        }

        @Test
        void without_room_for_the_least_number_none_is_made() {
            living("rack1", 2);

            assertRefused(RefusalCode.INSUFFICIENT_CAPACITY, () -> createVms(3, 3));
            assertThat(fixture.<List<Vm>>read(snapshot -> snapshot.vms().ofOwner(owner)))
                    .isEmpty();
            assertThat(createVms(1, 3)).hasSize(2);
            assertRefused(RefusalCode.INSUFFICIENT_CAPACITY, HostsTest.this::createVm);
        }

        @Test
        void without_a_host_none_is_made() {
            create("never-heard");

            assertRefused(RefusalCode.INSUFFICIENT_CAPACITY, HostsTest.this::createVm);
        }

        @Test
        void tenants_are_told_nothing_of_hosts() {
            Host host = living("rack1", 0);

            assertThatThrownBy(HostsTest.this::createVm)
                    .hasMessageContaining(Fixture.SUBREGION.value())
                    .hasMessageNotContainingAny("host", host.id().value(), "rack1");
            assertThat(hostEvents())
                    .allSatisfy(event -> assertThat(event.fact().accounts()).isEmpty());
        }

        @Test
        void a_machine_stays_where_it_is_while_its_vm_stops_and_starts() {
            Host host = living("rack1", 1);
            Vm vm = createVm();
            living("roomier", 50);

            fixture.change(unit -> vms.stop(unit, owner, List.of(vm.id())));
            assertThat(hostOf(vm)).contains(host.id());
            fixture.change(unit -> vms.start(unit, owner, List.of(vm.id())));

            assertThat(hostOf(vm)).contains(host.id());
        }

        @Test
        void a_terminated_vm_leaves_its_place_to_another() {
            living("rack1", 1);
            Vm vm = createVm();

            fixture.change(unit -> vms.delete(unit, owner, List.of(vm.id())));

            assertThat(hostOf(vm)).isEmpty();
            assertThat(hostOf(createVm())).isPresent();
        }

        @Test
        void a_vm_from_before_there_were_hosts_is_placed_as_it_starts() {
            Vm vm = fixture.vm(subnet, "10.0.1.4");
            Host host = living("rack1", 1);
            fixture.change(unit -> vms.stop(unit, owner, List.of(vm.id())));

            fixture.change(unit -> vms.start(unit, owner, List.of(vm.id())));

            assertThat(hostOf(vm)).contains(host.id());
        }

        @Test
        void a_network_without_hosts_places_nothing() {
            living("rack1", 0);
            Vms without = new Vms(PublicIpPools.NONE);

            Vm vm = fixture.change(unit -> without.create(unit, owner, Orders.oneIn(subnet)))
                    .getFirst();

            assertThat(hostOf(vm)).isEmpty();
        }

        @Test
        void a_rehearsal_moves_machines_as_the_truth_would() {
            Host host = living("rack1", 2);
            Vm former = createVm();
            Vm staying = createVm();

            fixture.rehearse(unit -> {
                vms.delete(unit, owner, List.of(former.id()));
                Vm made = vms.create(unit, owner, Orders.oneIn(subnet)).getFirst();
                assertThat(unit.hosts().vmsOn(host.id())).containsExactlyInAnyOrder(staying.id(), made.id());
                assertThat(unit.hosts().placements()).isEqualTo(Map.of(host.id(), 2));
                assertThat(unit.hosts().ofVm(former.id())).isEmpty();
                assertThat(unit.hosts().all()).extracting(Host::id).containsExactly(host.id());
                return made;
            });

            assertThat(hostOf(former)).contains(host.id());
        }

        @Test
        void what_is_only_rehearsed_is_placed_and_then_is_not() {
            Host host = living("rack1", 1);

            Optional<HostId> rehearsed = fixture.rehearse(unit -> unit.hosts()
                    .ofVm(vms.create(unit, owner, Orders.oneIn(subnet))
                            .getFirst()
                            .id()));

            assertThat(rehearsed).contains(host.id());
            assertThat(fixture.<List<VmId>>read(snapshot -> snapshot.hosts().vmsOn(host.id())))
                    .isEmpty();
        }
    }

    @Nested
    @Rule("H2")
    class Silence {

        @Test
        void a_host_is_unreachable_after_five_seconds_of_silence() {
            Host host = living("rack1", 5);

            assertThat(reachable(host)).isTrue();
            store.advance(Duration.ofMillis(4_999));
            assertThat(reachable(host)).isTrue();
            store.advance(Duration.ofMillis(1));
            assertThat(reachable(host)).isFalse();
            hear(host, 5);
            assertThat(reachable(host)).isTrue();
        }

        private boolean reachable(Host host) {
            return fixture.read(
                    snapshot -> snapshot.hosts().find(host.id()).orElseThrow().reachableAt(snapshot.now()));
        }

        @Test
        void a_silent_host_gets_no_machine_while_another_lives() {
            living("silent", 50);
            store.advance(Host.SILENCE);
            Host living = living("living", 1);

            assertThat(hostOf(createVm())).contains(living.id());
            assertRefused(RefusalCode.INSUFFICIENT_CAPACITY, HostsTest.this::createVm);
        }

        @Test
        void a_subregion_without_a_living_host_looks_failed_and_comes_back_by_itself() {
            Host one = living("one", 1);
            Host other = living("other", 1);
            Vm vm = createVm();
            store.advance(Duration.ofSeconds(3));
            hear(other, 1);
            store.advance(Duration.ofSeconds(3));
            assertThat(up(vm)).as("one host is silent, the other is not").isTrue();

            store.advance(Duration.ofSeconds(3));
            assertThat(fixture.<Set<SubregionName>>read(Snapshot::silentSubregions))
                    .containsExactly(Fixture.SUBREGION);
            assertThat(up(vm)).isFalse();
            Vm made = createVm();
            assertThat(hostOf(made)).as("as in one that the operator failed").isPresent();

            hear(one, 1);
            assertThat(up(vm)).isTrue();
            assertThat(up(made)).isTrue();
        }

        @Test
        void the_log_tells_once_who_fell_silent_and_who_came_back() {
            Host host = living("rack1", 5);
            createVm();
            assertThat(sweep()).isZero();
            store.advance(Host.SILENCE);

            assertThat(sweep()).isEqualTo(1);
            assertThat(sweep()).isZero();
            hear(host, 5);
            hear(host, 5);

            Set<NetId> nets = Set.of(net.id());
            assertThat(hostEvents())
                    .extracting(
                            event -> event.fact().type(),
                            event -> event.fact().subject(),
                            event -> event.fact().nets())
                    .containsExactly(
                            tuple(EventType.HOST_CREATED, host.id().value(), Set.<NetId>of()),
                            tuple(EventType.HOST_REACHABLE, host.id().value(), Set.<NetId>of()),
                            tuple(EventType.HOST_UNREACHABLE, host.id().value(), nets),
                            tuple(EventType.HOST_REACHABLE, host.id().value(), nets));
        }

        @Test
        void the_network_is_told_of_a_return_that_nobody_saw_the_silence_of() {
            Host host = living("rack1", 5);
            createVm();
            store.advance(Host.SILENCE);

            hear(host, 5);

            assertThat(hostEvents().getLast().fact().nets()).containsExactly(net.id());
        }

        @Test
        void the_network_has_nothing_to_do_while_another_host_of_the_subregion_lives() {
            living("silent", 5);
            createVm();
            store.advance(Host.SILENCE);
            living("living", 5);

            sweep();

            assertThat(hostEvents().getLast().fact().type()).isEqualTo(EventType.HOST_UNREACHABLE);
            assertThat(hostEvents().getLast().fact().nets()).isEmpty();
        }

        @Test
        void what_is_the_same_as_a_moment_ago_is_not_written_down() {
            Host host = living("rack1", 5);
            Host known =
                    fixture.read(snapshot -> snapshot.hosts().find(host.id()).orElseThrow());
            HostReport same = known.report().orElseThrow();

            assertThat(hosts.isNews(known, same)).isFalse();
            assertThat(hosts.isNews(known, at(same, Duration.ofMillis(999)))).isFalse();
            assertThat(hosts.isNews(known, at(same, Duration.ofSeconds(1)))).isTrue();
            assertThat(hosts.isNews(known, new HostReport(same.at(), "1.0", 6, 10, 0)))
                    .isTrue();
            assertThat(hosts.isNews(known, new HostReport(same.at(), "1.1", 5, 10, 0)))
                    .isTrue();
            assertThat(hosts.isNews(known.withAnnounced(false), same)).isTrue();
        }

        private HostReport at(HostReport report, Duration later) {
            return new HostReport(
                    report.at().plus(later),
                    report.agentVersion(),
                    report.capacity(),
                    report.loadPercent(),
                    report.missingLinks());
        }
    }
}
