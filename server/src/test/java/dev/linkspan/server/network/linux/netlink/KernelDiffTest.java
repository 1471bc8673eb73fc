package dev.linkspan.server.network.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.server.network.linux.netlink.KernelState.DeviceState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KernelDiffTest {

    private static final KernelState EMPTY = new KernelState(Map.of(), Set.of(), Set.of(), Set.of(), Set.of());
    private static final Cidr PEER = Cidr.parse("10.1.0.0/16");
    private static final Ipv4 ADDRESS = Ipv4.parse("10.0.1.4");
    private static final RouteEntry BEHIND = RouteEntry.blackhole(7, PEER, 1000);
    private static final RouteEntry ROUTE = RouteEntry.through(7, PEER, 10, "p1", Ipv4.parse("169.254.0.1"));
    private static final Neighbour NEIGHBOUR = new Neighbour("v1", ADDRESS, new MacAddress(1));

    @Test
    void equal_states_need_nothing() {
        KernelState state = withLink("v1", true, Set.of(ROUTE, BEHIND), Set.of(NEIGHBOUR));

        assertThat(KernelDiff.between(state, state)).isEmpty();
    }

    @Test
    void the_blackhole_comes_before_the_route_that_it_stands_behind() {
        KernelState before = withLink("p1", true, Set.of(), Set.of());
        KernelState wanted = withLink("p1", true, Set.of(ROUTE, BEHIND), Set.of());

        assertThat(KernelDiff.between(before, wanted))
                .containsExactly(new NetlinkRequest.PutRoute(BEHIND), new NetlinkRequest.PutRoute(ROUTE));
    }

    @Test
    void what_hangs_on_a_link_goes_before_it_is_set_down() {
        KernelState before = withLink("v1", true, Set.of(), Set.of(NEIGHBOUR));
        KernelState wanted = withLink("v1", false, Set.of(), Set.of());

        assertThat(KernelDiff.between(before, wanted))
                .containsExactly(
                        new NetlinkRequest.DeleteNeighbour("v1", ADDRESS),
                        NetlinkRequest.ChangeDevice.down("v1").withArp(true));
    }

    @Test
    void what_hung_on_a_link_that_is_gone_is_gone_with_it() {
        KernelState before = withLink("p1", true, Set.of(ROUTE, BEHIND), Set.of());
        KernelState wanted = new KernelState(Map.of(), Set.of(), Set.of(BEHIND), Set.of(), Set.of());

        assertThat(KernelDiff.between(before, wanted)).isEmpty();
    }

    @Test
    void in_a_namespace_of_a_tenant_nothing_is_removed() {
        KernelState before = withLink("eth0", true, Set.of(ROUTE), Set.of(NEIGHBOUR));

        assertThat(KernelDiff.missing(before, withLink("eth0", true, Set.of(BEHIND), Set.of())))
                .isEqualTo(List.of(new NetlinkRequest.PutRoute(BEHIND)));
        assertThat(KernelDiff.missing(before, EMPTY)).isEmpty();
    }

    private static KernelState withLink(String link, boolean up, Set<RouteEntry> routes, Set<Neighbour> neighbours) {
        return new KernelState(Map.of(link, new DeviceState(up, true)), Set.of(), routes, Set.of(), neighbours);
    }
}
