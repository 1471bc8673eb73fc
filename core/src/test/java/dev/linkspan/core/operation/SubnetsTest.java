package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.tag.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubnetsTest {

    private static final SubregionName SECOND = new SubregionName("eu-west-2b");

    private final Fixture fixture = new Fixture(new InMemoryStore());
    private final Subnets subnets =
            new Subnets(new Subregions(List.of(new Region(Fixture.REGION, List.of(Fixture.SUBREGION, SECOND)))));
    private final AccountId owner = fixture.account();
    private final AccountId stranger = fixture.account();
    private final Net net = fixture.net(owner, "10.0.0.0/16");

    private Subnet create(String range) {
        return create(range, Optional.empty());
    }

    private Subnet create(String range, Optional<SubregionName> subregion) {
        return fixture.change(unit -> subnets.create(unit, owner, net.id(), Cidr.parse(range), subregion));
    }

    private void delete(Subnet subnet) {
        fixture.change(unit -> {
            subnets.delete(unit, owner, subnet.id());
            return subnet;
        });
    }

    private Fact lastFact() {
        return fixture.read(snapshot -> snapshot.events()
                .after(snapshot.events().lastSequence() - 1, 1)
                .getFirst()
                .fact());
    }

    @Nested
    class Create {

        @Test
        void a_subnet_is_in_the_first_subregion_unless_another_is_named() {
            Subnet first = create("10.0.1.0/24");
            Subnet second = create("10.0.2.0/24", Optional.of(SECOND));

            assertThat(first.subregion()).isEqualTo(Fixture.SUBREGION);
            assertThat(second.subregion()).isEqualTo(SECOND);
            assertThat(fixture.<List<Subnet>>read(snapshot -> snapshot.subnets().ofNet(net.id())))
                    .containsExactly(first, second);
            assertThat(lastFact())
                    .returns(EventType.SUBNET_CREATED, Fact::type)
                    .returns(second.id().value(), Fact::subject)
                    .returns(Set.of(net.id()), Fact::nets);
        }

        @Test
        void it_may_have_the_whole_range_of_its_net_or_eight_addresses() {
            assertThat(create("10.0.0.0/16").range()).isEqualTo(net.range());
            Net small = fixture.net(owner, "10.2.0.0/28");
            Subnet eight = fixture.change(
                    unit -> subnets.create(unit, owner, small.id(), Cidr.parse("10.2.0.8/29"), Optional.empty()));

            assertThat(fixture.<Long>read(snapshot -> Subnets.availableAddresses(snapshot, eight)))
                    .isEqualTo(3);
        }

        @Test
        void a_range_smaller_than_29_is_refused() {
            assertRefused(RefusalCode.SUBNET_RANGE, () -> create("10.0.1.0/30")).contains("10.0.1.0/30", "/29");
        }

        @ParameterizedTest
        @ValueSource(strings = {"10.1.0.0/24", "10.0.0.0/15", "0.0.0.0/0"})
        void a_range_that_is_not_inside_its_net_is_refused(String range) {
            assertRefused(RefusalCode.SUBNET_RANGE, () -> create(range)).contains(range, "10.0.0.0/16");
        }

        @ParameterizedTest
        @ValueSource(strings = {"10.0.1.0/24", "10.0.1.128/25", "10.0.0.0/23"})
        void a_range_that_overlaps_another_subnet_of_the_net_is_refused(String range) {
            Subnet there = create("10.0.1.0/24");

            assertRefused(RefusalCode.SUBNET_OVERLAP, () -> create(range))
                    .contains(range, there.id().value());
        }

        @Test
        void subnets_of_two_nets_may_overlap() {
            create("10.0.1.0/24");
            Net other = fixture.net(owner, "10.0.0.0/16");

            Subnet same = fixture.change(
                    unit -> subnets.create(unit, owner, other.id(), Cidr.parse("10.0.1.0/24"), Optional.empty()));

            assertThat(same.net()).isEqualTo(other.id());
        }

        @Test
        void a_subregion_of_another_region_is_unknown() {
            assertRefused(
                            RefusalCode.UNKNOWN_SUBREGION,
                            () -> create("10.0.1.0/24", Optional.of(new SubregionName("us-east-2a"))))
                    .isEqualTo("The Subregion 'us-east-2a' doesn't exist.");
        }

        @Test
        @Rule("P12")
        void more_subnets_than_a_net_may_have_are_refused() {
            fixture.change(unit -> {
                unit.accounts()
                        .save(new Account(owner, Optional.empty(), Map.of(Quota.SUBNETS_PER_NET, 1), unit.now()));
                return owner;
            });
            create("10.0.1.0/24");

            assertRefused(RefusalCode.QUOTA, () -> create("10.0.2.0/24")).contains("subnets-per-net");
        }

        @Test
        @Rule("A4")
        void a_net_of_another_account_is_unknown() {
            Net theirs = fixture.net(stranger, "10.0.0.0/16");

            assertRefused(
                    RefusalCode.UNKNOWN_ID,
                    () -> fixture.change(unit ->
                            subnets.create(unit, owner, theirs.id(), Cidr.parse("10.0.1.0/24"), Optional.empty())));
        }
    }

    @Test
    void updating_sets_whether_machines_get_a_public_address() {
        Subnet subnet = create("10.0.1.0/24");

        Subnet changed = fixture.change(unit -> subnets.update(unit, owner, subnet.id(), true));

        assertThat(changed.mapPublicIpOnLaunch()).isTrue();
        assertThat(fixture.<Optional<Subnet>>read(snapshot -> snapshot.subnets().find(subnet.id())))
                .contains(changed);
        assertRefused(
                RefusalCode.UNKNOWN_ID,
                () -> fixture.change(unit -> subnets.update(unit, stranger, subnet.id(), false)));
    }

    @Test
    void every_address_of_a_nic_is_no_longer_available() {
        Subnet subnet = create("10.0.1.0/24");
        long before = fixture.read(snapshot -> Subnets.availableAddresses(snapshot, subnet));
        fixture.vm(subnet, "10.0.1.4");
        fixture.nic(subnet, "10.0.1.5");

        long after = fixture.read(snapshot -> Subnets.availableAddresses(snapshot, subnet));

        assertThat(before).isEqualTo(251);
        assertThat(after).isEqualTo(249);
    }

    @Nested
    class Delete {

        @Test
        void a_subnet_goes_with_its_tags_and_its_link_to_a_route_table() {
            Subnet subnet = create("10.0.1.0/24");
            RouteTable table = fixture.change(unit -> new RouteTables().create(unit, owner, net.id()));
            fixture.change(unit -> new RouteTables().link(unit, owner, table.id(), subnet.id()));
            fixture.change(unit -> {
                new Tags().create(unit, owner, List.of(subnet.id()), Map.of("name", "first"));
                return subnet;
            });

            delete(subnet);

            assertThat(fixture.<Optional<Subnet>>read(
                            snapshot -> snapshot.subnets().find(subnet.id())))
                    .isEmpty();
            assertThat(fixture.<Optional<RouteTable>>read(
                            snapshot -> snapshot.routeTables().find(table.id())))
                    .hasValueSatisfying(left -> assertThat(left.links()).isEmpty());
            assertThat(fixture.<List<Tag>>read(snapshot -> snapshot.tags().ofOwner(owner)))
                    .isEmpty();
            assertThat(lastFact()).returns(EventType.SUBNET_DELETED, Fact::type);
        }

        @Test
        void it_is_refused_while_a_nic_is_in_it() {
            Subnet subnet = create("10.0.1.0/24");
            Nic nic = fixture.nic(subnet, "10.0.1.4");

            assertRefused(RefusalCode.SUBNET_IN_USE, () -> delete(subnet))
                    .contains(nic.id().value());
            assertThat(fixture.<Optional<Subnet>>read(
                            snapshot -> snapshot.subnets().find(subnet.id())))
                    .contains(subnet);
        }

        @Test
        @Rule("A4")
        void a_subnet_of_another_account_is_unknown() {
            Subnet theirs = fixture.subnet(fixture.net(stranger, "10.1.0.0/16"), "10.1.0.0/24");

            assertRefused(RefusalCode.UNKNOWN_ID, () -> delete(theirs));
        }
    }
}
