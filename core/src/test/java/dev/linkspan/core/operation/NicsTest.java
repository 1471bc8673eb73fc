package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.net.AddressChoice;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.NewNic;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicChange;
import dev.linkspan.core.net.NicChange.LinkChange;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.refusal.RefusalCode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NicsTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final Nics nics = new Nics();
    private final AccountId owner = fixture.account();
    private final Net net = fixture.net(owner, "10.0.0.0/16");
    private final Subnet subnet = fixture.subnet(net, "10.0.1.0/24");
    private final SecurityGroupId group = fixture.defaultGroup(net).id();
    private final Vm vm = fixture.vm(subnet, "10.0.1.4", group);

    private Nic create(NewNic wanted) {
        return fixture.change(unit -> nics.create(unit, owner, wanted));
    }

    private Nic link(Nic nic, int deviceNumber) {
        return fixture.change(unit -> nics.link(unit, owner, nic.id(), vm.id(), deviceNumber));
    }

    private Nic update(Nic nic, NicChange change) {
        return fixture.change(unit -> nics.update(unit, owner, nic.id(), change));
    }

    private Optional<Nic> current(Nic nic) {
        return fixture.read(snapshot -> snapshot.nics().find(nic.id()));
    }

    @Nested
    class Create {

        @Test
        void a_nic_gets_the_lowest_free_address_and_is_linked_to_nothing() {
            Nic nic = create(Orders.nicIn(subnet.id()));

            assertThat(nic.addresses()).containsExactly(Ipv4.parse("10.0.1.5"));
            assertThat(nic.groups()).containsExactly(group);
            assertThat(nic.link()).isEmpty();
            assertThat(current(nic)).contains(nic);
        }

        @Test
        @Rule("S6")
        void its_mac_is_that_of_its_id_in_the_locally_administered_range() {
            Nic nic = create(Orders.nicIn(subnet.id()));
            String digits = nic.id().value().substring("eni-".length());

            assertThat(nic.mac().toString().replace(":", "")).isEqualTo("0600" + digits);
            assertThat(nic.mac().octets()[0] & 0b11).isEqualTo(0b10);
            assertThat(nic.mac()).isNotEqualTo(MacAddress.parse("02:00:00:00:00:fe"));
        }

        @Test
        void addresses_that_are_left_open_fill_up_from_below() {
            AddressChoice choice = new AddressChoice(Optional.empty(), List.of(Ipv4.parse("10.0.1.5")), 2);

            Nic nic = create(new NewNic(subnet.id(), choice, List.of(), List.of(), "data"));

            assertThat(nic.addresses())
                    .extracting(Ipv4::toString)
                    .containsExactly("10.0.1.6", "10.0.1.5", "10.0.1.7", "10.0.1.8");
            assertThat(nic.description()).isEqualTo("data");
        }

        @Test
        void an_address_that_is_given_twice_is_assertRefused() {
            assertRefused(RefusalCode.BAD_VALUE, () -> Orders.nicAt(subnet.id(), "10.0.1.7", "10.0.1.7"));
        }

        @Test
        void more_addresses_than_a_nic_can_have_are_assertRefused() {
            assertRefused(
                    RefusalCode.BAD_VALUE, () -> new AddressChoice(Optional.empty(), List.of(), Nic.MOST_ADDRESSES));
        }

        @Test
        void a_full_subnet_is_assertRefused() {
            Subnet small = fixture.subnet(net, "10.0.2.0/29");
            for (int i = 0; i < small.usable(); i++) {
                create(Orders.nicIn(small.id()));
            }

            assertRefused(RefusalCode.SUBNET_FULL, () -> create(Orders.nicIn(small.id())));
        }

        @Test
        void an_address_that_was_given_back_is_handed_out_again() {
            Nic first = create(Orders.nicIn(subnet.id()));
            create(Orders.nicIn(subnet.id()));
            fixture.change(unit -> {
                nics.delete(unit, owner, first.id());
                return first;
            });

            assertThat(create(Orders.nicIn(subnet.id())).primaryAddress()).isEqualTo(first.primaryAddress());
        }

        @Test
        @Rule("A4")
        void the_subnet_of_another_account_is_unknown() {
            assertRefused(
                    RefusalCode.UNKNOWN_ID,
                    () -> fixture.change(unit -> nics.create(unit, fixture.account(), Orders.nicIn(subnet.id()))));
        }
    }

    @Nested
    class Update {

        @Test
        void what_is_given_changes_and_the_rest_stays() {
            Nic nic = create(Orders.nicIn(subnet.id()));

            Nic after = update(
                    nic, new NicChange(Optional.of("front"), Optional.empty(), Optional.of(false), Optional.empty()));

            assertThat(after).isEqualTo(nic.withDescription("front").withSourceDestChecked(false));
            assertThat(current(nic)).contains(after);
        }

        @Test
        void whether_it_goes_with_its_vm_is_changed_by_the_link_that_it_has() {
            Nic nic = link(create(Orders.nicIn(subnet.id())), 1);
            NicLinkId linkId = nic.link().orElseThrow().id();
            assertThat(nic.link().orElseThrow().deleteOnVmDeletion()).isFalse();

            Nic after = update(nic, linkChange(linkId));

            assertThat(after.link()).contains(new NicLink(linkId, vm.id(), 1, true));
            assertRefused(RefusalCode.UNKNOWN_ID, () -> update(nic, linkChange(new NicLinkId("eni-attach-0000ffff"))));
        }

        private NicChange linkChange(NicLinkId id) {
            return new NicChange(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(new LinkChange(id, true)));
        }

        @Test
        void no_group_at_all_is_assertRefused() {
            Nic nic = create(Orders.nicIn(subnet.id()));

            assertRefused(
                    RefusalCode.MISSING_PARAMETER,
                    () -> update(
                            nic,
                            new NicChange(
                                    Optional.empty(), Optional.of(List.of()), Optional.empty(), Optional.empty())));
        }

        @Test
        void a_group_of_another_net_is_assertRefused() {
            Nic nic = create(Orders.nicIn(subnet.id()));
            SecurityGroupId foreign =
                    fixture.defaultGroup(fixture.net(owner, "10.9.0.0/16")).id();

            assertRefused(
                    RefusalCode.BAD_VALUE,
                    () -> update(
                            nic,
                            new NicChange(
                                    Optional.empty(),
                                    Optional.of(List.of(foreign)),
                                    Optional.empty(),
                                    Optional.empty())));
        }
    }

    @Nested
    class Link {

        @Test
        void a_nic_is_linked_until_it_is_unlinked() {
            Nic nic = create(Orders.nicIn(subnet.id()));

            Nic linked = link(nic, 3);
            NicLink made = linked.link().orElseThrow();
            assertThat(made).isEqualTo(new NicLink(made.id(), vm.id(), 3, false));
            fixture.change(unit -> nics.unlink(unit, owner, made.id()));

            assertThat(current(nic)).contains(nic);
            assertThat(fixture.<List<Event>>read(snapshot -> snapshot.events().after(0, 9)))
                    .extracting(event -> event.fact().type())
                    .containsExactly(EventType.NIC_CREATED, EventType.NIC_LINKED, EventType.NIC_UNLINKED);
        }

        @Test
        void a_device_number_is_1_to_7_and_there_once() {
            Nic nic = create(Orders.nicIn(subnet.id()));
            Nic other = create(Orders.nicIn(subnet.id()));
            link(nic, 7);

            assertRefused(RefusalCode.BAD_VALUE, () -> link(other, 0));
            assertRefused(RefusalCode.BAD_VALUE, () -> link(other, 8));
            assertRefused(RefusalCode.CONFLICT, () -> link(other, 7));
        }

        @Test
        void a_linked_nic_is_neither_linked_again_nor_deleted() {
            Nic nic = link(create(Orders.nicIn(subnet.id())), 1);

            assertRefused(RefusalCode.CONFLICT, () -> link(nic, 2));
            assertRefused(
                    RefusalCode.CONFLICT,
                    () -> fixture.change(unit -> {
                        nics.delete(unit, owner, nic.id());
                        return nic;
                    }));
            assertThat(current(nic)).contains(nic);
        }

        @Test
        void a_nic_of_another_net_or_subregion_is_assertRefused() {
            Subnet otherNet = fixture.subnet(fixture.net(owner, "10.9.0.0/16"), "10.9.1.0/24");
            Subnet otherSubregion = subnetIn("10.0.3.0/24", new SubregionName("eu-west-2b"));

            assertRefused(RefusalCode.BAD_VALUE, () -> link(create(Orders.nicIn(otherNet.id())), 1));
            assertRefused(RefusalCode.BAD_VALUE, () -> link(create(Orders.nicIn(otherSubregion.id())), 1));
        }

        private Subnet subnetIn(String range, SubregionName subregion) {
            return fixture.change(unit -> {
                SubnetId id = unit.newId(SubnetId.KIND);
                Subnet made = new Subnet(id, net.id(), owner, subregion, Cidr.parse(range), false, unit.now());
                unit.subnets().save(made);
                return made;
            });
        }

        @Test
        void the_primary_nic_stays() {
            Nic primary =
                    fixture.read(snapshot -> snapshot.nics().ofVm(vm.id())).getFirst();
            NicLinkId linkId = primary.link().orElseThrow().id();

            assertRefused(RefusalCode.BAD_VALUE, () -> fixture.change(unit -> nics.unlink(unit, owner, linkId)));
        }

        @Test
        @Rule("A4")
        void a_link_of_another_account_is_unknown() {
            NicLinkId linkId = link(create(Orders.nicIn(subnet.id())), 1)
                    .link()
                    .orElseThrow()
                    .id();

            assertRefused(
                    RefusalCode.UNKNOWN_ID, () -> fixture.change(unit -> nics.unlink(unit, fixture.account(), linkId)));
        }

        @Test
        void nothing_is_linked_to_a_terminated_vm() {
            Nic nic = create(Orders.nicIn(subnet.id()));
            fixture.change(unit -> new Vms(PublicIpPools.NONE).delete(unit, owner, List.of(vm.id())));

            assertRefused(RefusalCode.INVALID_STATE, () -> link(nic, 1));
        }
    }
}
