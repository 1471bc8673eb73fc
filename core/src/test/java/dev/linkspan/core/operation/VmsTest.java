package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.linkspan.core.Rule;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.keypair.Keypair;
import dev.linkspan.core.keypair.KeypairType;
import dev.linkspan.core.keypair.NewKeypair;
import dev.linkspan.core.keypair.PublicKeys;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmChange;
import dev.linkspan.core.net.VmSettings;
import dev.linkspan.core.net.VmSettingsChange;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.net.VmTransition;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.core.tag.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class VmsTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final Vms vms = new Vms(PublicIpPools.NONE);
    private final AccountId owner = fixture.account();
    private final Net net = fixture.net(owner, "10.0.0.0/16");
    private final Subnet subnet = fixture.subnet(net, "10.0.1.0/24");
    private final Vm vm =
            fixture.vm(subnet, "10.0.1.4", fixture.defaultGroup(net).id());

    private List<VmTransition> stop(Vm... which) {
        return fixture.change(unit -> vms.stop(unit, owner, idsOf(which)));
    }

    private List<VmTransition> delete(Vm... which) {
        return fixture.change(unit -> vms.delete(unit, owner, idsOf(which)));
    }

    private Vm update(VmChange change) {
        return fixture.change(unit -> vms.update(unit, owner, vm.id(), change));
    }

    private Vm update(VmSettingsChange settings) {
        return update(new VmChange(settings, Optional.empty(), Optional.empty()));
    }

    private static List<VmId> idsOf(Vm... which) {
        return List.of(which).stream().map(Vm::id).toList();
    }

    private Vm current() {
        return fixture.read(snapshot -> snapshot.vms().find(vm.id())).orElseThrow();
    }

    private Nic primaryNic() {
        return fixture.read(snapshot -> snapshot.nics().ofVm(vm.id())).getFirst();
    }

    private List<EventType> events() {
        return fixture.read(snapshot -> snapshot.events().after(0, 100)).stream()
                .map(event -> event.fact().type())
                .toList();
    }

    @Nested
    class Power {

        @Test
        void stopping_and_starting_changes_the_state_once() {
            assertThat(stop(vm)).extracting(VmTransition::before).containsExactly(VmState.RUNNING);
            assertThat(stop(vm)).extracting(VmTransition::before).containsExactly(VmState.STOPPED);
            assertThat(fixture.<List<VmTransition>>change(unit -> vms.start(unit, owner, idsOf(vm))))
                    .extracting(VmTransition::before, it -> it.vm().state())
                    .containsExactly(tuple(VmState.STOPPED, VmState.RUNNING));
            assertThat(events()).containsExactly(EventType.VM_STOPPED, EventType.VM_STARTED);
        }

        @Test
        void an_unknown_vm_among_several_leaves_all_as_they_are() {
            VmId unknown = new VmId("i-0000ffff");

            assertRefused(
                    RefusalCode.UNKNOWN_ID,
                    () -> fixture.change(unit -> vms.stop(unit, owner, List.of(vm.id(), unknown))));

            assertThat(current().state()).isEqualTo(VmState.RUNNING);
        }

        @Test
        void a_vm_that_is_protected_against_it_does_not_stop_and_neither_do_the_others() {
            Vm other = fixture.vm(subnet, "10.0.1.5", fixture.defaultGroup(net).id());
            update(Orders.stopProtection(true));

            assertRefused(RefusalCode.PROTECTED, () -> stop(other, vm))
                    .contains(vm.id().value(), "DisableApiStop");
            assertThat(fixture.read(snapshot -> snapshot.vms().find(other.id()))
                            .orElseThrow()
                            .state())
                    .isEqualTo(VmState.RUNNING);

            update(Orders.stopProtection(false));
            stop(other, vm);
            update(Orders.stopProtection(true));
            assertThat(stop(vm)).extracting(VmTransition::before).containsExactly(VmState.STOPPED);
            delete(vm);
        }

        @Test
        @Rule("A4")
        void the_vm_of_another_account_is_unknown() {
            AccountId stranger = fixture.account();

            assertRefused(RefusalCode.UNKNOWN_ID, () -> fixture.change(unit -> vms.stop(unit, stranger, idsOf(vm))));
            assertRefused(RefusalCode.UNKNOWN_ID, () -> fixture.change(unit -> vms.delete(unit, stranger, idsOf(vm))));
        }

        @Test
        void only_a_running_vm_reboots() {
            assertThat(fixture.<List<Vm>>change(unit -> vms.reboot(unit, owner, idsOf(vm))))
                    .containsExactly(vm);
            stop(vm);

            assertRefused(RefusalCode.INVALID_STATE, () -> fixture.change(unit -> vms.reboot(unit, owner, idsOf(vm))));
        }

        @Test
        void a_terminated_vm_neither_starts_nor_stops_nor_reboots_nor_changes() {
            delete(vm);

            assertRefused(RefusalCode.INVALID_STATE, () -> stop(vm));
            assertRefused(RefusalCode.INVALID_STATE, () -> fixture.change(unit -> vms.start(unit, owner, idsOf(vm))));
            assertRefused(RefusalCode.INVALID_STATE, () -> fixture.change(unit -> vms.reboot(unit, owner, idsOf(vm))));
            assertRefused(RefusalCode.INVALID_STATE, () -> update(Orders.protection(true)));
        }
    }

    @Nested
    class Update {

        @Test
        void the_type_changes_only_while_the_vm_is_stopped() {
            assertRefused(RefusalCode.INVALID_STATE, () -> update(Orders.type("tinav5.c4r8p1")));
            stop(vm);

            assertThat(update(Orders.type("tinav5.c4r8p1")).settings())
                    .extracting(VmSettings::type, VmSettings::performance)
                    .containsExactly("tinav5.c4r8p1", "highest");
        }

        @Test
        void the_type_that_it_has_can_be_repeated_while_it_runs() {
            assertThat(update(Orders.type(vm.settings().type()))).isEqualTo(vm);
            assertThat(events()).isEmpty();
        }

        @Test
        void protection_changes_while_it_runs() {
            update(Orders.protection(true));

            assertThat(current().settings().deletionProtection()).isTrue();
            assertThat(events()).containsExactly(EventType.VM_CHANGED);
        }

        @Test
        @Rule("S6")
        void groups_and_source_destination_checking_are_those_of_the_primary_nic() {
            SecurityGroup web = group("web");

            update(new VmChange(VmSettingsChange.NONE, Optional.of(List.of(web.id())), Optional.of(false)));

            assertThat(primaryNic().groups()).containsExactly(web.id());
            assertThat(primaryNic().sourceDestChecked()).isFalse();
            assertThat(events()).containsExactly(EventType.NIC_CHANGED);
        }

        @Test
        void no_group_at_all_is_assertRefused() {
            assertRefused(
                    RefusalCode.MISSING_PARAMETER,
                    () -> update(new VmChange(VmSettingsChange.NONE, Optional.of(List.of()), Optional.empty())));
        }

        @Test
        void a_keypair_is_one_of_the_callers_and_its_name_stays_when_it_is_gone() {
            assertRefused(RefusalCode.UNKNOWN_KEYPAIR, () -> update(Orders.keypair("mine")));
            Keypairs keypairs = new Keypairs();
            NewKeypair wanted = new NewKeypair("mine", PublicKeys.of(KeypairType.RSA, ""), Optional.empty());
            Keypair mine = fixture.change(unit -> keypairs.create(unit, owner, wanted));

            assertThat(update(Orders.keypair("mine")).settings().keypair()).contains("mine");

            fixture.change(unit -> keypairs.delete(unit, owner, mine.id()));
            assertThat(current().settings().keypair()).contains("mine");
            assertRefused(RefusalCode.UNKNOWN_KEYPAIR, () -> update(Orders.keypair("mine")));
        }
    }

    private SecurityGroup group(String name, SecurityGroupRule... rules) {
        return fixture.change(unit -> {
            SecurityGroup group = new SecurityGroup(
                    unit.newId(SecurityGroupId.KIND), net.id(), owner, name, "", List.of(rules), unit.now());
            unit.securityGroups().save(group);
            return group;
        });
    }

    @Nested
    class Delete {

        @Test
        @Rule("P6")
        void a_terminated_vm_no_longer_counts() {
            delete(vm);

            assertThat(fixture.<Boolean>read(snapshot -> snapshot.vms().existsIn(net.id())))
                    .isFalse();
            assertThat(current().state()).isEqualTo(VmState.TERMINATED);
        }

        @Test
        void nics_go_with_their_vm_or_are_unlinked_as_their_link_says() {
            Nic primary = primaryNic();
            Nic second =
                    fixture.nic(subnet, "10.0.1.5", fixture.defaultGroup(net).id());
            fixture.change(unit -> new Nics().link(unit, owner, second.id(), vm.id(), 1));

            delete(vm);

            assertThat(fixture.<Optional<Nic>>read(snapshot -> snapshot.nics().find(primary.id())))
                    .isEmpty();
            assertThat(fixture.<Optional<Nic>>read(snapshot -> snapshot.nics().find(second.id())))
                    .contains(second);
            assertThat(events())
                    .containsExactly(
                            EventType.NIC_LINKED, EventType.NIC_DELETED, EventType.NIC_UNLINKED, EventType.VM_DELETED);
        }

        @Test
        void deleting_again_changes_nothing() {
            delete(vm);
            List<EventType> before = events();

            assertThat(delete(vm)).extracting(VmTransition::before).containsExactly(VmState.TERMINATED);
            assertThat(events()).isEqualTo(before);
        }

        @Test
        void a_protected_vm_keeps_all_of_them() {
            Vm other = fixture.vm(subnet, "10.0.1.9", fixture.defaultGroup(net).id());
            update(Orders.protection(true));

            assertRefused(RefusalCode.PROTECTED, () -> delete(other, vm));

            assertThat(fixture.<List<Vm>>read(snapshot -> snapshot.vms().ofOwner(owner)))
                    .extracting(Vm::state)
                    .containsOnly(VmState.RUNNING);
        }

        @Test
        @Rule("S5")
        void the_nets_whose_rules_name_its_groups_are_planned_again() {
            Net peer = fixture.net(owner, "10.9.0.0/16");
            SecurityGroupId named = fixture.defaultGroup(net).id();
            nameIn(peer, named);

            delete(vm);

            Event last =
                    fixture.read(snapshot -> snapshot.events().after(0, 100)).getLast();
            assertThat(last.fact().type()).isEqualTo(EventType.VM_DELETED);
            assertThat(last.fact().nets()).containsExactlyInAnyOrder(net.id(), peer.id());
        }

        private void nameIn(Net peer, SecurityGroupId named) {
            fixture.change(unit -> {
                SecurityGroupRule rule = new SecurityGroupRule(
                        unit.newId(SecurityGroupRuleId.KIND),
                        Direction.INBOUND,
                        new Traffic.All(),
                        new Counterpart.Group(named, owner),
                        "");
                SecurityGroup group = fixture.defaultGroup(peer).withRules(List.of(rule));
                unit.securityGroups().save(group);
                return group;
            });
        }
    }

    @Nested
    class Sweep {

        @Test
        @Rule("T2")
        void a_terminated_vm_is_unknown_after_exactly_an_hour_swept_or_not() {
            delete(vm);

            store.advance(Duration.ofHours(1).minusMillis(1));
            assertThat(delete(vm)).hasSize(1);
            store.advance(Duration.ofMillis(1));
            assertRefused(RefusalCode.UNKNOWN_ID, () -> delete(vm));
        }

        @Test
        void what_is_no_longer_visible_is_forgotten_with_its_tags() {
            fixture.change(unit -> {
                unit.tags().save(new Tag(vm.id(), owner, "name", "web"));
                return vm;
            });
            delete(vm);

            store.advance(Duration.ofHours(1).minusMillis(1));
            assertThat(sweep()).isZero();
            assertThat(fixture.<List<Tag>>read(snapshot -> snapshot.tags().ofOwner(owner)))
                    .hasSize(1);
            store.advance(Duration.ofMillis(1));
            assertThat(sweep()).isEqualTo(1);

            assertThat(fixture.<List<Vm>>read(snapshot -> snapshot.vms().ofOwner(owner)))
                    .isEmpty();
            assertThat(fixture.<List<Tag>>read(snapshot -> snapshot.tags().ofOwner(owner)))
                    .isEmpty();
            assertThat(events()).last().isEqualTo(EventType.VM_FORGOTTEN);
        }

        private int sweep() {
            return fixture.change(unit -> vms.sweep(unit, 10));
        }

        @Test
        void a_running_vm_is_never_forgotten() {
            store.advance(Duration.ofDays(1));

            assertThat(sweep()).isZero();
            assertThat(current()).isEqualTo(vm);
        }
    }
}
