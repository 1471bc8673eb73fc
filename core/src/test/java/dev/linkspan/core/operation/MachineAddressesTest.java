package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.net.NewNic;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmNic;
import dev.linkspan.core.refusal.RefusalCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Public addresses that machines have of their own while they run (X2). */
@Rule("X2")
class MachineAddressesTest extends ExitScene {

    private final Subnets subnets = new Subnets(new Subregions(List.of()));

    private void map(boolean onLaunch) {
        change(unit -> subnets.update(unit, owner, subnet.id(), onLaunch));
    }

    private Vm run(VmOrder order) {
        return fixture.change(unit -> vms.create(unit, owner, order)).getFirst();
    }

    private Vm run(Optional<Boolean> publicIp) {
        return run(order(1, 1, publicIp));
    }

    private VmOrder order(int least, int most, Optional<Boolean> publicIp, VmNic... more) {
        List<VmNic> nics = Stream.concat(Stream.of(Orders.primary(subnet)), Stream.of(more))
                .toList();
        VmOrder plain = Orders.of(least, most, nics.toArray(VmNic[]::new));
        return new VmOrder(
                plain.image(),
                plain.least(),
                plain.most(),
                plain.clientToken(),
                plain.running(),
                plain.nics(),
                plain.subregion(),
                plain.tenancy(),
                plain.settings(),
                publicIp);
    }

    private void stop(Vm vm) {
        change(unit -> vms.stop(unit, owner, List.of(vm.id())));
    }

    private void start(Vm vm) {
        change(unit -> vms.start(unit, owner, List.of(vm.id())));
    }

    private PublicIp ownAddress(Vm vm) {
        List<PublicIp> ips = fixture.read(
                snapshot -> snapshot.publicIps().ofNic(primaryNic(vm).id()));
        assertThat(ips).hasSize(1).allMatch(PublicIp::ofMachine);
        return ips.getFirst();
    }

    @Test
    void a_subnet_gives_one_to_each_machine_that_is_launched_in_it() {
        Vm before = run(Optional.empty());
        map(true);
        Vm after = run(Optional.empty());

        assertThat(before.publicIp()).isFalse();
        assertThat(publicAddresses(primaryNic(before))).isEmpty();
        assertThat(after.publicIp()).isTrue();
        assertThat(ownAddress(after).address()).isEqualTo(address("203.0.113.2"));
        assertThat(ownAddress(after).link().orElseThrow().privateAddress())
                .isEqualTo(primaryNic(after).primaryAddress());
    }

    @Test
    void an_order_chooses_otherwise() {
        assertThat(publicAddresses(primaryNic(run(Optional.of(true))))).hasSize(1);
        map(true);
        assertThat(publicAddresses(primaryNic(run(Optional.of(false))))).isEmpty();
    }

    @Test
    void a_machine_with_several_nics_or_one_that_was_there_before_gets_none() {
        map(true);
        Nic there = nic("10.0.1.9");
        NewNic another = Orders.nicIn(subnet.id());
        Vm two = run(order(1, 1, Optional.empty(), new VmNic.New(another, 1, true)));
        Vm existing = run(Orders.of(1, 1, new VmNic.Existing(there.id(), 0)));

        assertThat(publicAddresses(primaryNic(two))).isEmpty();
        assertThat(publicAddresses(there)).isEmpty();
        assertThat(existing.publicIp()).isFalse();
        assertRefused(
                RefusalCode.PARAMETER_COMBINATION,
                () -> order(1, 1, Optional.of(true), new VmNic.New(another, 1, true)));
        assertThat(order(1, 1, Optional.of(false), new VmNic.New(another, 1, true))
                        .nics())
                .hasSize(2);
    }

    @Test
    void it_goes_when_the_machine_stops_and_another_comes_when_it_starts() {
        Vm vm = run(Optional.of(true));
        PublicIpId first = ownAddress(vm).id();
        stop(vm);
        assertThat(publicAddresses(primaryNic(vm))).isEmpty();
        allocate();
        start(vm);

        assertThat(ownAddress(vm).id()).isNotEqualTo(first);
        assertThat(ownAddress(vm).address()).isEqualTo(address("203.0.113.3"));
        start(vm);
        assertThat(ownAddress(vm).address()).isEqualTo(address("203.0.113.3"));
        change(unit -> vms.delete(unit, owner, List.of(vm.id())));
        assertThat(fixture.read(snapshot -> snapshot.publicIps().takenAddresses())
                        .size())
                .isEqualTo(1);
    }

    @Test
    void it_gives_way_to_one_that_the_account_links_and_comes_back_after_it() {
        openNet();
        Vm vm = run(Optional.of(true));
        PublicIp ip = link(allocate(), primaryNic(vm));

        assertThat(publicAddresses(primaryNic(vm))).containsExactly(ip.address());
        stop(vm);
        start(vm);
        assertThat(publicAddresses(primaryNic(vm))).containsExactly(ip.address());
        change(unit -> publicIps.unlink(unit, owner, ip.address()));
        assertThat(ownAddress(vm).address()).isNotEqualTo(ip.address());
    }

    @Test
    void a_link_ends_even_where_no_address_is_left_for_the_machine() {
        openNet();
        Vm vm = run(Optional.of(true));
        PublicIp ip = link(allocate(), primaryNic(vm));
        IntStream.range(0, 4).forEach(_ -> allocate());
        change(unit -> publicIps.unlink(unit, owner, ip.address()));

        assertThat(publicAddresses(primaryNic(vm))).isEmpty();
    }

    @Test
    void it_is_not_among_what_the_account_allocated() {
        Vm vm = run(Optional.of(true));
        PublicIp own = ownAddress(vm);

        assertThat((int) fixture.read(snapshot -> snapshot.publicIps().countOfOwner(owner)))
                .as("what its quota counts")
                .isOne();
        assertUnchanged(RefusalCode.UNKNOWN_ID, unit -> publicIps.release(unit, owner, own.id()));
        assertUnchanged(
                RefusalCode.UNKNOWN_ID,
                unit -> publicIps.unlink(unit, owner, own.link().orElseThrow().id()));
        assertUnchanged(RefusalCode.UNKNOWN_PUBLIC_IP, unit -> publicIps.unlink(unit, owner, own.address()));
        assertUnchanged(
                RefusalCode.UNKNOWN_ID, unit -> new Tags().create(unit, owner, List.of(own.id()), Map.of("Name", "x")));
    }

    @Test
    @Rule("X1")
    void a_nets_door_is_not_closed_while_a_machine_has_one() {
        var service = openNet();
        run(Optional.of(true));

        assertUnchanged(RefusalCode.CONFLICT, unit -> services.unlink(unit, owner, service.id(), net.id()))
                .contains("203.0.113.2");
    }

    @Test
    void there_are_as_many_machines_as_there_are_addresses() {
        assertThat(fixture.<List<Vm>>change(unit -> vms.create(unit, owner, order(2, 9, Optional.of(true)))))
                .hasSize(5);
        assertUnchanged(RefusalCode.NO_PUBLIC_ADDRESS, unit -> vms.create(unit, owner, order(1, 1, Optional.of(true))));
        Vm without = run(Optional.of(false));
        stop(without);
        start(without);
    }

    @Test
    @Rule("P12")
    void no_account_takes_more_of_them_than_its_quota_allows() {
        limit(Quota.PUBLIC_IPS, 3);
        allocate();
        assertThat(fixture.<List<Vm>>change(unit -> vms.create(unit, owner, order(1, 9, Optional.of(true)))))
                .hasSize(2);

        assertUnchanged(RefusalCode.QUOTA, unit -> vms.create(unit, owner, order(1, 1, Optional.of(true))))
                .contains("public-ips");
        assertUnchanged(RefusalCode.QUOTA, unit -> publicIps.allocate(unit, owner));
        fixture.change(unit -> publicIps.allocate(unit, stranger));
    }

    @Test
    void a_machine_for_which_none_is_left_does_not_start() {
        Vm vm = run(Optional.of(true));
        stop(vm);
        IntStream.range(0, 5).forEach(_ -> allocate());

        assertUnchanged(RefusalCode.NO_PUBLIC_ADDRESS, unit -> vms.start(unit, owner, List.of(vm.id())));
    }
}
