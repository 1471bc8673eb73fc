package dev.linkspan.server.network.linux.netlink;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One change of a namespace's devices, addresses, routes, rules or neighbours. Devices are meant by name; the kernel's numbers
 * are looked up when the request is made.
 */
public sealed interface NetlinkRequest {

    /** One end of a veth pair. */
    record VethEnd(String name, MacAddress mac) {}

    /** Makes a pair of devices, one end here and the other born in the namespace of this file; both are down. */
    record CreateVeth(VethEnd here, VethEnd there, Path thereIn, int mtu) implements NetlinkRequest {}

    /** Deletes a device, its other end, and every route through either. */
    record DeleteDevice(String device) implements NetlinkRequest {}

    /** Changes what is given of a device; the rest stays. */
    record ChangeDevice(
            String device, Optional<Boolean> up, Optional<Boolean> arp, OptionalInt mtu, Optional<MacAddress> mac)
            implements NetlinkRequest {

        /** Sets it up. */
        public static ChangeDevice up(String device) {
            return new ChangeDevice(device, Optional.of(true), Optional.empty(), OptionalInt.empty(), Optional.empty());
        }

        /** Sets it down: what hangs on it goes. */
        public static ChangeDevice down(String device) {
            return new ChangeDevice(
                    device, Optional.of(false), Optional.empty(), OptionalInt.empty(), Optional.empty());
        }

        /** With or without ARP from then on. */
        public ChangeDevice withArp(boolean wanted) {
            return new ChangeDevice(device, up, Optional.of(wanted), mtu, mac);
        }

        /** With another MTU. */
        public ChangeDevice withMtu(int bytes) {
            return new ChangeDevice(device, up, arp, OptionalInt.of(bytes), mac);
        }

        /** With another MAC. */
        public ChangeDevice withMac(MacAddress wanted) {
            return new ChangeDevice(device, up, arp, mtu, Optional.of(wanted));
        }
    }

    /** Fails with EEXIST where the device has the address. */
    record AddAddress(AddressEntry address) implements NetlinkRequest {}

    record DeleteAddress(AddressEntry address) implements NetlinkRequest {}

    /** Fails with EEXIST where the table has a route of the same destination and metric. */
    record AddRoute(RouteEntry route) implements NetlinkRequest {}

    /** Adds the route, or changes the one of the same table, destination and metric in place. */
    record PutRoute(RouteEntry route) implements NetlinkRequest {}

    /** Fails with ESRCH where there is no such route. */
    record DeleteRoute(RouteEntry route) implements NetlinkRequest {}

    /** Fails with EEXIST where there is exactly this rule. */
    record AddRule(RuleEntry rule) implements NetlinkRequest {}

    /** Fails with ENOENT where there is no such rule. */
    record DeleteRule(RuleEntry rule) implements NetlinkRequest {}

    /** Adds the permanent entry, or changes the MAC of the one for the same address. */
    record PutNeighbour(Neighbour neighbour) implements NetlinkRequest {}

    record DeleteNeighbour(String device, Ipv4 address) implements NetlinkRequest {}

    /** How long at most a device waits before it answers ARP for others; the kernel's own default is up to 0.8 s. */
    record SetProxyDelay(String device, Duration delay) implements NetlinkRequest {}
}
