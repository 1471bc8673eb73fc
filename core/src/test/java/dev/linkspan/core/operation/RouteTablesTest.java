package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteLookup;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTableLink;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.tag.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RouteTablesTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final RouteTables tables = new RouteTables();
    private final AccountId owner = fixture.account();
    private final AccountId stranger = fixture.account();
    private final Net net = fixture.net(owner, "10.0.0.0/16");
    private final Net otherNet = fixture.net(owner, "10.9.0.0/16");
    private final Subnet subnet = fixture.subnet(net, "10.0.1.0/24");

    private RouteTable create() {
        return fixture.change(unit -> tables.create(unit, owner, net.id()));
    }

    private RouteTable create(Net in, String clientToken) {
        return fixture.change(unit -> tables.create(unit, owner, in.id(), clientToken));
    }

    @Test
    void a_repeated_token_is_answered_with_the_table_that_it_made_until_that_is_gone() {
        RouteTable first = create(net, "token");

        assertThat(create(net, "token")).isEqualTo(first);
        assertThat(create(net, "other").id()).isNotEqualTo(first.id());
        assertRefused(RefusalCode.BAD_VALUE, () -> create(otherNet, "token"))
                .contains(first.id().value(), net.id().value());
        fixture.change(unit -> {
            tables.delete(unit, owner, first.id());
            return first;
        });
        assertThat(create(net, "token").id()).isNotEqualTo(first.id());
    }

    @Test
    void a_token_has_1_to_64_characters() {
        assertRefused(RefusalCode.BAD_VALUE, () -> create(net, ""));
        assertRefused(RefusalCode.BAD_VALUE, () -> create(net, "x".repeat(65)));
        assertThat(create(net, "x".repeat(64)).clientToken()).isPresent();
    }

    private RouteTableLink link(RouteTable table, Subnet user) {
        return fixture.change(unit -> tables.link(unit, owner, table.id(), user.id()));
    }

    private RouteTableLink replace(RouteTableLink link, RouteTable table) {
        return fixture.change(unit -> tables.replaceLink(unit, owner, link.id(), table.id()));
    }

    private RouteTable stored(RouteTable table) {
        return fixture.read(snapshot -> snapshot.routeTables().find(table.id()).orElseThrow());
    }

    private List<RouteTable> all() {
        return fixture.read(snapshot -> snapshot.routeTables().ofNet(net.id()));
    }

    private Event lastEvent() {
        return fixture.read(snapshot -> snapshot.events().after(0, 1000).getLast());
    }

    private void limit(Quota quota, int limit) {
        fixture.change(unit -> {
            Account account = unit.accounts().find(owner).orElseThrow();
            unit.accounts().save(new Account(owner, account.email(), Map.of(quota, limit), account.createdAt()));
            return owner;
        });
    }

    @Nested
    class Create {

        @Test
        @Rule("R1")
        void a_table_is_born_with_the_local_route_and_nobody_using_it() {
            RouteTable table = create();

            assertThat(table.routes()).containsExactly(new Route(net.range(), new RouteTarget.Local()));
            assertThat(table.links()).isEmpty();
            assertThat(table.owner()).isEqualTo(owner);
            assertThat(stored(table)).isEqualTo(table);
            assertThat(lastEvent().fact().type()).isEqualTo(EventType.ROUTE_TABLE_CREATED);
            assertThat(lastEvent().fact().accounts()).containsExactly(owner);
        }

        @Test
        @Rule("A4")
        void a_table_for_anothers_net_is_refused_like_for_none() {
            assertRefused(RefusalCode.UNKNOWN_ID, () -> fixture.change(unit -> tables.create(unit, stranger, net.id())))
                    .isEqualTo("The Net '%s' doesn't exist.", net.id());
        }

        @Test
        @Rule("P12")
        void the_quota_counts_the_main_table_too() {
            limit(Quota.ROUTE_TABLES_PER_NET, 2);
            create();

            assertRefused(RefusalCode.QUOTA, RouteTablesTest.this::create)
                    .contains(net.id().value(), "route-tables-per-net");
            assertThat(all()).hasSize(2);
        }
    }

    @Nested
    class Delete {

        private void delete(AccountId caller, RouteTableId id) {
            fixture.change(unit -> {
                tables.delete(unit, caller, id);
                return id;
            });
        }

        @Test
        void a_table_that_nobody_uses_goes_with_its_tags() {
            RouteTable table = create();
            fixture.change(unit -> {
                unit.tags().save(new Tag(table.id(), owner, "Name", "x"));
                return owner;
            });

            delete(owner, table.id());

            List<Tag> tags = fixture.read(snapshot -> snapshot.tags().ofOwner(owner));
            assertThat(all()).doesNotContain(table);
            assertThat(tags).isEmpty();
            assertThat(lastEvent().fact().type()).isEqualTo(EventType.ROUTE_TABLE_DELETED);
        }

        @Test
        @Rule("R1")
        void the_main_table_stays() {
            RouteTable main = fixture.mainTable(net);

            assertRefused(RefusalCode.CONFLICT, () -> delete(owner, main.id())).contains("main");
            assertThat(stored(main)).isEqualTo(main);
        }

        @Test
        void a_table_in_use_stays_and_its_user_is_named() {
            RouteTable table = create();
            link(table, subnet);

            assertRefused(RefusalCode.CONFLICT, () -> delete(owner, table.id()))
                    .contains(subnet.id().value());
        }

        @Test
        @Rule("A4")
        void anothers_table_is_unknown() {
            RouteTable table = create();

            assertRefused(RefusalCode.UNKNOWN_ID, () -> delete(stranger, table.id()));
        }
    }

    @Nested
    class Link {

        @Test
        void a_subnet_uses_the_table_it_is_linked_to() {
            RouteTable table = create();

            RouteTableLink link = link(table, subnet);

            assertThat(link.subnet()).contains(subnet.id());
            assertThat(stored(table).links()).containsExactly(link);
            assertThat(RouteLookup.tableOf(all(), subnet.id()).id()).isEqualTo(table.id());
            assertThat(lastEvent().fact().nets()).containsExactly(net.id());
        }

        @Test
        void a_linked_subnet_is_refused_whichever_table_it_uses() {
            RouteTable table = create();
            RouteTable second = create();
            link(table, subnet);

            assertRefused(RefusalCode.CONFLICT, () -> link(second, subnet))
                    .contains(table.id().value());
            assertRefused(RefusalCode.CONFLICT, () -> link(table, subnet));
            assertThat(stored(second).links()).isEmpty();
        }

        @Test
        void a_subnet_of_another_net_is_refused() {
            RouteTable table = create();
            Subnet elsewhere = fixture.subnet(otherNet, "10.9.1.0/24");

            assertRefused(RefusalCode.BAD_VALUE, () -> link(table, elsewhere))
                    .contains(elsewhere.id().value(), otherNet.id().value());
        }

        @Test
        @Rule("E4")
        void the_table_is_looked_up_before_the_subnet() {
            SubnetId nowhere = SubnetId.KIND.of(0xffff);
            RouteTableId none = RouteTableId.KIND.of(0xffff);

            assertRefused(RefusalCode.UNKNOWN_ID, () -> fixture.change(unit -> tables.link(unit, owner, none, nowhere)))
                    .startsWith("The route table");
        }
    }

    @Nested
    class Unlink {

        private void unlink(AccountId caller, RouteTableLinkId id) {
            fixture.change(unit -> {
                tables.unlink(unit, caller, id);
                return id;
            });
        }

        @Test
        void the_subnet_uses_the_main_table_again() {
            RouteTable table = create();
            RouteTableLink link = link(table, subnet);

            unlink(owner, link.id());

            assertThat(stored(table).links()).isEmpty();
            assertThat(RouteLookup.tableOf(all(), subnet.id())).isEqualTo(fixture.mainTable(net));
        }

        @Test
        @Rule("R1")
        void the_main_link_cannot_be_removed() {
            RouteTableLink main = fixture.mainTable(net).links().getFirst();

            assertRefused(RefusalCode.CONFLICT, () -> unlink(owner, main.id()));
            assertThat(fixture.mainTable(net).links()).containsExactly(main);
        }

        @Test
        @Rule("A4")
        void anothers_link_is_unknown() {
            RouteTableLink link = link(create(), subnet);

            assertRefused(RefusalCode.UNKNOWN_ID, () -> unlink(stranger, link.id()))
                    .isEqualTo("The link of the route table '%s' doesn't exist.", link.id());
        }
    }

    @Nested
    class Replace_link {

        @Test
        void the_subnet_uses_the_other_table_by_a_new_link() {
            RouteTable one = create();
            RouteTable other = create();
            RouteTableLink before = link(one, subnet);

            RouteTableLink after = replace(before, other);

            assertThat(after.id()).isNotEqualTo(before.id());
            assertThat(after.subnet()).contains(subnet.id());
            assertThat(stored(one).links()).isEmpty();
            assertThat(stored(other).links()).containsExactly(after);
        }

        @Test
        @Rule("R1")
        void the_main_link_moves_and_makes_the_other_table_the_main_one() {
            RouteTable before = fixture.mainTable(net);
            RouteTable other = create();
            link(other, subnet);

            RouteTableLink after = replace(before.links().getFirst(), other);

            assertThat(fixture.mainTable(net).id()).isEqualTo(other.id());
            assertThat(fixture.mainTable(net).links().getFirst()).isEqualTo(after);
            assertThat(after.main()).isTrue();
            assertThat(stored(before).main()).isFalse();
        }

        @Test
        void the_same_table_gets_a_new_link_as_well() {
            RouteTable table = create();
            RouteTableLink before = link(table, subnet);

            RouteTableLink after = replace(before, table);

            assertThat(after.id()).isNotEqualTo(before.id());
            assertThat(stored(table).links()).containsExactly(after);
        }

        @Test
        void a_table_of_another_net_is_refused() {
            RouteTableLink link = link(create(), subnet);

            assertRefused(RefusalCode.BAD_VALUE, () -> replace(link, fixture.mainTable(otherNet)));
        }
    }

    @Test
    @Rule("L9")
    void every_change_is_one_event_that_names_the_net() {
        RouteTable table = create();
        RouteTableLink link = link(table, subnet);
        fixture.change(unit -> {
            tables.unlink(unit, owner, link.id());
            tables.delete(unit, owner, table.id());
            return owner;
        });
        List<Event> events = fixture.read(snapshot -> snapshot.events().after(0, 1000));

        assertThat(events)
                .extracting(event -> event.fact().type())
                .containsExactly(
                        EventType.ROUTE_TABLE_CREATED,
                        EventType.ROUTE_TABLE_LINKED,
                        EventType.ROUTE_TABLE_UNLINKED,
                        EventType.ROUTE_TABLE_DELETED);
        assertThat(events)
                .allSatisfy(event -> assertThat(event.fact().nets()).isEqualTo(Set.of(net.id())))
                .allSatisfy(event ->
                        assertThat(event.fact().subject()).isEqualTo(table.id().value()));
    }

    @Test
    void the_main_link_stands_before_the_links_of_subnets() {
        RouteTable main = fixture.mainTable(net);
        link(main, subnet);

        assertThat(fixture.mainTable(net).links())
                .extracting(RouteTableLink::subnet)
                .containsExactly(Optional.empty(), Optional.of(subnet.id()));
    }
}
