package dev.linkspan.server.reachability;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.server.network.Testbed;
import dev.linkspan.server.reachability.Draft.DraftNet;
import dev.linkspan.server.reachability.Draft.DraftVm;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Draws what is sent: between any two machines, in both directions, and to where nobody is. */
final class Packets {

    /** @param protocol with the destination's port, or the ICMP type */
    private record What(String protocol, int port) {}

    private static final What ECHO = new What("icmp", 8);
    private static final What UNASKED_REPLY = new What("icmp", 18);

    private static final List<What> WHATS = List.of(
            ECHO,
            ECHO,
            new What("udp", 5000),
            new What("udp", 6000),
            new What("tcp", 22),
            new What("tcp", 80),
            new What("icmp", 13));

    private final Draft draft;

    /** Two packets without ports between the same ends would be of one flow. */
    private final Set<Set<Ipv4>> experiments = new HashSet<>();

    Packets(Draft draft) {
        this.draft = draft;
    }

    void draw(int count) {
        List<DraftVm> vms = draft.vms();
        for (int i = 0; i < count; i++) {
            DraftVm from = draft.any(vms);
            Ipv4 to = draft.percent(88) ? draft.any(counterpart(from).addresses) : nobody(from);
            if (!from.addresses.contains(to)) {
                send(from, to);
            }
        }
        for (int i = 0; i < count / 3 && !draft.publicIps.isEmpty(); i++) {
            acrossExits();
        }
    }

    /** Out, in, or out of one Net and in to another, or to the same. */
    private void acrossExits() {
        Step.LinkPublicIp link = draft.any(draft.publicIps);
        Ipv4 seen = Ipv4.parse(link.publicAddress());
        if (draft.percent(30)) {
            What what = draft.percent(5) ? UNASKED_REPLY : draft.any(WHATS);
            Ipv4 source = draft.any(Exits.ADDRESSES_OUTSIDE);
            draft.add(new Step.Send(Testbed.OUTSIDE, source.toString(), seen.toString(), what.protocol(), what.port()));
        } else {
            out(link, seen);
        }
    }

    /** Mostly from a machine, and from the very address, that is seen outside. */
    private void out(Step.LinkPublicIp link, Ipv4 seen) {
        Step.LinkPublicIp own = draft.any(draft.publicIps);
        DraftVm from = draft.percent(70) ? holder(own) : draft.any(draft.vms());
        boolean itself = from.nics.contains(link.nic());
        Ipv4 to = !itself && draft.percent(50) ? seen : draft.any(Exits.ADDRESSES_OUTSIDE);
        if (from.nics.contains(own.nic()) && draft.percent(40)) {
            What what = draft.percent(15) ? UNASKED_REPLY : draft.any(WHATS);
            draft.add(new Step.Send(from.name, own.privateAddress(), to.toString(), what.protocol(), what.port()));
        } else {
            send(from, to);
        }
    }

    private DraftVm holder(Step.LinkPublicIp link) {
        return draft.vms().stream()
                .filter(vm -> vm.nics.contains(link.nic()))
                .findFirst()
                .orElseThrow();
    }

    /** Mostly one that the sender has to do with. */
    private DraftVm counterpart(DraftVm from) {
        List<DraftVm> near = Stream.concat(Stream.of(from.net), draft.peersOf(from.net).stream())
                .flatMap(net -> net.vms.stream())
                .toList();
        return draft.any(draft.percent(80) ? near : draft.vms());
    }

    /** Where no machine is: a free address, a NIC without a VM, a router. */
    private Ipv4 nobody(DraftVm from) {
        DraftNet net = draft.percent(50) ? from.net : draft.any(draft.nets);
        return switch (draft.random.nextInt(5)) {
            case 0 -> draft.any(net.subnets).range().network().plus(60);
            case 1 -> net.range.last();
            case 2, 3 ->
                net.unlinked.isEmpty() ? Topologies.gatewayOf(draft.any(net.subnets)) : draft.any(net.unlinked);
            default -> Ipv4.parse("192.0.2.1");
        };
    }

    private void send(DraftVm from, Ipv4 to) {
        boolean alone = from.addresses.size() == 1;
        String source =
                draft.percent(alone ? 80 : 40) ? "" : draft.any(from.addresses).toString();
        if (draft.percent(8) && isExperiment(from, to)) {
            draft.add(new Step.Send(from.name, from.addresses.getFirst().toString(), to.toString(), "253", 0));
        } else if (draft.percent(1)) {
            draft.add(new Step.Send(from.name, source, to.toString(), UNASKED_REPLY.protocol(), UNASKED_REPLY.port()));
        } else {
            What what = isGateway(to) && draft.percent(60) ? ECHO : draft.any(WHATS);
            draft.add(new Step.Send(from.name, source, to.toString(), what.protocol(), what.port()));
        }
    }

    /** One of a kind that chance chooses: mostly one that a NAT service passes on. */
    void send(RandomGenerator random, DraftVm from, Ipv4 to) {
        if (random.nextInt(100) < 10 && isExperiment(from, to)) {
            draft.add(new Step.Send(from.name, from.addresses.getFirst().toString(), to.toString(), "253", 0));
        } else {
            What what = WHATS.get(random.nextInt(WHATS.size()));
            String source = random.nextInt(100) < 80
                    ? ""
                    : from.addresses.get(random.nextInt(from.addresses.size())).toString();
            draft.add(new Step.Send(from.name, source, to.toString(), what.protocol(), what.port()));
        }
    }

    /** Whose a public address is, changes: so there is one packet without ports to any of them. */
    private boolean isExperiment(DraftVm from, Ipv4 to) {
        Ipv4 sender = from.addresses.getFirst();
        return experiments.add(Exits.PUBLIC.contains(to) ? Set.of() : new HashSet<>(List.of(sender, to)));
    }

    private boolean isGateway(Ipv4 address) {
        return draft.nets.stream()
                .flatMap(net -> net.subnets.stream())
                .anyMatch(subnet -> Topologies.gatewayOf(subnet).equals(address));
    }

    /** Connections that changes may cut. Only those are made that can be. */
    void connect(int count) {
        List<DraftVm> vms = draft.vms();
        for (int i = 0; i < count; i++) {
            DraftVm from = draft.any(vms);
            Ipv4 to = draft.any(counterpart(from).addresses);
            draft.add(new Step.Connect(from.name, to.toString(), draft.any(List.of(22, 80))));
        }
    }

    /** Sends once more what was sent before, to see what a change has done. */
    void repeat(int count) {
        List<Step.Send> sent = draft.steps.stream()
                .filter(Step.Send.class::isInstance)
                .map(Step.Send.class::cast)
                .filter(send -> !send.protocol().equals("253"))
                .toList();
        for (int i = 0; i < count; i++) {
            draft.add(draft.any(sent));
        }
    }
}
