package dev.linkspan.server.host.agent;

import static dev.linkspan.server.host.agent.TwoMachines.A;
import static dev.linkspan.server.host.agent.TwoMachines.ADDRESS_A;
import static dev.linkspan.server.host.agent.TwoMachines.ADDRESS_B;
import static dev.linkspan.server.host.agent.TwoMachines.B;
import static dev.linkspan.server.host.agent.TwoMachines.NIC_A;
import static dev.linkspan.server.host.agent.TwoMachines.NIC_B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.server.host.agent.HostState.End;
import dev.linkspan.server.host.agent.HostState.Link;
import dev.linkspan.server.host.protocol.HostedMachine;
import dev.linkspan.server.host.protocol.LinkState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What has to happen on a host, without one. */
class HostDiffTest {

    private static final List<HostedMachine> BOTH = TwoMachines.machines(TwoMachines.plan());
    private static final int DEVICE_A = 11;
    private static final int DEVICE_B = 12;

    private final Map<NicId, Link> links = new HashMap<>(Map.of(
            NIC_A, link(DEVICE_A, A, ADDRESS_A),
            NIC_B, link(DEVICE_B, B, ADDRESS_B)));

    private final Map<String, Integer> devices =
            new HashMap<>(Map.of(LinkNames.of(NIC_A), DEVICE_A, LinkNames.of(NIC_B), DEVICE_B));

    private final Map<String, SwitchPort> ports = new HashMap<>(Map.of(
            LinkNames.of(NIC_A), ours(NIC_A, DEVICE_A),
            LinkNames.of(NIC_B), ours(NIC_B, DEVICE_B)));

    private Set<VmId> machines = Set.of(A, B);

    private static Link link(int device, VmId machine, Ipv4 address) {
        return new Link(device, true, Set.of(new End(machine, "eth0", TwoMachines.mac(address))));
    }

    private static SwitchPort ours(NicId nic, int device) {
        return port(LinkNames.of(nic), Optional.of(nic), Optional.of(nic), device);
    }

    private static SwitchPort port(String name, Optional<NicId> nic, Optional<NicId> marked, int device) {
        UUID row = new UUID(0, name.hashCode());
        return new SwitchPort(name, row, row, nic, marked, device, List.of(), true, LinkState.UP);
    }

    private HostDiff diff(List<HostedMachine> wanted) {
        return HostDiff.between(new HostState(machines, links, devices, ports), wanted);
    }

    private static Map<String, Object> changes(HostDiff diff) {
        Map<String, Object> changes = new HashMap<>(Map.of(
                "ports away",
                        Set.copyOf(diff.portsToRemove().stream()
                                .map(SwitchPort::device)
                                .toList()),
                "links away", diff.linksToDelete(),
                "machines away", diff.machinesToDelete(),
                "links", diff.linksToMake(),
                "up", diff.linksToRaise(),
                "ports",
                        Set.copyOf(diff.nicsToConnect().stream()
                                .map(HostDiff.Connection::device)
                                .toList())));
        changes.values().removeIf(Set.of()::equals);
        return changes;
    }

    @Test
    void what_is_as_it_must_be_is_left_alone() {
        assertThat(changes(diff(BOTH))).isEmpty();
    }

    @Test
    void nothing_is_made_from_nothing_and_everything_from_a_plan() {
        machines = Set.of();
        links.clear();
        devices.clear();
        ports.clear();
        assertThat(changes(diff(List.of()))).isEmpty();
        HostDiff diff = diff(BOTH);
        assertThat(diff.machines()).containsExactlyInAnyOrderElementsOf(BOTH);
        assertThat(changes(diff))
                .isEqualTo(Map.of(
                        "links", Set.of(NIC_A, NIC_B),
                        "ports", Set.of(LinkNames.of(NIC_A), LinkNames.of(NIC_B))));
    }

    @Test
    void what_is_not_wanted_goes() {
        assertThat(changes(diff(BOTH.stream().filter(it -> it.vmId().equals(B)).toList())))
                .isEqualTo(Map.of(
                        "machines away", Set.of(A),
                        "links away", Set.of(NIC_A),
                        "ports away", Set.of(LinkNames.of(NIC_A))));
    }

    @Test
    void a_device_that_came_in_the_place_of_another_gets_another_port() {
        links.put(NIC_A, link(99, A, ADDRESS_A));
        assertThat(changes(diff(BOTH)))
                .isEqualTo(Map.of(
                        "ports away", Set.of(LinkNames.of(NIC_A)),
                        "ports", Set.of(LinkNames.of(NIC_A))));
    }

    @Test
    void a_link_whose_end_is_elsewhere_is_made_anew() {
        for (Link wrong : List.of(
                new Link(DEVICE_A, true, Set.of()),
                link(DEVICE_A, B, ADDRESS_A),
                link(DEVICE_A, A, ADDRESS_B),
                new Link(DEVICE_A, true, Set.of(new End(A, "eth1", TwoMachines.mac(ADDRESS_A)))))) {
            links.put(NIC_A, wrong);
            assertThat(changes(diff(BOTH)))
                    .isEqualTo(Map.of(
                            "links away", Set.of(NIC_A),
                            "ports away", Set.of(LinkNames.of(NIC_A)),
                            "links", Set.of(NIC_A),
                            "ports", Set.of(LinkNames.of(NIC_A))));
        }
    }

    @Test
    void a_link_that_somebody_has_set_down_is_set_up() {
        links.put(NIC_A, new Link(DEVICE_A, false, links.get(NIC_A).ends()));
        assertThat(changes(diff(BOTH))).isEqualTo(Map.of("up", Set.of(NIC_A)));
    }

    @Test
    void a_port_that_ovn_does_not_know_as_the_nics_is_made_anew() {
        ports.put(LinkNames.of(NIC_A), port(LinkNames.of(NIC_A), Optional.empty(), Optional.empty(), DEVICE_A));
        assertThat(changes(diff(BOTH)))
                .isEqualTo(Map.of(
                        "ports away", Set.of(LinkNames.of(NIC_A)),
                        "ports", Set.of(LinkNames.of(NIC_A))));
    }

    @Test
    void what_somebody_has_attached_for_a_nic_stands_in_for_its_link() {
        ports.put("tap0", port("tap0", Optional.of(NIC_A), Optional.empty(), 0));
        HostDiff diff = diff(BOTH);
        assertThat(diff.attached()).containsExactly(NIC_A);
        assertThat(changes(diff))
                .isEqualTo(Map.of(
                        "machines away", Set.of(A),
                        "links away", Set.of(NIC_A),
                        "ports away", Set.of(LinkNames.of(NIC_A))));
    }

    @Test
    void what_was_attached_stays_when_nobody_wants_it() {
        ports.clear();
        links.clear();
        machines = Set.of();
        ports.put("tap0", port("tap0", Optional.of(NIC_A), Optional.of(NIC_A), 50));
        assertThat(changes(diff(List.of()))).isEmpty();
    }

    @Test
    void an_attached_device_that_was_made_anew_gets_another_port() {
        links.remove(NIC_A);
        ports.remove(LinkNames.of(NIC_A));
        machines = Set.of(B);
        ports.put("tap0", port("tap0", Optional.of(NIC_A), Optional.of(NIC_A), 50));
        devices.put("tap0", 51);
        assertThat(changes(diff(BOTH)))
                .isEqualTo(Map.of(
                        "ports away", Set.of("tap0"),
                        "ports", Set.of("tap0")));
    }

    @Test
    void ports_and_devices_of_others_are_not_touched() {
        ports.put("patch", port("patch", Optional.empty(), Optional.empty(), 0));
        devices.put("ls-something", 70);
        assertThat(changes(diff(BOTH))).isEmpty();
    }
}
