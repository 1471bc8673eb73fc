package dev.linkspan.server.network;

import static dev.linkspan.server.network.ProbeResult.LOST;
import static dev.linkspan.server.network.ProbeResult.answeredBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.routing.RequestedTarget;
import dev.linkspan.server.network.LiveNetwork.Machine;
import dev.linkspan.server.network.linux.namespace.NamespaceFolder;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.netlink.AddressEntry;
import dev.linkspan.server.network.linux.netlink.KernelState;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.VethEnd;
import dev.linkspan.server.network.linux.netlink.NetworkDevice;
import dev.linkspan.server.network.linux.netlink.RouteEntry;
import dev.linkspan.server.network.netns.NetnsDriver;
import dev.linkspan.server.network.netns.NetnsTestbed;
import dev.linkspan.server.network.vm.NamespaceProber;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Outside bound to an interface of its host. The host is a namespace with two interfaces: {@code up0} leads to {@code world},
 * which is the internet and everything else that is near, and {@code lan0} to {@code lan}.
 */
@Slow
class NetnsUplinkTest extends NetworkScenario {

    private static final Ipv4 PUBLIC_A = Ipv4.parse("203.0.113.10");
    private static final Ipv4 INTERNET = Ipv4.parse("8.8.8.8");
    private static final Ipv4 HOST = Ipv4.parse("198.51.100.2");
    private static final Ipv4 NEIGHBOUR = Ipv4.parse("198.51.100.1");
    private static final Ipv4 HOST_IN_LAN = Ipv4.parse("192.0.2.1");
    private static final Ipv4 LAN = Ipv4.parse("192.0.2.2");
    private static final List<Ipv4> NEAR = Stream.of(
                    "10.9.9.9", "172.20.0.9", "192.168.9.9", "100.64.0.9", "169.254.169.254", "198.18.0.9")
            .map(Ipv4::parse)
            .toList();

    /** Public, and of nobody: outside it is nowhere, though the world has it. */
    private static final Ipv4 UNLINKED = Ipv4.parse("203.0.113.99");

    private static final String FORWARDING = "net/ipv4/conf/up0/forwarding";

    @RegisterExtension
    private final NetnsTestbed testbed = new NetnsTestbed();

    @RegisterExtension
    private final NamespaceFolder elsewhere = new NamespaceFolder();

    @Override
    Testbed testbed() {
        return testbed;
    }

    @Override
    Driver openDriver() {
        if (elsewhere.namespaces().find("host").isEmpty()) {
            makeSurroundings();
        }
        return testbed.openDriver(boundTo("up0"));
    }

    private NetnsDriver.Host boundTo(String device) {
        return new NetnsDriver.Host(host().file(), Optional.of(device));
    }

    private NetworkNamespace host() {
        return elsewhere.namespaces().findOrCreate("host");
    }

    private void makeSurroundings() {
        NetworkNamespace world = elsewhere.namespaces().create("world");
        NetworkNamespace lan = elsewhere.namespaces().create("lan");
        List<NetworkNamespace> all = List.of(host(), world, lan);
        for (NetworkNamespace each : all) {
            each.writeSysctls(Map.of("net/ipv4/ip_forward", "0", "net/ipv6/conf/all/disable_ipv6", "1"));
            apply(each, NetlinkRequest.ChangeDevice.up(KernelState.LOOPBACK));
        }
        join("up0", HOST, world, NEIGHBOUR);
        join("lan0", HOST_IN_LAN, lan, LAN);
        route(host(), "0.0.0.0/0", "up0", NEIGHBOUR);
        route(world, "192.0.2.0/24", "eth0", HOST);
        route(world, "203.0.113.0/25", "eth0", HOST);
        route(lan, "0.0.0.0/0", "eth0", HOST_IN_LAN);
        Stream.concat(NEAR.stream(), Stream.of(INTERNET, UNLINKED))
                .forEach(address -> apply(
                        world, new NetlinkRequest.AddAddress(new AddressEntry(KernelState.LOOPBACK, address, 32))));
    }

    private void join(String device, Ipv4 here, NetworkNamespace other, Ipv4 there) {
        apply(
                host(),
                new NetlinkRequest.CreateVeth(
                        new VethEnd(device, MacAddress.parse("02:00:00:00:01:01")),
                        new VethEnd("eth0", MacAddress.parse("02:00:00:00:01:02")),
                        other.file(),
                        1500));
        raise(host(), device, here);
        raise(other, "eth0", there);
    }

    private static void raise(NetworkNamespace in, String device, Ipv4 address) {
        apply(in, NetlinkRequest.ChangeDevice.up(device));
        apply(in, new NetlinkRequest.AddAddress(new AddressEntry(device, address, 24)));
    }

    private static void route(NetworkNamespace in, String destination, String device, Ipv4 gateway) {
        apply(
                in,
                new NetlinkRequest.PutRoute(
                        RouteEntry.through(RouteEntry.MAIN, Cidr.parse(destination), 0, device, gateway)));
    }

    private static void apply(NetworkNamespace in, NetlinkRequest request) {
        try (Netlink netlink = in.openNetlink()) {
            netlink.apply(request);
        }
    }

    @BeforeEach
    void exit() {
        network.open(netA);
        network.routeOutside(netA, "0.0.0.0/0", network.internetService(netA));
        network.linkPublicIp(a, PUBLIC_A);
    }

    @AfterEach
    void the_host_is_as_it_was() {
        network.close();
        assertUntouched();
        network = null;
    }

    private void assertUntouched() {
        try (Netlink netlink = host().openNetlink()) {
            assertThat(netlink.devices())
                    .extracting(NetworkDevice::name)
                    .containsExactlyInAnyOrder("lo", "up0", "lan0");
        }
        assertThat(host().nftables().list("tables")).isBlank();
        assertThat(host().readSysctl(FORWARDING)).isEqualTo("0");
        assertThat(host().readSysctl("net/ipv4/ip_forward")).isEqualTo("0");
    }

    /** Sends them between machines, outside, the host and what is around it. */
    private void demandEverywhere(Map<Probe, ProbeResult> expected) {
        network.settle();
        List<NetworkNamespace> ends = Stream.concat(
                        Stream.of(a, b).map(machine -> testbed.machine(machine.id())),
                        Stream.of(
                                testbed.namespaces().find(Testbed.OUTSIDE).orElseThrow(),
                                host(),
                                elsewhere.namespaces().find("world").orElseThrow(),
                                elsewhere.namespaces().find("lan").orElseThrow()))
                .toList();
        try (NamespaceProber prober = NamespaceProber.among(ends, Set.of(PORT))) {
            prober.demand(expected);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    @Rule("X3")
    void what_leaves_a_net_goes_on_and_its_answers_come_back() {
        demandEverywhere(Map.of(
                udp(a, INTERNET), answeredBy("world"),
                tcp(a, INTERNET), answeredBy("world"),
                ping(a, INTERNET), answeredBy("world"),
                udp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE),
                fromOutside(INTERNET), answeredBy("world"),
                udp(b, INTERNET), LOST));
    }

    @Test
    @Rule("X4")
    void so_does_what_a_nat_service_sends() {
        Subnet behind = network.subnet(netA, "10.0.2.0/24");
        Machine hidden = network.vm(behind);
        NatService nat = network.natService(subnetA, Ipv4.parse("203.0.113.11"));
        network.lead(netA, network.tableOf(behind), "0.0.0.0/0", new RequestedTarget.NatService(nat.id()));
        network.settle();

        try (NamespaceProber prober = NamespaceProber.among(
                List.of(
                        testbed.machine(hidden.id()),
                        elsewhere.namespaces().find("world").orElseThrow()),
                Set.of(PORT))) {
            prober.demand(Map.of(udp(hidden, INTERNET), answeredBy("world")));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void nobody_gets_at_the_host_its_networks_or_what_is_private() {
        Map<Probe, ProbeResult> expected = new HashMap<>();
        Stream.concat(NEAR.stream(), Stream.of(HOST, NEIGHBOUR, HOST_IN_LAN, LAN, UNLINKED))
                .forEach(near -> {
                    expected.put(udp(a, near), LOST);
                    expected.put(fromOutside(near), LOST);
                });
        NEAR.forEach(near -> expected.put(new Probe.Udp("host", near, PORT), answeredBy("world")));
        expected.put(new Probe.Udp("host", LAN, PORT), answeredBy("lan"));
        expected.put(tcp(a, HOST), LOST);
        expected.put(ping(a, HOST), LOST);
        expected.put(udp(a, linkOfHost()), LOST);

        demandEverywhere(expected);
    }

    private Ipv4 linkOfHost() {
        try (Netlink netlink = host().openNetlink()) {
            return netlink.addresses().stream()
                    .filter(address -> address.device().startsWith("ls-"))
                    .findFirst()
                    .orElseThrow()
                    .address();
        }
    }

    @Test
    void nothing_begins_at_the_interface_or_the_host_and_the_host_forwards_nothing_else() {
        demandEverywhere(Map.of(
                new Probe.Udp("world", PUBLIC_A, PORT), LOST,
                new Probe.Udp("world", OUTSIDE, PORT), LOST,
                new Probe.Udp("world", linkOfHost().plus(1), PORT), LOST,
                new Probe.Udp("host", linkOfHost().plus(1), PORT), LOST,
                new Probe.Udp("world", LAN, PORT), LOST,
                new Probe.Udp("world", HOST, PORT), answeredBy("host")));
    }

    @Test
    void what_the_host_forwards_for_others_it_goes_on_forwarding() {
        host().writeSysctls(Map.of("net/ipv4/ip_forward", "1"));
        network.restartWith(openDriver(), Duration.ofHours(1));

        demandEverywhere(Map.of(
                new Probe.Udp("world", LAN, PORT),
                answeredBy("lan"),
                udp(a, INTERNET),
                answeredBy("world"),
                udp(a, LAN),
                LOST,
                new Probe.Udp("world", PUBLIC_A, PORT),
                LOST));
        host().writeSysctls(Map.of("net/ipv4/ip_forward", "0"));
    }

    @Test
    void a_server_that_is_not_bound_undoes_what_one_has_left_that_crashed() {
        demandEverywhere(Map.of(udp(a, INTERNET), answeredBy("world")));

        // The one before is not closed first, as where it was killed.
        testbed.openDriver(new NetnsDriver.Host(host().file(), Optional.empty()))
                .close();

        assertUntouched();
    }

    @Test
    void one_that_starts_again_after_a_crash_remembers_how_the_host_was() {
        network.restartWith(openDriver(), Duration.ofHours(1));

        demandEverywhere(Map.of(udp(a, INTERNET), answeredBy("world")));
    }

    @Test
    void an_interface_that_is_not_there_or_bound_already_is_refused_and_nothing_is_changed() {
        try (NetnsTestbed other = NetnsTestbed.open()) {
            assertThatThrownBy(() -> other.openDriver(boundTo("up0")))
                    .isInstanceOf(UnusableNetwork.class)
                    .hasMessageContainingAll("another network is bound to up0 already", "linkspan cleanup");
            assertThatThrownBy(() -> other.openDriver(boundTo("wlan7")))
                    .isInstanceOf(UnusableNetwork.class)
                    .hasMessageContaining("there is no interface wlan7");
        }
        demandEverywhere(Map.of(udp(a, INTERNET), answeredBy("world")));
    }
}
