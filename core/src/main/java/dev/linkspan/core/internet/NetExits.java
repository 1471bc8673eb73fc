package dev.linkspan.core.internet;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NatServiceId;
import java.util.List;
import java.util.Optional;

/**
 * What leads out of one Net other than its peerings.
 *
 * @param internetService the one that is linked to it (X1)
 * @param publicIps those that are linked to its NICs
 * @param natServices those that are not deleted
 */
public record NetExits(
        Optional<InternetService> internetService, List<PublicIp> publicIps, List<NatService> natServices) {

    /** Of a Net without any. */
    public static final NetExits NONE = new NetExits(Optional.empty(), List.of(), List.of());

    public NetExits {
        publicIps = List.copyOf(publicIps);
        natServices = List.copyOf(natServices);
    }

    /** Whether a route to it leads out: one that was unlinked is a dead end (X7). */
    public boolean isOpen(InternetServiceId id) {
        return internetService.filter(service -> service.id().equals(id)).isPresent();
    }

    /** The NAT service of this id, where it is there: a route to one that was deleted is a dead end (X7). */
    public Optional<NatService> natService(NatServiceId id) {
        return natServices.stream().filter(service -> service.id().equals(id)).findFirst();
    }

    /** The public address that stands for a private one. */
    public Optional<Ipv4> publicAddressOf(Ipv4 privateAddress) {
        return publicIps.stream()
                .filter(ip -> ip.link()
                        .filter(link -> link.privateAddress().equals(privateAddress))
                        .isPresent())
                .map(PublicIp::address)
                .findFirst();
    }

    /** The private address that a public one stands for, where it is one of this Net's. */
    public Optional<Ipv4> privateAddressOf(Ipv4 publicAddress) {
        return publicIps.stream()
                .filter(ip -> ip.address().equals(publicAddress))
                .flatMap(ip -> ip.link().stream())
                .map(PublicIpLink::privateAddress)
                .findFirst();
    }
}
