package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.net.DhcpOption;
import dev.linkspan.core.net.DhcpOptionsSet;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.NetAttribute;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Flow;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.core.tag.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetsTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final Nets nets = new Nets();
    private final AccountId owner = fixture.account();
    private final AccountId stranger = fixture.account();

    private Net create(String range) {
        return fixture.change(unit -> nets.create(unit, owner, Cidr.parse(range), "default"));
    }

    private void delete(Net net) {
        fixture.change(unit -> {
            nets.delete(unit, owner, net.id());
            return net;
        });
    }

    private Event lastEvent() {
        return fixture.read(snapshot ->
                snapshot.events().after(snapshot.events().lastSequence() - 1, 1).getFirst());
    }

    @Nested
    class Create {

        @Test
        void a_net_is_on_record_and_in_the_log() {
            Net net = create("10.0.0.0/16");

            assertThat(fixture.<Optional<Net>>read(snapshot -> snapshot.nets().find(net.id())))
                    .contains(net);
            assertThat(net)
                    .returns(owner, Net::owner)
                    .returns(Fixture.REGION, Net::region)
                    .returns(Cidr.parse("10.0.0.0/16"), Net::range)
                    .returns(DhcpOptionsSet.DEFAULT, Net::dhcpOptions);
            assertThat(lastEvent().fact())
                    .returns(EventType.NET_CREATED, fact -> fact.type())
                    .returns(net.id().value(), fact -> fact.subject())
                    .returns(Set.of(owner), fact -> fact.accounts())
                    .returns(Set.of(net.id()), fact -> fact.nets());
        }

        @Test
        @Rule("R1")
        void it_is_born_with_a_main_route_table_that_holds_the_local_route() {
            Net net = create("10.0.0.0/16");

            List<RouteTable> tables =
                    fixture.read(snapshot -> snapshot.routeTables().ofNet(net.id()));
            assertThat(tables).singleElement().satisfies(table -> {
                assertThat(table.main()).isTrue();
                assertThat(table.routes()).containsExactly(new Route(net.range(), new RouteTarget.Local()));
            });
        }

        @Test
        @Rule("S1")
        void it_is_born_with_a_default_group_that_lets_in_itself_and_out_everything() {
            Net net = create("10.0.0.0/16");

            List<SecurityGroup> groups =
                    fixture.read(snapshot -> snapshot.securityGroups().ofNet(net.id()));
            assertThat(groups).singleElement().satisfies(group -> {
                assertThat(group.isDefault()).isTrue();
                assertThat(group.rules(Flow.INBOUND)).singleElement().satisfies(rule -> {
                    assertThat(rule.traffic()).isEqualTo(new Traffic.All());
                    assertThat(rule.counterpart()).isEqualTo(new Counterpart.Group(group.id(), owner));
                });
                assertThat(group.rules(Flow.OUTBOUND)).singleElement().satisfies(rule -> {
                    assertThat(rule.traffic()).isEqualTo(new Traffic.All());
                    assertThat(rule.counterpart()).isEqualTo(new Counterpart.Range(Cidr.ALL));
                });
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {"10.0.0.0/15", "10.0.0.0/29", "10.0.0.0/32"})
        void a_range_larger_than_16_or_smaller_than_28_is_refused(String range) {
            assertRefused(RefusalCode.NET_SIZE, () -> create(range)).contains(range, "/16", "/28");
            assertThat(fixture.<List<NetId>>read(snapshot -> snapshot.nets().ids()))
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"10.0.0.0/16", "192.168.5.16/28"})
        void the_largest_and_the_smallest_range_are_accepted(String range) {
            assertThat(create(range).range()).isEqualTo(Cidr.parse(range));
        }

        @ParameterizedTest
        @ValueSource(strings = {"0.0.0.0/16", "127.0.0.0/24", "169.254.0.0/16", "224.0.0.0/24", "255.255.0.0/16"})
        void a_range_that_no_machine_can_have_an_address_of_is_refused(String range) {
            assertRefused(RefusalCode.BAD_VALUE, () -> create(range)).contains("range", range);
        }

        @Test
        void a_tenancy_that_is_none_is_refused() {
            assertRefused(
                            RefusalCode.MALFORMED_VALUE,
                            () -> fixture.change(unit -> nets.create(unit, owner, Cidr.parse("10.0.0.0/16"), "shared")))
                    .contains("tenancy", "shared", "dedicated");
        }

        @Test
        @Rule("P12")
        void more_nets_than_the_account_may_have_are_refused() {
            fixture.change(unit -> {
                unit.accounts().save(new Account(owner, Optional.empty(), Map.of(Quota.NETS, 1), unit.now()));
                return owner;
            });
            create("10.0.0.0/16");

            assertRefused(RefusalCode.NET_QUOTA, () -> create("10.1.0.0/16")).contains(owner.value());
            assertThat(fixture.<List<NetId>>read(snapshot -> snapshot.nets().ids()))
                    .hasSize(1);
        }
    }

    @Nested
    class Update {

        private Net update(AccountId caller, Net net, DhcpOptionsSetId dhcpOptions) {
            return fixture.change(unit -> nets.update(unit, caller, net.id(), dhcpOptions));
        }

        private DhcpOptionsSetId set(AccountId caller) {
            Map<DhcpOption, List<String>> options = Map.of(DhcpOption.NTP_SERVERS, List.of("10.0.0.9"));
            return fixture.change(unit -> new DhcpOptionsSets().create(unit, caller, options))
                    .id();
        }

        @Test
        void a_net_is_born_with_the_default_options_and_may_get_others_and_go_back() {
            Net net = create("10.0.0.0/16");
            assertThat(net.dhcpOptions()).isEqualTo(DhcpOptionsSet.DEFAULT);
            DhcpOptionsSetId set = set(owner);

            Net changed = update(owner, net, set);

            assertThat(changed.dhcpOptions()).isEqualTo(set);
            assertThat(lastEvent().fact())
                    .returns(EventType.NET_CHANGED, fact -> fact.type())
                    .returns("DHCP options " + set, fact -> fact.detail());
            assertThat(update(owner, net, DhcpOptionsSet.DEFAULT)).isEqualTo(net);
        }

        @Test
        @Rule("A4")
        void options_that_do_not_exist_or_are_somebody_elses_are_unknown() {
            Net net = create("10.0.0.0/16");
            DhcpOptionsSetId theirs = set(stranger);

            assertRefused(RefusalCode.UNKNOWN_ID, () -> update(owner, net, DhcpOptionsSetId.KIND.of(0x12345678)))
                    .isEqualTo("The DHCP options set 'dopt-12345678' doesn't exist.");
            assertRefused(RefusalCode.UNKNOWN_ID, () -> update(owner, net, theirs));
        }

        @Test
        @Rule("A4")
        void a_net_of_another_account_is_unknown() {
            Net net = create("10.0.0.0/16");

            assertRefused(RefusalCode.UNKNOWN_ID, () -> update(stranger, net, DhcpOptionsSet.DEFAULT));
        }
    }

    @Nested
    class SetAttribute {

        private Net set(AccountId caller, Net net, NetAttribute attribute, boolean on) {
            return fixture.change(unit -> nets.setAttribute(unit, caller, net.id(), attribute, on));
        }

        @Test
        void a_new_net_has_dns_support_and_nothing_else() {
            assertThat(create("10.0.0.0/16").attributes()).containsExactly(NetAttribute.DNS_SUPPORT);
        }

        @Test
        void one_is_switched_and_the_others_stay() {
            Net net = create("10.0.0.0/16");

            Net changed = set(owner, net, NetAttribute.DNS_HOSTNAMES, true);

            assertThat(changed.attributes())
                    .containsExactlyInAnyOrder(NetAttribute.DNS_SUPPORT, NetAttribute.DNS_HOSTNAMES);
            assertThat(fixture.<Optional<Net>>read(snapshot -> snapshot.nets().find(net.id())))
                    .contains(changed);
            assertThat(lastEvent().fact())
                    .returns(EventType.NET_CHANGED, fact -> fact.type())
                    .returns("DNS_HOSTNAMES on", fact -> fact.detail());
            assertThat(set(owner, net, NetAttribute.DNS_SUPPORT, false).attributes())
                    .containsExactly(NetAttribute.DNS_HOSTNAMES);
        }

        @Test
        void what_is_set_already_is_no_event() {
            Net net = create("10.0.0.0/16");

            set(owner, net, NetAttribute.DNS_SUPPORT, true);

            assertThat(lastEvent().fact().type()).isEqualTo(EventType.NET_CREATED);
        }

        @Test
        @Rule("A4")
        void a_net_of_another_account_is_unknown() {
            Net net = create("10.0.0.0/16");

            assertRefused(RefusalCode.UNKNOWN_ID, () -> set(stranger, net, NetAttribute.DNS_SUPPORT, false));
        }
    }

    @Nested
    class Delete {

        @Test
        void a_net_goes_with_what_it_was_born_with_and_their_tags() {
            Net net = create("10.0.0.0/16");
            RouteTableId table = fixture.mainTable(net).id();
            SecurityGroupId group = fixture.defaultGroup(net).id();
            fixture.change(unit -> {
                new Tags().create(unit, owner, List.of(net.id(), table, group), Map.of("name", "first"));
                return net;
            });

            delete(net);

            assertThat(fixture.<Optional<Net>>read(snapshot -> snapshot.nets().find(net.id())))
                    .isEmpty();
            assertThat(fixture.<Optional<RouteTable>>read(
                            snapshot -> snapshot.routeTables().find(table)))
                    .isEmpty();
            assertThat(fixture.<Optional<SecurityGroup>>read(
                            snapshot -> snapshot.securityGroups().find(group)))
                    .isEmpty();
            assertThat(fixture.<List<Tag>>read(snapshot -> snapshot.tags().ofOwner(owner)))
                    .isEmpty();
            assertThat(lastEvent().fact())
                    .returns(EventType.NET_DELETED, fact -> fact.type())
                    .returns(Set.of(net.id()), fact -> fact.nets());
        }

        @Test
        void what_is_in_the_way_is_named() {
            Net net = create("10.0.0.0/16");
            Subnet subnet = fixture.subnet(net, "10.0.1.0/24");
            Nic nic = fixture.nic(subnet, "10.0.1.4");
            Vm vm = fixture.vm(subnet, "10.0.1.5");
            RouteTable table = fixture.change(unit -> new RouteTables().create(unit, owner, net.id()));
            SecurityGroup group =
                    fixture.change(unit -> new SecurityGroups().create(unit, owner, net.id(), "web", "for the web"));

            assertRefused(RefusalCode.CONFLICT, () -> delete(net))
                    .contains(
                            subnet.id().value(),
                            nic.id().value(),
                            vm.id().value(),
                            table.id().value(),
                            group.id().value())
                    .doesNotContain(
                            fixture.mainTable(net).id().value(),
                            fixture.defaultGroup(net).id().value());
            assertThat(fixture.<Optional<Net>>read(snapshot -> snapshot.nets().find(net.id())))
                    .contains(net);
        }

        @Test
        @Rule("L8")
        void it_is_refused_while_a_peering_is_active() {
            Net net = create("10.0.0.0/16");
            NetPeering peering = fixture.activePeering(fixture.net(stranger, "10.1.0.0/16"), net);

            assertRefused(RefusalCode.CONFLICT, () -> delete(net))
                    .contains(peering.id().value());
        }

        @Test
        @Rule({"L8", "L2"})
        void it_is_refused_while_a_request_waits_and_accepted_at_the_instant_it_expires() {
            Net net = create("10.0.0.0/16");
            fixture.pendingPeering(net, fixture.net(stranger, "10.1.0.0/16"));
            store.advance(Duration.ofDays(7).minusMillis(1));
            assertRefused(RefusalCode.CONFLICT, () -> delete(net));

            store.advance(Duration.ofMillis(1));
            delete(net);

            assertThat(fixture.<Optional<Net>>read(snapshot -> snapshot.nets().find(net.id())))
                    .isEmpty();
        }

        @Test
        void the_nets_whose_rules_name_its_group_are_planned_again() {
            Net net = create("10.0.0.0/16");
            NetId peer = fixture.net(stranger, "10.1.0.0/16").id();
            fixture.change(unit -> {
                SecurityGroup group = unit.securityGroups().ofNet(peer).getFirst();
                Counterpart named = new Counterpart.Group(
                        unit.securityGroups().ofNet(net.id()).getFirst().id(), owner);
                unit.securityGroups()
                        .save(group.withRules(group.rules().stream()
                                .map(rule -> new SecurityGroupRule(rule.id(), rule.flow(), rule.traffic(), named, ""))
                                .toList()));
                return group;
            });

            delete(net);

            assertThat(lastEvent().fact().nets()).containsExactlyInAnyOrder(net.id(), peer);
        }

        @Test
        @Rule("A4")
        void a_net_of_another_account_is_unknown() {
            Net theirs = fixture.net(stranger, "10.1.0.0/16");

            assertRefused(RefusalCode.UNKNOWN_ID, () -> delete(theirs))
                    .isEqualTo("The Net '%s' doesn't exist.".formatted(theirs.id()));
        }
    }
}
