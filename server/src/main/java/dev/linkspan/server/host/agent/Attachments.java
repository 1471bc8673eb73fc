package dev.linkspan.server.host.agent;

import dev.linkspan.core.id.NicId;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.NetworkDevice;
import dev.linkspan.server.network.ovsdb.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * NICs whose devices on this host somebody else makes: the tap of a virtual machine, or a container's end of a link. They stay attached
 * until they are detached, whether an agent runs or not; one that runs makes no link of its own for them.
 */
public final class Attachments implements AutoCloseable {

    /** What was asked for cannot be; nothing was changed. */
    public static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    private final Supplier<Netlink> netlink;
    private final HostSwitch hostSwitch;

    /**
     * Begins to connect to the host's switch.
     *
     * @param netlink speaks with the namespace in which the switch has its devices
     */
    public Attachments(Supplier<Netlink> netlink, Endpoint switchDatabase) {
        this.netlink = netlink;
        this.hostSwitch = HostSwitch.open(switchDatabase);
    }

    /** Makes the device the NIC's; nothing happens where it is. Throws {@link Refused}. */
    public void attach(NicId nic, String device) {
        int index = index(device);
        Map<String, SwitchPort> ports = hostSwitch.ports();
        ports.values().stream()
                .filter(port -> port.nic().equals(Optional.of(nic)))
                .filter(port -> !port.device().equals(device))
                .filter(port -> LinkNames.nic(port.device()).isEmpty())
                .findFirst()
                .ifPresent(other -> {
                    throw new Refused("%s is attached to %s: detach it first".formatted(nic, other.device()));
                });
        SwitchPort before = ports.get(device);
        if (before != null && before.nic().equals(Optional.of(nic)) && before.deviceIndex() == index) {
            return;
        }
        if (before != null && before.marked().isEmpty()) {
            throw new Refused("%s is a port of the switch already, which Linkspan has not made".formatted(device));
        }
        if (before != null) {
            hostSwitch.remove(List.of(before));
        }
        hostSwitch.add(List.of(new SwitchPort.Wanted(device, index, nic, List.of())));
    }

    private int index(String device) {
        if (LinkNames.nic(device).isPresent()) {
            throw new Refused("%s is called like the agent's own".formatted(device));
        }
        try (Netlink opened = netlink.get()) {
            return opened.devices().stream()
                    .filter(it -> it.name().equals(device))
                    .map(NetworkDevice::index)
                    .findFirst()
                    .orElseThrow(() -> new Refused("this host has no interface %s".formatted(device)));
        }
    }

    /** Takes the device off the switch. Throws {@link Refused} where it was not attached. */
    public void detach(String device) {
        SwitchPort port = Optional.ofNullable(hostSwitch.ports().get(device))
                .filter(it -> it.marked().isPresent() && LinkNames.nic(device).isEmpty())
                .orElseThrow(() -> new Refused("%s is not attached to a NIC".formatted(device)));
        hostSwitch.remove(List.of(port));
    }

    @Override
    public void close() {
        hostSwitch.close();
    }
}
