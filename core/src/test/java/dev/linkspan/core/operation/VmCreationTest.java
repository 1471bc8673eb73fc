package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ImageId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.keypair.KeypairType;
import dev.linkspan.core.keypair.NewKeypair;
import dev.linkspan.core.keypair.PublicKeys;
import dev.linkspan.core.net.AddressChoice;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.NewNic;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmNic;
import dev.linkspan.core.net.VmSettingsChange;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.refusal.RefusalCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class VmCreationTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final Vms vms = new Vms(PublicIpPools.NONE);
    private final AccountId owner = fixture.account();
    private final Net net = fixture.net(owner, "10.0.0.0/16");
    private final Subnet subnet = fixture.subnet(net, "10.0.1.0/24");

    private List<Vm> create(VmOrder order) {
        return fixture.change(unit -> vms.create(unit, owner, order));
    }

    private List<Nic> nicsOf(Vm vm) {
        return fixture.read(snapshot -> snapshot.nics().ofVm(vm.id()));
    }

    private void refused(RefusalCode code, ThrowingCallable call) {
        assertRefused(code, call);
        assertThat(fixture.<List<Vm>>read(snapshot -> snapshot.vms().ofOwner(owner)))
                .isEmpty();
    }

    @Test
    void a_vm_gets_the_lowest_free_address_and_the_default_group() {
        fixture.nic(subnet, "10.0.1.4", fixture.defaultGroup(net).id());

        Vm vm = create(Orders.oneIn(subnet)).getFirst();

        assertThat(vm.state()).isEqualTo(VmState.RUNNING);
        assertThat(vm.net()).isEqualTo(net.id());
        assertThat(nicsOf(vm)).singleElement().satisfies(nic -> {
            assertThat(nic.addresses()).containsExactly(Ipv4.parse("10.0.1.5"));
            assertThat(nic.groups()).containsExactly(fixture.defaultGroup(net).id());
            assertThat(nic.sourceDestChecked()).isTrue();
            assertThat(nic.link()).contains(new NicLink(nic.link().orElseThrow().id(), vm.id(), 0, true));
        });
    }

    @Test
    @Rule("P6")
    void a_net_with_a_new_vm_holds_a_vm() {
        assertThat(fixture.<Boolean>read(snapshot -> snapshot.vms().existsIn(net.id())))
                .isFalse();

        create(Orders.oneIn(subnet));

        assertThat(fixture.<Boolean>read(snapshot -> snapshot.vms().existsIn(net.id())))
                .isTrue();
    }

    @Test
    @Rule("L9")
    void what_is_made_is_recorded_with_the_nets_that_it_concerns() {
        Vm vm = create(Orders.oneIn(subnet)).getFirst();

        assertThat(fixture.<List<Event>>read(snapshot -> snapshot.events().after(0, 10)))
                .extracting(event -> event.fact().type(), event -> event.fact().nets())
                .containsExactly(
                        tuple(EventType.NIC_CREATED, Set.<NetId>of(net.id())),
                        tuple(EventType.VOLUME_CREATED, Set.<NetId>of()),
                        tuple(EventType.VM_CREATED, Set.<NetId>of(vm.net())));
    }

    @Test
    void several_vms_share_a_reservation_and_are_numbered() {
        List<Vm> made = create(Orders.of(3, 3, Orders.primary(subnet)));

        assertThat(made).extracting(Vm::launchNumber).containsExactly(0, 1, 2);
        assertThat(made)
                .extracting(Vm::reservation)
                .containsOnly(made.getFirst().reservation());
        assertThat(made.stream().map(this::nicsOf).map(nics -> nics.getFirst().primaryAddress()))
                .extracting(Ipv4::toString)
                .containsExactly("10.0.1.4", "10.0.1.5", "10.0.1.6");
    }

    @Test
    void as_many_are_made_as_there_are_addresses_if_that_is_enough() {
        Subnet small = fixture.subnet(net, "10.0.2.0/29");

        assertThat(create(Orders.of(2, 10, Orders.primary(small)))).hasSize(3);
    }

    @Test
    void too_few_addresses_for_the_least_number_make_none() {
        Subnet small = fixture.subnet(net, "10.0.2.0/29");

        refused(RefusalCode.SUBNET_FULL, () -> create(Orders.of(4, 4, Orders.primary(small))));
    }

    @Test
    @Rule("P12")
    void the_quota_bounds_how_many_vms_exist() {
        limitVms(2);

        refused(RefusalCode.QUOTA, () -> create(Orders.of(3, 3, Orders.primary(subnet))));
        assertThat(create(Orders.of(1, 5, Orders.primary(subnet)))).hasSize(2);
    }

    private void limitVms(int limit) {
        fixture.change(unit -> {
            unit.accounts().save(new Account(owner, Optional.empty(), Map.of(Quota.VMS, limit), unit.now()));
            return owner;
        });
    }

    @Test
    void the_same_token_is_answered_with_the_same_vms() {
        VmOrder order = Orders.withToken(Orders.of(2, 2, Orders.primary(subnet)), "once");

        List<Vm> first = create(order);

        assertThat(create(order)).isEqualTo(first);
        assertThat(fixture.<List<Vm>>read(snapshot -> snapshot.vms().ofOwner(owner)))
                .hasSize(2);
    }

    @Test
    @Rule("A4")
    void a_token_means_nothing_to_another_account() {
        VmOrder order = Orders.withToken(Orders.oneIn(subnet), "once");
        create(order);
        AccountId stranger = fixture.account();

        assertRefused(RefusalCode.UNKNOWN_ID, () -> fixture.change(unit -> vms.create(unit, stranger, order)))
                .isEqualTo("The Subnet '%s' doesn't exist.".formatted(subnet.id()));
    }

    @Test
    void an_image_outside_the_catalogue_is_unknown() {
        VmOrder order = new VmOrder(
                new ImageId("ami-0000ffff"),
                1,
                1,
                Optional.empty(),
                true,
                List.of(Orders.primary(subnet)),
                Optional.empty(),
                Optional.empty(),
                VmSettingsChange.NONE,
                Optional.empty());

        refused(RefusalCode.UNKNOWN_ID, () -> create(order));
    }

    @Test
    void a_keypair_is_one_of_the_callers() {
        VmOrder order = Orders.with(Orders.oneIn(subnet), Orders.keypair("mine"));
        keypair(fixture.account());
        refused(RefusalCode.UNKNOWN_KEYPAIR, () -> create(order));

        keypair(owner);
        assertThat(create(order).getFirst().settings().keypair()).contains("mine");
    }

    private void keypair(AccountId account) {
        NewKeypair wanted = new NewKeypair("mine", PublicKeys.of(KeypairType.RSA, ""), Optional.empty());
        fixture.change(unit -> new Keypairs().create(unit, account, wanted));
    }

    @Test
    void a_vm_that_is_not_to_start_is_stopped() {
        VmOrder order = new VmOrder(
                Images.LINUX.id(),
                1,
                1,
                Optional.empty(),
                false,
                List.of(Orders.primary(subnet)),
                Optional.of(Fixture.SUBREGION),
                Optional.of(Net.DEFAULT_TENANCY),
                VmSettingsChange.NONE,
                Optional.empty());

        assertThat(create(order)).extracting(Vm::state).containsExactly(VmState.STOPPED);
    }

    @Test
    void another_subregion_than_the_subnets_is_refused() {
        VmOrder order = new VmOrder(
                Images.LINUX.id(),
                1,
                1,
                Optional.empty(),
                true,
                List.of(Orders.primary(subnet)),
                Optional.of(new SubregionName("eu-west-2b")),
                Optional.empty(),
                VmSettingsChange.NONE,
                Optional.empty());

        refused(RefusalCode.BAD_VALUE, () -> create(order));
    }

    @Test
    void nested_virtualization_needs_a_dedicated_net() {
        VmSettingsChange nested = new VmSettingsChange(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(true));

        refused(RefusalCode.BAD_VALUE, () -> create(Orders.with(Orders.oneIn(subnet), nested)));
    }

    @Test
    void chosen_addresses_are_kept_in_order() {
        Vm vm = create(Orders.of(1, 1, new VmNic.New(Orders.nicAt(subnet.id(), "10.0.1.9", "10.0.1.7"), 0, true)))
                .getFirst();

        assertThat(nicsOf(vm).getFirst().addresses()).containsExactly(Ipv4.parse("10.0.1.9"), Ipv4.parse("10.0.1.7"));
    }

    @Test
    void reserved_and_foreign_addresses_are_refused() {
        for (String address : List.of("10.0.1.0", "10.0.1.3", "10.0.1.255", "10.0.2.4")) {
            VmNic nic = new VmNic.New(Orders.nicAt(subnet.id(), address), 0, true);
            refused(RefusalCode.BAD_VALUE, () -> create(Orders.of(1, 1, nic)));
        }
    }

    @Test
    void an_address_in_use_is_refused() {
        fixture.nic(subnet, "10.0.1.9", fixture.defaultGroup(net).id());

        VmNic nic = new VmNic.New(Orders.nicAt(subnet.id(), "10.0.1.9"), 0, true);
        refused(RefusalCode.ADDRESS_IN_USE, () -> create(Orders.of(1, 1, nic)));
    }

    @Test
    void an_existing_nic_can_be_the_primary_one() {
        Nic nic = fixture.nic(subnet, "10.0.1.9", fixture.defaultGroup(net).id());

        Vm vm = create(Orders.of(1, 1, new VmNic.Existing(nic.id(), 0))).getFirst();

        assertThat(vm.subnet()).isEqualTo(subnet.id());
        assertThat(nicsOf(vm)).extracting(Nic::id).containsExactly(nic.id());
    }

    @Test
    void a_nic_of_another_vm_is_refused() {
        Vm other = fixture.vm(subnet, "10.0.1.9", fixture.defaultGroup(net).id());
        Nic taken = nicsOf(other).getFirst();

        assertRefused(
                        RefusalCode.CONFLICT,
                        () -> create(Orders.of(1, 1, Orders.primary(subnet), new VmNic.Existing(taken.id(), 1))))
                .contains("is linked to the VM '%s'".formatted(other.id()));
        assertThat(fixture.<List<Vm>>read(snapshot -> snapshot.vms().ofOwner(owner)))
                .containsExactly(other);
    }

    @Test
    void nics_of_two_nets_cannot_make_one_vm() {
        Subnet elsewhere = fixture.subnet(fixture.net(owner, "10.9.0.0/16"), "10.9.1.0/24");
        VmNic second = new VmNic.New(Orders.nicIn(elsewhere.id()), 1, true);

        refused(RefusalCode.BAD_VALUE, () -> create(Orders.of(1, 1, Orders.primary(subnet), second)));
    }

    @Test
    void a_group_of_another_net_is_refused() {
        Net other = fixture.net(owner, "10.9.0.0/16");
        VmNic nic = new VmNic.New(
                Orders.nicIn(subnet.id(), fixture.defaultGroup(other).id()), 0, true);

        refused(RefusalCode.BAD_VALUE, () -> create(Orders.of(1, 1, nic)));
    }

    @Test
    @Rule("A4")
    void a_group_of_another_account_is_unknown() {
        Net other = fixture.net(fixture.account(), "10.9.0.0/16");
        VmNic nic = new VmNic.New(
                Orders.nicIn(subnet.id(), fixture.defaultGroup(other).id()), 0, true);

        refused(RefusalCode.UNKNOWN_ID, () -> create(Orders.of(1, 1, nic)));
    }

    @Test
    void a_group_can_be_named() {
        NewNic named = new NewNic(subnet.id(), AddressChoice.ANY, List.of(), List.of("default"), "");
        Vm vm = create(Orders.of(1, 1, new VmNic.New(named, 0, true))).getFirst();
        assertThat(nicsOf(vm).getFirst().groups())
                .containsExactly(fixture.defaultGroup(net).id());

        NewNic unknown = new NewNic(subnet.id(), AddressChoice.ANY, List.of(), List.of("web"), "");
        assertRefused(RefusalCode.BAD_VALUE, () -> create(Orders.of(1, 1, new VmNic.New(unknown, 0, true))))
                .contains("'web' of names of security groups");
    }
}
