package dev.linkspan.server.host.agent;

import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.server.host.agent.HostState.End;
import dev.linkspan.server.host.agent.HostState.Link;
import dev.linkspan.server.host.protocol.HostedMachine;
import dev.linkspan.server.host.protocol.HostedNic;
import dev.linkspan.server.network.vm.VmNic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What has to happen so that a host has these machines and no others. What goes, goes first: a NIC may come back under the same name,
 * in another machine.
 *
 * @param portsToRemove with which the switch does not forward, or should not any more
 * @param linksToDelete by NIC
 * @param machinesToDelete with everything in them
 * @param machines all that the host must have, but for those that are somebody else's
 * @param attached the NICs for which somebody else has made devices: they have no links
 * @param linksToMake by NIC
 * @param linksToRaise by NIC: somebody has set down the host's ends
 * @param nicsToConnect whose device gets a port, once it is there
 */
record HostDiff(
        List<SwitchPort> portsToRemove,
        Set<NicId> linksToDelete,
        Set<VmId> machinesToDelete,
        List<HostedMachine> machines,
        Set<NicId> attached,
        Set<NicId> linksToMake,
        Set<NicId> linksToRaise,
        List<Connection> nicsToConnect) {

    /** A NIC's device that gets a port. */
    record Connection(String device, HostedNic nic) {}

    private static final class Builder {

        private final HostState state;
        private final Map<NicId, HostedNic> wanted = new HashMap<>();
        private final Set<SwitchPort> portsToRemove = new HashSet<>();
        private final Set<NicId> linksToDelete = new HashSet<>();
        private final Set<NicId> linksToMake = new HashSet<>();
        private final Set<NicId> linksToRaise = new HashSet<>();
        private final List<Connection> nicsToConnect = new ArrayList<>();

        Builder(HostState state) {
            this.state = state;
        }

        /** Only what an agent has made goes, by itself: what somebody has attached stays until somebody takes it away. */
        void remove() {
            state.links().keySet().stream()
                    .filter(nic -> !wanted.containsKey(nic) || isAttached(nic))
                    .forEach(linksToDelete::add);
            state.ports().values().stream()
                    .filter(port -> port.marked().isPresent())
                    .filter(port -> LinkNames.nic(port.device())
                            .filter(nic -> !wanted.containsKey(nic) || isAttached(nic))
                            .isPresent())
                    .forEach(portsToRemove::add);
        }

        private boolean isAttached(NicId nic) {
            return state.attached(nic).isPresent();
        }

        void place(VmId machine, HostedNic nic) {
            NicId id = nic.nicId();
            Optional<SwitchPort> attached = state.attached(id);
            if (attached.isPresent()) {
                renew(attached.get(), nic);
                return;
            }
            Optional<Link> before = Optional.ofNullable(state.links().get(id));
            Optional<Link> link = before.filter(it -> it.ends().contains(end(machine, nic)));
            if (link.isEmpty()) {
                before.ifPresent(_ -> linksToDelete.add(id));
                linksToMake.add(id);
            }
            link.filter(it -> !it.up()).ifPresent(_ -> linksToRaise.add(id));
            connect(nic, link);
        }

        /** @param link that is there already, and as it must be */
        private void connect(HostedNic nic, Optional<Link> link) {
            String device = LinkNames.of(nic.nicId());
            Optional<SwitchPort> port = Optional.ofNullable(state.ports().get(device));
            boolean connected = port.filter(it -> it.nic().equals(Optional.of(nic.nicId()))
                            && link.map(Link::device).equals(Optional.of(it.deviceIndex())))
                    .isPresent();
            if (!connected) {
                port.ifPresent(portsToRemove::add);
                nicsToConnect.add(new Connection(device, nic));
            }
        }

        /** One that somebody has attached through the agent gets another port where another device has come in its place. */
        private void renew(SwitchPort attached, HostedNic nic) {
            Integer device = state.devices().get(attached.device());
            if (attached.marked().isPresent() && device != null && device != attached.deviceIndex()) {
                portsToRemove.add(attached);
                nicsToConnect.add(new Connection(attached.device(), nic));
            }
        }

        private static End end(VmId machine, HostedNic nic) {
            return new End(machine, vmNic(nic).device(), nic.mac());
        }

        /** A machine all of whose NICs somebody else has made devices for is somebody else's. */
        boolean isOurs(HostedMachine machine) {
            return machine.nics().isEmpty() || machine.nics().stream().anyMatch(nic -> !isAttached(nic.nicId()));
        }
    }

    static HostDiff between(HostState state, Collection<HostedMachine> machines) {
        Builder builder = new Builder(state);
        for (HostedMachine machine : machines) {
            machine.nics().forEach(nic -> builder.wanted.put(nic.nicId(), nic));
        }
        builder.remove();
        machines.forEach(machine -> machine.nics().forEach(nic -> builder.place(machine.vmId(), nic)));
        List<HostedMachine> ours = machines.stream().filter(builder::isOurs).toList();
        Set<VmId> stay = ours.stream().map(HostedMachine::vmId).collect(Collectors.toSet());
        return new HostDiff(
                List.copyOf(builder.portsToRemove),
                builder.linksToDelete,
                state.machines().stream().filter(vm -> !stay.contains(vm)).collect(Collectors.toSet()),
                ours,
                builder.wanted.keySet().stream().filter(builder::isAttached).collect(Collectors.toSet()),
                builder.linksToMake,
                builder.linksToRaise,
                builder.nicsToConnect);
    }

    /** As the machine knows it. */
    static VmNic vmNic(HostedNic nic) {
        return new VmNic(nic.deviceNumber(), nic.mac(), nic.addresses(), nic.subnetRange());
    }
}
