package dev.linkspan.core.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.internet.NewNatService;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicChange;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.routing.RequestedTarget;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteState;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTarget;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Routes that lead to a NIC or a VM of their Net. */
@Rule("X6")
class ApplianceRoutesTest extends ExitScene {

    private final RouteTables tables = new RouteTables();
    private final Nics nics = new Nics();
    private final RouteTable main = fixture.mainTable(net);
    private final Vm vm =
            fixture.vm(subnet, "10.0.1.4", fixture.defaultGroup(net).id());
    private final Nic nic = primaryNic(vm);

    private RouteTable create(Cidr destination, RequestedTarget target) {
        return fixture.change(unit -> tables.createRoute(unit, owner, main.id(), destination, target));
    }

    private Route route() {
        return fixture.mainTable(net).route(Cidr.ALL).orElseThrow();
    }

    private RouteState state() {
        return fixture.read(snapshot -> new RouteStates(snapshot).of(net.id(), route()));
    }

    private Optional<Vm> appliance() {
        return fixture.read(snapshot -> new RouteStates(snapshot).appliance(nic.id()));
    }

    private static RequestedTarget to(Nic nic) {
        return new RequestedTarget.Nic(nic.id());
    }

    private static RequestedTarget to(Vm vm) {
        return new RequestedTarget.Vm(vm.id());
    }

    private AbstractStringAssert<?> assertRefusedFor(RefusalCode code, RequestedTarget target) {
        AbstractStringAssert<?> message =
                assertUnchanged(code, unit -> tables.createRoute(unit, owner, main.id(), Cidr.ALL, target));
        assertThat(fixture.mainTable(net)).isEqualTo(main);
        return message;
    }

    private Nic linkedAsSecond(Nic free) {
        return fixture.change(unit -> nics.link(unit, owner, free.id(), vm.id(), 1));
    }

    @Nested
    class Made {

        @Test
        void one_leads_to_a_nic() {
            RouteTable table = create(Cidr.ALL, to(nic));

            assertThat(table.routes()).endsWith(new Route(Cidr.ALL, new RouteTarget.Nic(nic.id())));
            assertThat(fixture.mainTable(net)).isEqualTo(table);
            assertLastEvent(EventType.ROUTE_CREATED, main.id(), "0.0.0.0/0 to " + nic.id(), net.id());
        }

        @Test
        void one_that_names_a_vm_leads_to_its_only_nic() {
            create(Cidr.ALL, to(vm));

            assertThat(route().target()).isEqualTo(new RouteTarget.Nic(nic.id()));
        }

        @Test
        void one_is_led_to_another_nic_and_to_where_it_leads_already_it_is_no_change() {
            Nic other = nic("10.0.1.9");
            create(Cidr.ALL, to(other));
            change(unit -> tables.updateRoute(unit, owner, main.id(), Cidr.ALL, to(vm)));

            assertThat(route().target()).isEqualTo(new RouteTarget.Nic(nic.id()));
            assertLastEvent(
                    EventType.ROUTE_CHANGED,
                    main.id(),
                    "0.0.0.0/0 to %s, before 0.0.0.0/0 to %s".formatted(nic.id(), other.id()),
                    net.id());
            long last = fixture.read(snapshot -> snapshot.events().lastSequence());
            change(unit -> tables.updateRoute(unit, owner, main.id(), Cidr.ALL, to(nic)));
            assertThat(fixture.read(snapshot -> snapshot.events().lastSequence())
                            .longValue())
                    .isEqualTo(last);
        }

        @Test
        void the_check_of_addresses_does_not_matter_for_a_routes_state() {
            create(Cidr.ALL, to(nic));
            assertThat(state()).isEqualTo(RouteState.ACTIVE);
            change(unit -> nics.update(
                    unit,
                    owner,
                    nic.id(),
                    new NicChange(Optional.empty(), Optional.empty(), Optional.of(false), Optional.empty())));

            assertThat(state()).isEqualTo(RouteState.ACTIVE);
        }
    }

    @Nested
    class Refused {

        @Test
        void a_vm_with_several_nics_does_not_tell_which_is_meant() {
            Nic second = linkedAsSecond(nic("10.0.1.9"));

            assertRefusedFor(RefusalCode.SEVERAL_NICS, to(vm)).contains(vm.id().value(), "2 NICs");
            create(Cidr.ALL, to(second));
            assertThat(state()).isEqualTo(RouteState.ACTIVE);
        }

        @Test
        void a_terminated_vm_has_no_nic() {
            change(unit -> vms.delete(unit, owner, List.of(vm.id())));

            assertRefusedFor(RefusalCode.INVALID_STATE, to(vm)).contains(vm.id().value(), "terminated");
            assertRefusedFor(RefusalCode.UNKNOWN_ID, to(nic)).contains(nic.id().value());
        }

        @Test
        void what_is_in_another_net_is_no_way_from_here() {
            Net elsewhere = fixture.net(owner, "10.9.0.0/16");
            Vm distant = fixture.vm(fixture.subnet(elsewhere, "10.9.1.0/24"), "10.9.1.4");
            Nic itsNic = primaryNic(distant);

            assertRefusedFor(RefusalCode.BAD_VALUE, to(itsNic))
                    .contains(
                            itsNic.id().value(),
                            main.id().value(),
                            net.id().value(),
                            elsewhere.id().value());
            assertRefusedFor(RefusalCode.BAD_VALUE, to(distant))
                    .contains(distant.id().value(), elsewhere.id().value());
        }

        @Test
        @Rule("A4")
        void anothers_are_unknown() {
            Net foreign = fixture.net(stranger, "10.9.0.0/16");
            Vm theirs = fixture.vm(fixture.subnet(foreign, "10.9.1.0/24"), "10.9.1.4");

            assertRefusedFor(RefusalCode.UNKNOWN_ID, to(primaryNic(theirs)));
            assertRefusedFor(RefusalCode.UNKNOWN_ID, to(theirs));
        }

        @Test
        @Rule("X4")
        void a_nat_services_nic_is_not_led_to_past_its_service() {
            NatService nat = fixture.change(unit -> new NatServices()
                    .create(
                            unit,
                            owner,
                            new NewNatService(subnet.id(), Optional.empty(), Optional.empty(), Optional.empty())));
            Nic managed =
                    fixture.read(snapshot -> snapshot.nics().find(nat.nic())).orElseThrow();

            assertRefusedFor(RefusalCode.BAD_VALUE, to(managed))
                    .contains(nat.id().value());
        }

        @Test
        void what_refuses_a_new_route_refuses_a_changed_one() {
            create(Cidr.ALL, to(nic));
            linkedAsSecond(nic("10.0.1.9"));

            assertUnchanged(
                    RefusalCode.SEVERAL_NICS, unit -> tables.updateRoute(unit, owner, main.id(), Cidr.ALL, to(vm)));
            assertThat(route().target()).isEqualTo(new RouteTarget.Nic(nic.id()));
        }
    }

    @Nested
    @Rule("X7")
    class State {

        @Test
        void is_a_blackhole_while_the_vm_is_stopped() {
            create(Cidr.ALL, to(nic));

            change(unit -> vms.stop(unit, owner, List.of(vm.id())));
            assertThat(state()).isEqualTo(RouteState.BLACKHOLE);
            assertThat(appliance().map(Vm::id)).contains(vm.id());

            change(unit -> vms.start(unit, owner, List.of(vm.id())));
            assertThat(state()).isEqualTo(RouteState.ACTIVE);
        }

        @Test
        void follows_the_nic_into_a_vm_and_out_of_it() {
            Nic free = nic("10.0.1.9");
            create(Cidr.ALL, to(free));
            assertThat(state()).isEqualTo(RouteState.BLACKHOLE);

            NicLink link = linkedAsSecond(free).link().orElseThrow();
            assertThat(state()).isEqualTo(RouteState.ACTIVE);

            change(unit -> nics.unlink(unit, owner, link.id()));
            assertThat(state()).isEqualTo(RouteState.BLACKHOLE);
        }

        @Test
        void stays_a_blackhole_when_the_nic_is_deleted() {
            Nic free = nic("10.0.1.9");
            create(Cidr.ALL, to(free));
            change(unit -> nics.delete(unit, owner, free.id()));

            assertThat(state()).isEqualTo(RouteState.BLACKHOLE);
            assertThat(route().target()).isEqualTo(new RouteTarget.Nic(free.id()));
        }

        @Test
        void stays_a_blackhole_when_the_vm_is_terminated() {
            create(Cidr.ALL, to(vm));
            change(unit -> vms.delete(unit, owner, List.of(vm.id())));

            assertThat(state()).isEqualTo(RouteState.BLACKHOLE);
            assertThat(appliance()).isEmpty();
            change(unit -> tables.deleteRoute(unit, owner, main.id(), Cidr.ALL));
            assertThat(fixture.mainTable(net)).isEqualTo(main);
        }

        @Test
        void is_looked_up_once_however_many_routes_lead_there() {
            create(Cidr.ALL, to(nic));
            create(Cidr.parse("192.168.0.0/16"), to(nic));

            List<RouteState> states = fixture.read(snapshot -> {
                RouteStates shared = new RouteStates(snapshot);
                return fixture.mainTable(net).routes().stream()
                        .map(route -> shared.of(net.id(), route))
                        .toList();
            });
            assertThat(states).containsOnly(RouteState.ACTIVE);
        }
    }
}
