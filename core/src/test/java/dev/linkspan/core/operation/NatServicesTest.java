package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.internet.NatConnectivity;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.internet.NatServiceState;
import dev.linkspan.core.internet.NewNatService;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.internet.PublicIpLink;
import dev.linkspan.core.internet.PublicIpTarget;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicChange;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.routing.RequestedTarget;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteState;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTarget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NatServicesTest extends ExitScene {

    private static final NatServiceId NOBODYS = new NatServiceId("nat-deadbeef");

    private final NatServices natServices = new NatServices();

    private static NewNatService wanted(Subnet subnet, PublicIp ip) {
        return new NewNatService(subnet.id(), Optional.of(ip.id()), Optional.empty(), Optional.empty());
    }

    private static NewNatService unseen(Subnet subnet) {
        return new NewNatService(subnet.id(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static NewNatService withToken(NewNatService wanted, String token) {
        return new NewNatService(wanted.subnet(), wanted.publicIp(), wanted.privateAddress(), Optional.of(token));
    }

    private static NewNatService at(String address, NewNatService wanted) {
        return new NewNatService(
                wanted.subnet(), wanted.publicIp(), Optional.of(address(address)), wanted.clientToken());
    }

    private NatService create(NewNatService wanted) {
        return fixture.change(unit -> natServices.create(unit, owner, wanted));
    }

    private NatService delete(NatService service) {
        return fixture.change(unit -> natServices.delete(unit, owner, service.id()));
    }

    private Optional<NatService> found(NatServiceId id) {
        return fixture.read(snapshot -> snapshot.natServices().find(id));
    }

    private List<NatService> all() {
        return fixture.read(snapshot -> snapshot.natServices().ofOwner(owner));
    }

    private Optional<Nic> nicOf(NatService service) {
        return fixture.read(snapshot -> snapshot.nics().find(service.nic()));
    }

    private List<EventType> events() {
        return fixture.read(snapshot -> snapshot.events().after(0, 1000)).stream()
                .map(Event::fact)
                .map(Fact::type)
                .toList();
    }

    @Test
    void one_stands_in_its_subnet_with_a_nic_of_its_own_and_its_public_address() {
        openNet();
        PublicIp ip = allocate();
        NatService made = create(wanted(subnet, ip));

        assertThat(made.net()).isEqualTo(net.id());
        assertThat(made.connectivity()).isEqualTo(NatConnectivity.PUBLIC);
        assertThat(made.state()).isEqualTo(NatServiceState.AVAILABLE);
        Nic nic = nicOf(made).orElseThrow();
        assertThat(nic.natService()).contains(made.id());
        assertThat(nic.subnet()).isEqualTo(subnet.id());
        assertThat(nic.groups()).isEmpty();
        assertThat(nic.sourceDestChecked()).isFalse();
        assertThat(nic.description()).isEqualTo("Interface for NAT Gateway " + made.id());
        assertThat(nic.addresses()).containsExactly(address("10.0.1.4"));
        assertThat(publicAddresses(nic)).containsExactly(ip.address());
        assertThat(events()).endsWith(EventType.NIC_CREATED, EventType.PUBLIC_IP_LINKED, EventType.NAT_SERVICE_CREATED);
        assertLastEvent(EventType.NAT_SERVICE_CREATED, made.id(), "10.0.1.4 in %s".formatted(subnet.id()), net.id());
    }

    @Test
    void a_private_one_needs_no_way_out_and_may_be_told_its_address() {
        NatService made = create(at("10.0.1.77", unseen(subnet)));

        assertThat(made.connectivity()).isEqualTo(NatConnectivity.PRIVATE);
        assertThat(nicOf(made).orElseThrow().addresses()).containsExactly(address("10.0.1.77"));
        assertThat(publicAddresses(nicOf(made).orElseThrow())).isEmpty();
    }

    private void assertNothingMade(RefusalCode code, NewNatService wanted, String... told) {
        int nics = fixture.read(snapshot -> snapshot.nics().ofOwner(owner)).size();
        assertUnchanged(code, unit -> natServices.create(unit, owner, wanted)).contains(told);
        assertThat(all()).isEmpty();
        assertThat(fixture.<List<Nic>>read(snapshot -> snapshot.nics().ofOwner(owner)))
                .hasSize(nics);
    }

    @Test
    void a_public_one_needs_a_way_out_and_an_address_that_stands_for_nothing() {
        PublicIp ip = allocate();
        assertNothingMade(
                RefusalCode.NOT_LINKED,
                wanted(subnet, ip),
                "internet service",
                net.id().value());
        openNet();
        Nic nic = nic("10.0.1.9");
        link(ip, nic);

        assertNothingMade(
                RefusalCode.ALREADY_LINKED, wanted(subnet, ip), nic.id().value());
        PublicIp foreign = fixture.change(unit -> publicIps.allocate(unit, stranger));
        assertNothingMade(
                RefusalCode.UNKNOWN_ID, wanted(subnet, foreign), foreign.id().value());
        PublicIp free = allocate();
        assertNothingMade(RefusalCode.ADDRESS_IN_USE, at("10.0.1.9", wanted(subnet, free)), "10.0.1.9");
        assertNothingMade(RefusalCode.BAD_VALUE, at("10.0.1.1", wanted(subnet, free)), "10.0.1.1");
        assertNothingMade(RefusalCode.BAD_VALUE, withToken(wanted(subnet, free), ""), "64");
    }

    @Test
    @Rule("A4")
    void that_of_another_account_is_unknown_and_so_is_another_accounts_subnet() {
        Subnet foreign = fixture.subnet(fixture.net(stranger, "10.1.0.0/16"), "10.1.1.0/24");
        assertNothingMade(RefusalCode.UNKNOWN_ID, unseen(foreign), foreign.id().value());
        NatService service = create(unseen(subnet));

        assertUnchanged(RefusalCode.UNKNOWN_ID, unit -> natServices.delete(unit, stranger, service.id()));
        assertUnchanged(RefusalCode.UNKNOWN_ID, unit -> natServices.delete(unit, owner, NOBODYS));
        assertThat(found(service.id())).contains(service);
    }

    @Test
    @Rule("P12")
    void the_quotas_count_those_that_are_there_and_their_nics() {
        limit(Quota.NICS, 0);
        assertNothingMade(RefusalCode.QUOTA, unseen(subnet), "nics");
        limit(Quota.NAT_SERVICES, 1);
        NatService first = create(unseen(subnet));

        assertUnchanged(RefusalCode.QUOTA, unit -> natServices.create(unit, owner, unseen(subnet)))
                .contains("nat-services");
        delete(first);
        create(unseen(subnet));
    }

    @Test
    void a_call_that_is_repeated_makes_no_second_one() {
        openNet();
        PublicIp ip = allocate();
        NewNatService wanted = withToken(wanted(subnet, ip), "once");
        NatService made = create(wanted);

        assertThat(create(wanted)).isEqualTo(made);
        assertThat(all()).containsExactly(made);
        Subnet other = fixture.subnet(net, "10.0.2.0/24");
        Stream.of(wanted(other, ip), wanted(subnet, allocate()), unseen(subnet), at("10.0.1.99", wanted(subnet, ip)))
                .map(different -> withToken(different, "once"))
                .forEach(different -> assertUnchanged(
                                RefusalCode.CONFLICT, unit -> natServices.create(unit, owner, different))
                        .contains("once", made.id().value()));
        NatService deleted = delete(made);
        assertThat(create(wanted)).isEqualTo(deleted);
        store.advance(NatService.VISIBLE_AFTER_DELETION);
        assertThat(create(wanted).id()).isNotEqualTo(made.id());
    }

    @Nested
    class Deletion {

        @Test
        void frees_its_addresses_at_once_and_leaves_the_public_one_to_its_owner() {
            openNet();
            PublicIp ip = allocate();
            NatService service = create(wanted(subnet, ip));
            tag(service.nic());
            NatService deleted = delete(service);

            assertThat(deleted.state()).isEqualTo(NatServiceState.DELETED);
            assertThat(found(service.id())).contains(deleted);
            assertThat(nicOf(service)).isEmpty();
            assertThat(tags()).isEmpty();
            assertThat(current(ip.id()).link()).isEmpty();
            assertLastEvent(EventType.NAT_SERVICE_DELETED, service.id(), "deleted", net.id());
            create(at("10.0.1.4", wanted(subnet, ip)));
        }

        @Test
        void is_not_done_twice() {
            NatService service = create(unseen(subnet));
            delete(service);

            assertUnchanged(RefusalCode.UNKNOWN_ID, unit -> natServices.delete(unit, owner, service.id()))
                    .contains(service.id().value());
        }

        @Test
        void is_forgotten_after_an_hour_with_the_tags() {
            NatService service = create(unseen(subnet));
            tag(service.id());
            delete(service);
            store.advance(NatService.VISIBLE_AFTER_DELETION.minus(Duration.ofMillis(1)));
            assertThat((int) fixture.change(unit -> natServices.sweep(unit, 10)))
                    .isZero();
            assertThat(tags()).hasSize(1);

            store.advance(Duration.ofMillis(1));
            assertUnchanged(RefusalCode.UNKNOWN_ID, unit -> natServices.delete(unit, owner, service.id()));
            assertThat((int) fixture.change(unit -> natServices.sweep(unit, 10)))
                    .isEqualTo(1);
            assertThat(found(service.id())).isEmpty();
            assertThat(tags()).isEmpty();
            assertLastEvent(EventType.NAT_SERVICE_FORGOTTEN, service.id(), "no longer visible");
        }
    }

    /** Its NIC and its public address are its own. */
    @Nested
    class ItsOwn {

        private final InternetService door = openNet();
        private final PublicIp ip = allocate();
        private final NatService service = create(wanted(subnet, ip));
        private final NicId nic = service.nic();
        private final Nics nics = new Nics();
        private final NicAddresses addresses = new NicAddresses();

        private void assertItsOwn(Consumer<UnitOfWork> work) {
            assertUnchanged(RefusalCode.MANAGED, work).contains(service.id().value());
            assertThat(nicOf(service)).isPresent();
            assertThat(publicAddresses(nicOf(service).orElseThrow())).containsExactly(ip.address());
        }

        @Test
        void nobody_changes_links_or_deletes_its_nic() {
            Vm vm = fixture.bareVm(subnet);
            NicChange change = new NicChange(Optional.of("mine"), Optional.empty(), Optional.empty(), Optional.empty());

            assertItsOwn(unit -> nics.update(unit, owner, nic, change));
            assertItsOwn(unit -> nics.link(unit, owner, nic, vm.id(), 1));
            assertItsOwn(unit -> nics.delete(unit, owner, nic));
            assertItsOwn(unit -> addresses.link(unit, owner, nic, List.of(address("10.0.1.99")), false));
            assertItsOwn(unit -> addresses.linkAny(unit, owner, nic, 1));
            assertItsOwn(unit -> addresses.unlink(unit, owner, nic, List.of(address("10.0.1.4"))));
        }

        @Test
        void nobody_takes_or_replaces_its_public_address() {
            PublicIpLink link = current(ip.id()).link().orElseThrow();
            PublicIp other = allocate();
            Nic free = nic("10.0.1.9");
            PublicIpTarget onNat = new PublicIpTarget.OfNic(nic, Optional.empty());
            PublicIpTarget onFree = new PublicIpTarget.OfNic(free.id(), Optional.empty());

            assertItsOwn(unit -> publicIps.unlink(unit, owner, link.id()));
            assertItsOwn(unit -> publicIps.unlink(unit, owner, ip.address()));
            assertItsOwn(unit -> publicIps.link(unit, owner, ip.id(), onFree, true));
            assertItsOwn(unit -> publicIps.link(unit, owner, other.id(), onNat, true));
            assertItsOwn(unit -> publicIps.link(unit, owner, ip.id(), onNat, false));
            assertUnchanged(RefusalCode.ALREADY_LINKED, unit -> publicIps.link(unit, owner, ip.id(), onFree, false));
            assertUnchanged(RefusalCode.ADDRESS_IN_USE, unit -> publicIps.release(unit, owner, ip.id()));
        }

        @Test
        @Rule("X1")
        void what_it_stands_in_stays_as_long_as_it_does() {
            String id = service.id().value();
            Nic free = nic("10.0.1.9");

            assertUnchanged(
                            RefusalCode.SUBNET_IN_USE,
                            unit -> new Subnets(new Subregions(List.of())).delete(unit, owner, subnet.id()))
                    .contains(id);
            assertUnchanged(RefusalCode.CONFLICT, unit -> new Nets().delete(unit, owner, net.id()))
                    .contains(id);
            assertUnchanged(RefusalCode.CONFLICT, unit -> services.unlink(unit, owner, door.id(), net.id()))
                    .contains(ip.address().toString());
            assertUnchanged(
                    RefusalCode.ADDRESS_IN_USE,
                    unit -> addresses.link(unit, owner, free.id(), List.of(address("10.0.1.4")), true));
        }
    }

    @Nested
    class Routes {

        private final RouteTables tables = new RouteTables();
        private final RouteTable main = fixture.mainTable(net);
        private final NatService service = create(unseen(subnet));

        private void route(NatServiceId id) {
            change(unit -> tables.createRoute(unit, owner, main.id(), Cidr.ALL, new RequestedTarget.NatService(id)));
        }

        private RouteState state() {
            Route route = new Route(Cidr.ALL, new RouteTarget.NatService(service.id()));
            return fixture.read(snapshot -> new RouteStates(snapshot).of(net.id(), route));
        }

        @Test
        @Rule("X7")
        void lead_to_one_of_their_net_and_outlive_it_as_blackholes() {
            route(service.id());

            assertThat(fixture.mainTable(net).route(Cidr.ALL))
                    .contains(new Route(Cidr.ALL, new RouteTarget.NatService(service.id())));
            assertThat(state()).isEqualTo(RouteState.ACTIVE);
            assertLastEvent(EventType.ROUTE_CREATED, main.id(), "0.0.0.0/0 by " + service.id(), net.id());
            delete(service);
            assertThat(state()).isEqualTo(RouteState.BLACKHOLE);
            store.advance(NatService.VISIBLE_AFTER_DELETION);
            change(unit -> natServices.sweep(unit, 10));
            assertThat(state()).isEqualTo(RouteState.BLACKHOLE);
            assertThat(fixture.mainTable(net).route(Cidr.ALL)).isPresent();
        }

        @Test
        void do_not_lead_to_one_of_another_net_or_account_or_to_one_that_is_gone() {
            Net other = fixture.net(owner, "10.9.0.0/16");
            NatService elsewhere = create(unseen(fixture.subnet(other, "10.9.1.0/24")));
            Subnet foreign = fixture.subnet(fixture.net(stranger, "10.8.0.0/16"), "10.8.1.0/24");
            NatService strangers = fixture.change(unit -> natServices.create(unit, stranger, unseen(foreign)));
            delete(service);

            for (NatServiceId id : List.of(elsewhere.id(), strangers.id(), service.id(), NOBODYS)) {
                assertRefused(RefusalCode.UNKNOWN_ID, () -> route(id)).contains(id.value());
            }
            assertThat(fixture.mainTable(net).routes()).hasSize(1);
        }
    }
}
