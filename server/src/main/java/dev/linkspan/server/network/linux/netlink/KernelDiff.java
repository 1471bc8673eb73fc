package dev.linkspan.server.network.linux.netlink;

import dev.linkspan.server.network.linux.netlink.KernelState.DeviceState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The ordered requests that turn one kernel state into another. What goes, goes before devices change, since the kernel
 * removes by itself what hangs on a device that is set down; what comes, comes after. Making and deleting devices is not
 * here: it concerns two namespaces at once; what hung on a device that is no longer wanted is gone with it.
 */
public final class KernelDiff {

    private final KernelState before;
    private final KernelState wanted;
    private final List<NetlinkRequest> requests = new ArrayList<>();

    private KernelDiff(KernelState before, KernelState wanted) {
        this.before = before;
        this.wanted = wanted;
    }

    /** For a namespace that is Linkspan's alone: everything that is not wanted goes. */
    public static List<NetlinkRequest> between(KernelState before, KernelState wanted) {
        List<NetlinkRequest> all = new ArrayList<>(closing(before, wanted));
        all.addAll(missing(before, wanted));
        return all;
    }

    /** The first half: what is not wanted goes. */
    public static List<NetlinkRequest> closing(KernelState before, KernelState wanted) {
        KernelDiff diff = new KernelDiff(before, wanted);
        diff.remove();
        return diff.requests;
    }

    /** The second half, and all of it for a namespace that others configure too: what is missing comes. */
    public static List<NetlinkRequest> missing(KernelState before, KernelState wanted) {
        KernelDiff diff = new KernelDiff(before, wanted);
        diff.changeLinks();
        diff.add();
        return diff.requests;
    }

    private void remove() {
        request(
                onWantedLinks(
                        without(before.routes(), wanted.routes()),
                        route -> route.device().orElse(KernelState.LOOPBACK)),
                NetlinkRequest.DeleteRoute::new);
        request(without(before.rules(), wanted.rules()), NetlinkRequest.DeleteRule::new);
        request(
                onWantedLinks(without(before.neighbours(), wanted.neighbours()), Neighbour::device),
                neighbour -> new NetlinkRequest.DeleteNeighbour(neighbour.device(), neighbour.address()));
        request(
                onWantedLinks(without(before.addresses(), wanted.addresses()), AddressEntry::device),
                NetlinkRequest.DeleteAddress::new);
    }

    private <T> List<T> onWantedLinks(List<T> entries, Function<T, String> device) {
        return entries.stream()
                .filter(entry -> device.apply(entry).equals(KernelState.LOOPBACK)
                        || wanted.devices().containsKey(device.apply(entry)))
                .toList();
    }

    private void changeLinks() {
        for (Map.Entry<String, DeviceState> device : inOrder(wanted.devices().entrySet(), Map.Entry::getKey)) {
            DeviceState state = device.getValue();
            if (!state.equals(before.devices().get(device.getKey()))) {
                NetlinkRequest.ChangeDevice change = state.up()
                        ? NetlinkRequest.ChangeDevice.up(device.getKey())
                        : NetlinkRequest.ChangeDevice.down(device.getKey());
                requests.add(change.withArp(state.arp()));
            }
        }
    }

    /** Routes come by metric, highest first: the blackhole is there before the way that it stands behind. */
    private void add() {
        request(without(wanted.addresses(), before.addresses()), NetlinkRequest.AddAddress::new);
        request(without(wanted.neighbours(), before.neighbours()), NetlinkRequest.PutNeighbour::new);
        request(without(wanted.rules(), before.rules()), NetlinkRequest.AddRule::new);
        List<RouteEntry> routes = new ArrayList<>(without(wanted.routes(), before.routes()));
        routes.sort(Comparator.comparingInt(RouteEntry::metric).reversed());
        request(routes, NetlinkRequest.PutRoute::new);
    }

    private <T> void request(List<T> entries, Function<T, NetlinkRequest> request) {
        entries.stream().map(request).forEach(requests::add);
    }

    private static <T> List<T> without(Set<T> all, Set<T> others) {
        List<T> rest = all.stream().filter(it -> !others.contains(it)).toList();
        return inOrder(rest, Object::toString);
    }

    private static <T> List<T> inOrder(Collection<T> values, Function<T, String> key) {
        return values.stream().sorted(Comparator.comparing(key)).toList();
    }
}
