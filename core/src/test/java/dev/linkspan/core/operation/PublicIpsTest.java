package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.PublicIpLinkId;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.internet.PublicIpLink;
import dev.linkspan.core.internet.PublicIpTarget;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.planner.NetView;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.refusal.RefusalCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PublicIpsTest extends ExitScene {

    private static final PublicIpId NOBODYS = new PublicIpId("eipalloc-deadbeef");

    private static PublicIpTarget to(Nic nic) {
        return new PublicIpTarget.OfNic(nic.id(), Optional.empty());
    }

    private static PublicIpTarget to(Nic nic, String address) {
        return new PublicIpTarget.OfNic(nic.id(), Optional.of(Ipv4.parse(address)));
    }

    private static PublicIpTarget to(Vm vm) {
        return new PublicIpTarget.OfVm(vm.id(), Optional.empty());
    }

    @Nested
    @Rule("X2")
    class Allocation {

        @Test
        void gives_the_lowest_address_that_is_nobodys() {
            List<PublicIp> all = IntStream.range(0, 5).mapToObj(_ -> allocate()).toList();

            assertThat(all)
                    .extracting(ip -> ip.address().toString())
                    .containsExactly("203.0.113.2", "203.0.113.3", "203.0.113.4", "203.0.113.5", "203.0.113.6");
            assertThat(all).allMatch(ip -> ip.link().isEmpty() && !ip.ofMachine());
            assertLastEvent(EventType.PUBLIC_IP_ALLOCATED, all.getLast().id(), "203.0.113.6");
            assertUnchanged(RefusalCode.NO_PUBLIC_ADDRESS, unit -> publicIps.allocate(unit, owner))
                    .contains("203.0.113.0/29");
            change(unit -> publicIps.release(unit, owner, all.get(3).id()));
            assertThat(allocate().address()).isEqualTo(all.get(3).address());
        }

        @Test
        void is_up_to_the_accounts_quota() {
            limit(Quota.PUBLIC_IPS, 1);
            allocate();

            assertUnchanged(RefusalCode.QUOTA, unit -> publicIps.allocate(unit, owner))
                    .contains("public-ips");
            fixture.change(unit -> publicIps.allocate(unit, stranger));
        }

        @Test
        void is_refused_where_the_region_has_no_addresses() {
            Fixture elsewhere = new Fixture(store, Fixture.OTHER_REGION);

            assertRefused(
                            RefusalCode.NO_PUBLIC_ADDRESS,
                            () -> elsewhere.change(unit -> publicIps.allocate(unit, owner)))
                    .contains(Fixture.OTHER_REGION.value(), "--public-ips");
        }
    }

    @Nested
    @Rule("X2")
    class Linking {

        private final Nic first = nic("10.0.1.4");
        private final Nic second = nic("10.0.1.5");

        @Test
        void lets_it_stand_for_the_primary_address_of_a_nic() {
            openNet();
            PublicIp ip = allocate();
            PublicIp linked = link(ip, first);
            PublicIpLink link = linked.link().orElseThrow();

            assertThat(current(ip.id())).isEqualTo(linked);
            assertThat(link.net()).isEqualTo(net.id());
            assertThat(link.nic()).isEqualTo(first.id());
            assertThat(link.privateAddress()).isEqualTo(first.primaryAddress());
            assertLastEvent(
                    EventType.PUBLIC_IP_LINKED, ip.id(), "203.0.113.2 linked to 10.0.1.4 of " + first.id(), net.id());
            NetView view =
                    fixture.read(snapshot -> NetView.of(snapshot, net.id())).orElseThrow();
            assertThat(view.exits().publicAddressOf(first.primaryAddress())).contains(ip.address());
            assertThat(view.exits().privateAddressOf(ip.address())).contains(first.primaryAddress());
        }

        @Test
        void the_same_again_changes_nothing() {
            openNet();
            PublicIp linked = link(allocate(), first);
            long before = fixture.read(snapshot -> snapshot.events().lastSequence());

            assertThat(link(linked, to(first), false)).isEqualTo(linked);
            assertThat(link(linked, to(first), true)).isEqualTo(linked);
            assertThat(fixture.read(snapshot -> snapshot.events().lastSequence())
                            .longValue())
                    .isEqualTo(before);
        }

        @Test
        void names_a_secondary_address_where_that_is_meant() {
            openNet();
            change(unit -> new NicAddresses().link(unit, owner, first.id(), List.of(address("10.0.1.9")), false));
            PublicIp ip = allocate();
            link(ip, to(first, "10.0.1.9"), false);
            PublicIp other = allocate();
            link(other, first);
            PublicIp third = allocate();

            assertThat(publicAddresses(first)).containsExactlyInAnyOrder(ip.address(), other.address());
            assertUnchanged(
                            RefusalCode.BAD_VALUE,
                            unit -> publicIps.link(unit, owner, third.id(), to(second, "10.0.1.9"), false))
                    .contains("10.0.1.9", second.id().value());
        }

        @Test
        void needs_the_nets_internet_service() {
            PublicIp ip = allocate();

            assertUnchanged(RefusalCode.NOT_LINKED, unit -> publicIps.link(unit, owner, ip.id(), to(first), true))
                    .contains(net.id().value());
        }

        @Test
        void a_linked_ip_moves_only_where_that_is_allowed() {
            openNet();
            PublicIp linked = link(allocate(), first);

            assertUnchanged(
                            RefusalCode.ALREADY_LINKED,
                            unit -> publicIps.link(unit, owner, linked.id(), to(second), false))
                    .contains(linked.id().value(), first.id().value());
            PublicIp moved = link(linked, to(second), true);
            assertThat(moved.link().orElseThrow().id())
                    .isNotEqualTo(linked.link().orElseThrow().id());
            assertThat(publicAddresses(first)).isEmpty();
            assertThat(publicAddresses(second)).containsExactly(linked.address());
        }

        @Test
        void an_address_has_one_public_ip() {
            openNet();
            PublicIp before = link(allocate(), first);
            PublicIp after = allocate();

            assertUnchanged(
                            RefusalCode.ALREADY_LINKED,
                            unit -> publicIps.link(unit, owner, after.id(), to(first), false))
                    .contains(before.id().value(), "10.0.1.4");
            link(after, to(first), true);
            assertThat(publicAddresses(first)).containsExactly(after.address());
            assertThat(current(before.id()).link()).isEmpty();
        }

        @Test
        void names_a_vm_by_its_only_nic() {
            openNet();
            Vm vm = fixture.vm(subnet, "10.0.1.8", fixture.defaultGroup(net).id());
            PublicIp ip = allocate();
            link(ip, to(vm), false);

            assertThat(publicAddresses(primaryNic(vm))).containsExactly(ip.address());
            change(unit -> new Nics().link(unit, owner, second.id(), vm.id(), 1));
            PublicIp more = allocate();
            assertUnchanged(RefusalCode.SEVERAL_NICS, unit -> publicIps.link(unit, owner, more.id(), to(vm), true))
                    .contains(vm.id().value());
            change(unit -> vms.delete(unit, owner, List.of(vm.id())));
            assertUnchanged(RefusalCode.INVALID_STATE, unit -> publicIps.link(unit, owner, ip.id(), to(vm), true))
                    .contains(vm.id().value());
        }

        @Test
        @Rule("A4")
        void is_among_what_is_the_callers_own() {
            openNet();
            PublicIp ip = allocate();
            Net foreign = fixture.net(stranger, "10.1.0.0/16");
            Nic foreigns = fixture.nic(
                    fixture.subnet(foreign, "10.1.1.0/24"),
                    "10.1.1.4",
                    fixture.defaultGroup(foreign).id());

            assertUnchanged(RefusalCode.UNKNOWN_ID, unit -> publicIps.link(unit, owner, ip.id(), to(foreigns), true));
            assertUnchanged(
                    RefusalCode.UNKNOWN_ID, unit -> publicIps.link(unit, stranger, ip.id(), to(foreigns), true));
            assertUnchanged(RefusalCode.UNKNOWN_ID, unit -> publicIps.link(unit, owner, NOBODYS, to(first), true));
        }
    }

    @Nested
    class Unlinking {

        private final Nic nic = nic("10.0.1.4");

        @Test
        void ends_it_by_its_link_and_by_its_address() {
            openNet();
            PublicIp ip = link(allocate(), nic);
            change(unit -> publicIps.unlink(unit, owner, ip.link().orElseThrow().id()));

            assertThat(current(ip.id())).isEqualTo(ip.unlinked());
            assertLastEvent(
                    EventType.PUBLIC_IP_UNLINKED,
                    ip.id(),
                    "203.0.113.2 unlinked from 10.0.1.4 of " + nic.id(),
                    net.id());
            link(ip, nic);
            change(unit -> publicIps.unlink(unit, owner, ip.address()));
            assertThat(publicAddresses(nic)).isEmpty();
            long last = fixture.read(snapshot -> snapshot.events().lastSequence());
            change(unit -> publicIps.unlink(unit, owner, ip.address()));
            assertThat(fixture.read(snapshot -> snapshot.events().lastSequence())
                            .longValue())
                    .isEqualTo(last);
        }

        @Test
        @Rule("A4")
        void is_of_what_is_the_callers_own() {
            openNet();
            PublicIp ip = link(allocate(), nic);
            PublicIpLinkId link = ip.link().orElseThrow().id();

            assertUnchanged(RefusalCode.UNKNOWN_ID, unit -> publicIps.unlink(unit, stranger, link));
            assertUnchanged(RefusalCode.UNKNOWN_PUBLIC_IP, unit -> publicIps.unlink(unit, stranger, ip.address()))
                    .contains("203.0.113.2");
            assertUnchanged(
                    RefusalCode.UNKNOWN_PUBLIC_IP, unit -> publicIps.unlink(unit, owner, address("203.0.113.1")));
        }

        @Test
        void happens_when_the_nic_is_deleted() {
            openNet();
            PublicIp ip = link(allocate(), nic);
            change(unit -> new Nics().delete(unit, owner, nic.id()));

            assertThat(current(ip.id()).link()).isEmpty();
        }

        @Test
        void happens_when_the_vm_is_terminated_with_its_nic() {
            openNet();
            Vm vm = fixture.vm(subnet, "10.0.1.8", fixture.defaultGroup(net).id());
            PublicIp ip = link(allocate(), primaryNic(vm));
            change(unit -> vms.stop(unit, owner, List.of(vm.id())));
            assertThat(current(ip.id()).link()).isPresent();
            change(unit -> vms.delete(unit, owner, List.of(vm.id())));

            assertThat(current(ip.id()).link()).isEmpty();
        }

        @Test
        void does_not_happen_when_the_nic_leaves_its_vm() {
            openNet();
            Vm vm = fixture.vm(subnet, "10.0.1.8", fixture.defaultGroup(net).id());
            Nic linked = fixture.change(unit -> new Nics().link(unit, owner, nic.id(), vm.id(), 1));
            PublicIp ip = link(allocate(), nic);
            change(unit ->
                    new Nics().unlink(unit, owner, linked.link().orElseThrow().id()));

            assertThat(publicAddresses(nic)).containsExactly(ip.address());
        }

        @Test
        void happens_when_the_nic_loses_the_address_but_not_when_another_takes_it() {
            openNet();
            NicAddresses addresses = new NicAddresses();
            List<Ipv4> secondary = List.of(address("10.0.1.9"));
            change(unit -> addresses.link(unit, owner, nic.id(), secondary, false));
            PublicIp ip = link(allocate(), to(nic, "10.0.1.9"), false);
            Nic other = nic("10.0.1.5");
            change(unit -> addresses.link(unit, owner, other.id(), secondary, true));

            PublicIpLink moved = current(ip.id()).link().orElseThrow();
            assertThat(moved.id()).isEqualTo(ip.link().orElseThrow().id());
            assertThat(moved.nic()).isEqualTo(other.id());
            change(unit -> addresses.unlink(unit, owner, other.id(), secondary));
            assertThat(current(ip.id()).link()).isEmpty();
        }
    }

    @Nested
    class Release {

        @Test
        void is_of_what_stands_for_nothing() {
            openNet();
            Nic nic = nic("10.0.1.4");
            PublicIp ip = link(allocate(), nic);
            tag(ip.id());

            assertUnchanged(RefusalCode.ADDRESS_IN_USE, unit -> publicIps.release(unit, owner, ip.id()))
                    .contains(nic.id().value());
            change(unit -> publicIps.unlink(unit, owner, ip.address()));
            assertUnchanged(RefusalCode.UNKNOWN_ID, unit -> publicIps.release(unit, stranger, ip.id()));
            change(unit -> publicIps.release(unit, owner, ip.id()));
            assertThat(tags()).isEmpty();
            assertLastEvent(EventType.PUBLIC_IP_RELEASED, ip.id(), "203.0.113.2");
            assertUnchanged(RefusalCode.UNKNOWN_ID, unit -> publicIps.release(unit, owner, ip.id()));
        }
    }
}
