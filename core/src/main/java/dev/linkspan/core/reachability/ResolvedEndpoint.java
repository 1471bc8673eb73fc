package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.internet.NetExits;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.routing.RouteLookup;
import dev.linkspan.core.routing.RouteTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An address in a Net, with everything that is known of who has it. */
record ResolvedEndpoint(NetIndex net, Ipv4 address, Optional<Nic> nic) {

    static ResolvedEndpoint at(NetIndex net, Ipv4 address) {
        return new ResolvedEndpoint(net, address, net.nicAt(address));
    }

    static ResolvedEndpoint of(NetIndex net, Nic nic) {
        return new ResolvedEndpoint(net, nic.primaryAddress(), Optional.of(nic));
    }

    NetId netId() {
        return net.net().id();
    }

    AccountId owner() {
        return net.net().owner();
    }

    Cidr range() {
        return net.net().range();
    }

    /** What leads out of its Net other than peerings. */
    NetExits exits() {
        return net.view().exits();
    }

    Optional<Subnet> subnet() {
        return net.subnetAt(address);
    }

    Optional<VmId> vmId() {
        return nic.flatMap(Nic::link).map(link -> link.vm());
    }

    Optional<Vm> vm() {
        return vmId().flatMap(net::vm);
    }

    /** Where the others' packets are meant to come from, or go to: a rule needs no more than that. */
    Cidr neighbourhood() {
        return subnet().map(Subnet::range).orElse(Cidr.of(address));
    }

    /**
     * The groups by which rules may mean it: it takes a machine to be in one (S5).
     *
     * @param asker the Net of the rules
     */
    Set<SecurityGroupId> memberships(NetIndex asker) {
        return net.assumed()
                .map(it -> it.of(asker, net))
                .orElseGet(() -> nic.filter(it -> it.link().isPresent())
                        .map(it -> Set.copyOf(it.groups()))
                        .orElse(Set.of()));
    }

    /** The NIC through which the machine sends to an address: the one of that Subnet, else its first one. */
    Optional<Nic> exitTo(Ipv4 other) {
        List<Nic> nics = vmId().map(net::nicsOf).orElse(List.of());
        return nics.stream()
                .filter(it -> net.subnet(it.subnet()).range().contains(other))
                .findFirst()
                .or(() -> nics.stream().findFirst())
                .or(this::nic);
    }

    /** The table that decides for what leaves through this NIC; for the address's Subnet where there is none. */
    RouteTable table(Optional<Nic> exit) {
        Optional<SubnetId> subnet = exit.map(Nic::subnet).or(() -> subnet().map(Subnet::id));
        return net.tableOf(subnet);
    }

    /** The NAT service to which its routes lead what is for an address, where they lead to one that is there. */
    Optional<ResolvedEndpoint> natServiceTo(Ipv4 other) {
        return RouteLookup.winner(table(exitTo(other)), other)
                .flatMap(route -> route.target().natService())
                .flatMap(exits()::natService)
                .flatMap(service -> net.nic(service.nic()))
                .map(it -> of(net, it));
    }

    /** The NIC to which its routes lead what is for an address, where they lead to one that is there. */
    Optional<Nic> applianceTo(Ipv4 other) {
        return RouteLookup.winner(table(exitTo(other)), other)
                .flatMap(route -> route.target().nic())
                .flatMap(net::nic);
    }

    /** As somebody names it who knows no machine there. */
    Endpoint asAddress() {
        return new Endpoint.AtAddress(Optional.of(netId()), address);
    }

    Site site() {
        return new Site(
                netId(),
                owner(),
                range(),
                address,
                subnet().map(Subnet::id),
                neighbourhood(),
                nic.map(Nic::id),
                vmId());
    }
}
