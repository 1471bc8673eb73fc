package dev.linkspan.core.port;

import static dev.linkspan.core.port.InMemoryRows.inOrder;
import static dev.linkspan.core.port.InMemoryRows.needs;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.PublicIpLinkId;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.internet.PublicIpLink;
import dev.linkspan.core.port.World.Cell;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** {@link PublicIpRepository} of an {@link InMemoryStore}. */
record InMemoryPublicIps(World world, Cell cell) implements PublicIpRepository {

    @Override
    public Optional<PublicIp> find(PublicIpId id) {
        return cell.publicIps.row(id);
    }

    @Override
    public Optional<PublicIp> findByAddress(Ipv4 address) {
        return cell.publicIps.where(ip -> ip.address().equals(address)).findFirst();
    }

    @Override
    public Optional<PublicIp> findByLink(PublicIpLinkId id) {
        return cell.publicIps
                .where(ip -> ip.link().filter(link -> link.id().equals(id)).isPresent())
                .findFirst();
    }

    @Override
    public List<PublicIp> ofOwner(AccountId owner) {
        return where(ip -> ip.owner().equals(owner));
    }

    @Override
    public List<PublicIp> ofNet(NetId net) {
        return where(ip -> ip.isLinkedIn(net));
    }

    @Override
    public List<PublicIp> ofNic(NicId nic) {
        return where(ip -> ip.isLinkedTo(nic));
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return where(ip -> ip.owner().equals(owner)).size();
    }

    @Override
    public Set<Ipv4> takenAddresses() {
        return cell.publicIps.where(_ -> true).map(PublicIp::address).collect(Collectors.toSet());
    }

    private List<PublicIp> where(Predicate<PublicIp> predicate) {
        return inOrder(cell.publicIps.where(predicate), PublicIp::createdAt, PublicIp::id);
    }

    @Override
    public void save(PublicIp publicIp) {
        needs(world.accounts().has(publicIp.owner()), "public_ip_has_account");
        List<PublicIp> others = where(ip -> !ip.id().equals(publicIp.id()));
        needs(
                others.stream().noneMatch(ip -> ip.address().equals(publicIp.address())),
                "public_ip_address_once_per_region");
        publicIp.link().ifPresent(link -> {
            needs(cell.nics.has(link.nic()), "public_ip_link_has_nic");
            needs(
                    others.stream().flatMap(ip -> ip.link().stream()).noneMatch(other -> samePlace(link, other)),
                    "public_ip_one_per_private_address");
        });
        cell.publicIps.put(publicIp.id(), publicIp);
    }

    private static boolean samePlace(PublicIpLink one, PublicIpLink other) {
        return one.net().equals(other.net()) && one.privateAddress().equals(other.privateAddress());
    }

    @Override
    public void delete(PublicIpId id) {
        cell.publicIps.remove(id);
    }
}
