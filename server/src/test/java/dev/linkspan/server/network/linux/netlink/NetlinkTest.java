package dev.linkspan.server.network.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.server.network.linux.Errno;
import dev.linkspan.server.network.linux.namespace.NamespaceFolder;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.AddAddress;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.AddRoute;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.AddRule;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.ChangeDevice;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.CreateVeth;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.DeleteAddress;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.DeleteDevice;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.DeleteNeighbour;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.DeleteRoute;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.DeleteRule;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.PutNeighbour;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.PutRoute;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.SetProxyDelay;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.VethEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

public class NetlinkTest {

    private static final MacAddress HERE = MacAddress.parse("02:00:00:00:00:fe");
    private static final MacAddress THERE = MacAddress.parse("06:00:00:00:00:01");
    private static final Cidr RANGE = Cidr.parse("10.1.0.0/16");
    private static final Ipv4 GATEWAY = Ipv4.parse("169.254.0.1");

    /** The numbers of Linkspan's own tables are above 255, which do not fit the message's old one-byte field. */
    private static final int TABLE = 0x1234abcd;

    @RegisterExtension
    final NamespaceFolder folder = new NamespaceFolder();

    private NetworkNamespace vm;
    private Netlink netlink;

    @BeforeEach
    void make_a_router_with_one_link() {
        vm = folder.namespaces().create("i-1");
        netlink = folder.namespaces().create("vpc-1").openNetlink();
        netlink.apply(List.of(
                ChangeDevice.up("lo"),
                new CreateVeth(new VethEnd("v1", HERE), new VethEnd("eth0", THERE), vm.file(), 9001),
                ChangeDevice.up("v1")));
    }

    @AfterEach
    void close() {
        if (netlink != null) {
            netlink.close();
        }
    }

    @Test
    void a_veth_has_its_ends_where_they_belong_and_each_knows_the_other() {
        try (Netlink there = vm.openNetlink()) {
            NetworkDevice here = link(netlink, "v1");
            NetworkDevice end = link(there, "eth0");

            assertThat(here)
                    .isEqualTo(new NetworkDevice(
                            here.index(), "v1", "veth", Optional.of(HERE), 9001, true, true, end.index()));
            assertThat(end)
                    .isEqualTo(new NetworkDevice(
                            end.index(), "eth0", "veth", Optional.of(THERE), 9001, false, true, here.index()));
        }
    }

    @Test
    void a_link_changes_only_in_what_is_asked() {
        netlink.apply(ChangeDevice.up("v1").withArp(false));
        assertThat(link(netlink, "v1")).returns(true, NetworkDevice::up).returns(false, NetworkDevice::arp);

        netlink.apply(ChangeDevice.down("v1").withMtu(1500).withMac(THERE));
        assertThat(link(netlink, "v1"))
                .returns(false, NetworkDevice::up)
                .returns(false, NetworkDevice::arp)
                .returns(1500, NetworkDevice::mtu)
                .returns(Optional.of(THERE), NetworkDevice::mac);
    }

    @Test
    void deleting_a_link_takes_its_routes_along_and_leaves_the_blackhole_below() {
        netlink.apply(List.of(
                new PutRoute(RouteEntry.blackhole(TABLE, RANGE, 1000)),
                new PutRoute(RouteEntry.through(TABLE, RANGE, 10, "v1", GATEWAY))));

        netlink.apply(new DeleteDevice("v1"));

        assertThat(netlink.routes()).containsExactly(RouteEntry.blackhole(TABLE, RANGE, 1000));
        try (Netlink there = vm.openNetlink()) {
            assertThat(there.devices()).extracting(NetworkDevice::name).containsExactly("lo");
        }
    }

    @Test
    void a_link_that_is_to_go_may_be_gone_with_its_other_end() {
        netlink.apply(List.of(new DeleteDevice("v1"), new DeleteDevice("v1")));
        netlink.apply(new DeleteDevice("v1"));

        assertThat(netlink.devices()).extracting(NetworkDevice::name).doesNotContain("v1");
    }

    @Test
    void addresses_come_and_go() {
        AddressEntry address = new AddressEntry("lo", Ipv4.parse("10.0.1.1"), 32);

        netlink.apply(new AddAddress(address));
        assertThat(netlink.addresses()).contains(address);

        netlink.apply(new DeleteAddress(address));
        assertThat(netlink.addresses()).doesNotContain(address);
    }

    @Test
    void routes_are_listed_as_they_were_made() {
        List<RouteEntry> routes = List.of(
                RouteEntry.blackhole(100, Cidr.parse("10.0.0.0/16"), 0),
                RouteEntry.onLink(100, Cidr.parse("10.0.1.10/32"), 0, "v1"),
                RouteEntry.through(TABLE, RANGE, 10, "v1", GATEWAY),
                RouteEntry.blackhole(TABLE, RANGE, 1000),
                RouteEntry.through(TABLE, Cidr.ALL, 10, "v1", GATEWAY));

        netlink.apply(routes.stream().map(AddRoute::new).toList());
        assertThat(netlink.routes()).containsExactlyInAnyOrderElementsOf(routes);

        netlink.apply(routes.stream().map(DeleteRoute::new).toList());
        assertThat(netlink.routes()).isEmpty();
    }

    @Test
    void putting_a_route_replaces_the_one_of_the_same_metric_in_place() {
        netlink.apply(new PutRoute(RouteEntry.blackhole(TABLE, RANGE, 10)));
        netlink.apply(new PutRoute(RouteEntry.through(TABLE, RANGE, 10, "v1", GATEWAY)));
        netlink.apply(new PutRoute(RouteEntry.through(TABLE, RANGE, 10, "v1", GATEWAY)));

        assertThat(netlink.routes()).containsExactly(RouteEntry.through(TABLE, RANGE, 10, "v1", GATEWAY));
    }

    @Test
    void rules_are_listed_in_their_order_after_the_kernels_own_are_gone() {
        netlink.apply(List.of(
                new AddRule(RuleEntry.blackhole(32000)),
                new AddRule(RuleEntry.lookupMarked(1001, 0xf2345678, TABLE)),
                new AddRule(RuleEntry.lookup(100, 100)),
                new DeleteRule(RuleEntry.lookup(32766, 254)),
                new DeleteRule(RuleEntry.lookup(32767, 253))));

        assertThat(netlink.rules())
                .containsExactly(
                        RuleEntry.lookup(0, 255),
                        RuleEntry.lookup(100, 100),
                        RuleEntry.lookupMarked(1001, 0xf2345678, TABLE),
                        RuleEntry.blackhole(32000));

        netlink.apply(new DeleteRule(RuleEntry.lookupMarked(1001, 0xf2345678, TABLE)));
        assertThat(netlink.rules()).hasSize(3);
    }

    @Test
    void neighbours_come_change_and_go() {
        Ipv4 address = Ipv4.parse("10.0.1.10");

        netlink.apply(new PutNeighbour(new Neighbour("v1", address, HERE)));
        netlink.apply(new PutNeighbour(new Neighbour("v1", address, THERE)));
        assertThat(netlink.neighbours()).containsExactly(new Neighbour("v1", address, THERE));

        netlink.apply(new DeleteNeighbour("v1", address));
        assertThat(netlink.neighbours()).isEmpty();
    }

    @Test
    void the_proxy_delay_of_a_link_is_set_and_listed() {
        netlink.apply(new SetProxyDelay("v1", Duration.ZERO));

        assertThat(netlink.proxyDelays()).containsEntry("v1", Duration.ZERO).containsKey("lo");
    }

    @Test
    void each_refused_request_of_a_batch_is_named_and_the_others_are_carried_out() {
        RouteEntry good = RouteEntry.blackhole(TABLE, RANGE, 1);
        AddRoute noSuchLink = new AddRoute(RouteEntry.onLink(TABLE, RANGE, 2, "nope"));
        AddRoute flawed = new AddRoute(RouteEntry.through(TABLE, RANGE, 3, "lo", new Ipv4(0)));
        AddRoute twice = new AddRoute(good);

        NetlinkException refused = catchThrowableOfType(
                NetlinkException.class, () -> netlink.apply(List.of(new AddRoute(good), noSuchLink, flawed, twice)));

        assertThat(refused.failures())
                .extracting(NetlinkException.Failure::request, NetlinkException.Failure::errno)
                .containsExactly(
                        tuple(noSuchLink, Errno.ENODEV), tuple(flawed, Errno.EINVAL), tuple(twice, Errno.EEXIST));
        assertThat(refused).hasMessageContaining("nope").hasMessageContaining("ONLINK");
        assertThat(netlink.routes()).containsExactly(good);
    }

    @Test
    void thousands_of_requests_go_through_one_batch_and_one_listing() {
        List<RouteEntry> routes = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            routes.add(RouteEntry.blackhole(TABLE, Cidr.of(new Ipv4(0x0b000000 + i)), 1));
        }

        netlink.apply(routes.stream().map(AddRoute::new).toList());

        assertThat(netlink.routes()).containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void a_socket_works_on_in_its_namespace_from_any_thread() throws InterruptedException {
        Thread caller = Thread.ofVirtual().start(() -> netlink.apply(new PutRoute(RouteEntry.blackhole(7, RANGE, 0))));
        caller.join();

        assertThat(netlink.routes()).containsExactly(RouteEntry.blackhole(7, RANGE, 0));
    }

    @Test
    void closing_twice_is_harmless() {
        netlink.close();

        assertThatCode(netlink::close).doesNotThrowAnyException();
    }

    private static NetworkDevice link(Netlink netlink, String name) {
        return netlink.devices().stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
