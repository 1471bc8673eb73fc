package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.routing.RequestedTarget;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteState;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTarget;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InternetServicesTest extends ExitScene {

    private static final InternetServiceId NOBODYS = new InternetServiceId("igw-deadbeef");

    private final Net otherNet = fixture.net(owner, "10.9.0.0/16");

    private InternetService current(InternetServiceId id) {
        return fixture.read(snapshot -> snapshot.internetServices().find(id)).orElseThrow();
    }

    @Test
    void one_is_made_linked_to_nothing() {
        InternetService made = createService();

        assertThat(made.net()).isEmpty();
        assertThat(made.owner()).isEqualTo(owner);
        assertLastEvent(EventType.INTERNET_SERVICE_CREATED, made.id(), "created");
        limit(Quota.INTERNET_SERVICES, 1);
        assertUnchanged(RefusalCode.QUOTA, unit -> services.create(unit, owner)).contains("internet-services");
    }

    @Test
    @Rule("X1")
    void one_is_linked_to_one_net_which_has_no_other() {
        InternetService first = createService();
        InternetService second = createService();
        linkService(first.id(), net.id());

        assertThat(current(first.id()).net()).contains(net.id());
        assertLastEvent(EventType.INTERNET_SERVICE_LINKED, first.id(), "linked to " + net.id(), net.id());
        assertUnchanged(RefusalCode.ALREADY_LINKED, unit -> services.link(unit, owner, first.id(), net.id()))
                .contains(first.id().value(), net.id().value());
        assertUnchanged(RefusalCode.ALREADY_LINKED, unit -> services.link(unit, owner, first.id(), otherNet.id()));
        assertUnchanged(RefusalCode.NET_HAS_INTERNET_SERVICE, unit -> services.link(unit, owner, second.id(), net.id()))
                .contains(first.id().value());
    }

    @Test
    @Rule("X1")
    void one_is_unlinked_from_where_it_is_once_no_public_address_needs_it() {
        InternetService service = openNet();
        Nic nic = nic("10.0.1.4");
        var ip = link(allocate(), nic);

        assertUnchanged(RefusalCode.CONFLICT, unit -> services.unlink(unit, owner, service.id(), net.id()))
                .contains(ip.address().toString(), net.id().value());
        assertUnchanged(RefusalCode.NOT_LINKED, unit -> services.unlink(unit, owner, service.id(), otherNet.id()))
                .contains(service.id().value(), otherNet.id().value());
        change(unit -> publicIps.unlink(unit, owner, ip.address()));
        change(unit -> services.unlink(unit, owner, service.id(), net.id()));
        assertThat(current(service.id()).net()).isEmpty();
        assertLastEvent(EventType.INTERNET_SERVICE_UNLINKED, service.id(), "unlinked from " + net.id(), net.id());
        assertUnchanged(RefusalCode.NOT_LINKED, unit -> services.unlink(unit, owner, service.id(), net.id()));
        linkService(service.id(), otherNet.id());
    }

    @Test
    void a_linked_one_is_not_deleted_and_a_deleted_ones_tags_go_with_it() {
        InternetService service = openNet();
        tag(service.id());

        assertUnchanged(RefusalCode.CONFLICT, unit -> services.delete(unit, owner, service.id()))
                .contains(net.id().value());
        change(unit -> services.unlink(unit, owner, service.id(), net.id()));
        change(unit -> services.delete(unit, owner, service.id()));
        assertThat(tags()).isEmpty();
        assertLastEvent(EventType.INTERNET_SERVICE_DELETED, service.id(), "deleted");
        assertUnchanged(RefusalCode.UNKNOWN_ID, unit -> services.delete(unit, owner, service.id()));
    }

    @Test
    @Rule("A4")
    void that_of_another_account_is_unknown_and_so_is_another_accounts_net() {
        InternetService service = createService();
        Net foreign = fixture.net(stranger, "10.1.0.0/16");

        assertUnchanged(RefusalCode.UNKNOWN_ID, unit -> services.link(unit, stranger, service.id(), foreign.id()));
        assertUnchanged(RefusalCode.UNKNOWN_ID, unit -> services.link(unit, owner, service.id(), foreign.id()));
        assertUnchanged(RefusalCode.UNKNOWN_ID, unit -> services.link(unit, owner, NOBODYS, net.id()));
        assertUnchanged(RefusalCode.UNKNOWN_ID, unit -> services.unlink(unit, stranger, service.id(), net.id()));
        assertUnchanged(RefusalCode.UNKNOWN_ID, unit -> services.delete(unit, stranger, service.id()));
    }

    @Test
    void a_net_is_not_deleted_while_one_is_linked_to_it() {
        InternetService service = linkService(createService().id(), otherNet.id());

        assertUnchanged(RefusalCode.CONFLICT, unit -> new Nets().delete(unit, owner, otherNet.id()))
                .contains(service.id().value());
        change(unit -> services.unlink(unit, owner, service.id(), otherNet.id()));
        change(unit -> new Nets().delete(unit, owner, otherNet.id()));
        assertThat(current(service.id()).net()).isEmpty();
    }

    @Nested
    class Routes {

        private final RouteTables tables = new RouteTables();
        private final RouteTable main = fixture.mainTable(net);

        private void route(InternetServiceId id) {
            change(unit ->
                    tables.createRoute(unit, owner, main.id(), Cidr.ALL, new RequestedTarget.InternetService(id)));
        }

        private RouteState state(InternetServiceId id) {
            Route route = new Route(Cidr.ALL, new RouteTarget.InternetService(id));
            return fixture.read(snapshot -> new RouteStates(snapshot).of(net.id(), route));
        }

        @Test
        void lead_to_the_one_of_their_net() {
            InternetService service = openNet();
            route(service.id());

            assertThat(fixture.mainTable(net).route(Cidr.ALL))
                    .contains(new Route(Cidr.ALL, new RouteTarget.InternetService(service.id())));
            assertThat(state(service.id())).isEqualTo(RouteState.ACTIVE);
            assertLastEvent(EventType.ROUTE_CREATED, main.id(), "0.0.0.0/0 by " + service.id(), net.id());
        }

        @Test
        void do_not_lead_to_one_that_is_elsewhere_or_nowhere() {
            InternetService nowhere = createService();
            InternetService elsewhere = linkService(createService().id(), otherNet.id());

            for (InternetService service : List.of(nowhere, elsewhere)) {
                assertRefused(RefusalCode.BAD_VALUE, () -> route(service.id()))
                        .contains(service.id().value(), net.id().value());
            }
            assertRefused(RefusalCode.UNKNOWN_ID, () -> route(NOBODYS));
            assertThat(fixture.mainTable(net).routes()).hasSize(1);
        }

        @Test
        @Rule("X7")
        void outlive_it_as_blackholes() {
            InternetService service = openNet();
            route(service.id());
            change(unit -> services.unlink(unit, owner, service.id(), net.id()));

            assertThat(state(service.id())).isEqualTo(RouteState.BLACKHOLE);
            linkService(service.id(), otherNet.id());
            assertThat(state(service.id())).isEqualTo(RouteState.BLACKHOLE);
            change(unit -> services.unlink(unit, owner, service.id(), otherNet.id()));
            linkService(service.id(), net.id());
            assertThat(state(service.id())).isEqualTo(RouteState.ACTIVE);
            change(unit -> services.unlink(unit, owner, service.id(), net.id()));
            change(unit -> services.delete(unit, owner, service.id()));
            assertThat(state(service.id())).isEqualTo(RouteState.BLACKHOLE);
            assertThat(fixture.mainTable(net).route(Cidr.ALL)).isPresent();
        }
    }
}
