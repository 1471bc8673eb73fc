package dev.linkspan.core.rehearsal;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.PublicIpLinkId;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.port.PublicIpReader;
import dev.linkspan.core.port.PublicIpRepository;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@link PublicIpRepository} of a rehearsal. */
final class RehearsedPublicIps extends Overlay<PublicIpId, PublicIp> implements PublicIpRepository {

    private final PublicIpReader truth;

    /** Those of what was deleted; nothing else gives its address up. */
    private final Set<Ipv4> released = new HashSet<>();

    RehearsedPublicIps(PublicIpReader truth, Allowance allowance) {
        super(
                truth::find,
                PublicIp::id,
                byCreation(PublicIp::createdAt, it -> it.id().value()),
                allowance);
        this.truth = truth;
    }

    @Override
    public void save(PublicIp publicIp) {
        super.save(publicIp);
        released.remove(publicIp.address());
    }

    @Override
    public void delete(PublicIpId gone) {
        find(gone).map(PublicIp::address).ifPresent(released::add);
        super.delete(gone);
    }

    @Override
    public Optional<PublicIp> findByAddress(Ipv4 address) {
        return only(it -> it.address().equals(address), () -> truth.findByAddress(address));
    }

    @Override
    public Optional<PublicIp> findByLink(PublicIpLinkId id) {
        return only(it -> it.link().filter(link -> link.id().equals(id)).isPresent(), () -> truth.findByLink(id));
    }

    @Override
    public List<PublicIp> ofOwner(AccountId owner) {
        return some(truth.ofOwner(owner), it -> it.owner().equals(owner));
    }

    @Override
    public List<PublicIp> ofNet(NetId net) {
        return some(truth.ofNet(net), it -> it.isLinkedIn(net));
    }

    @Override
    public List<PublicIp> ofNic(NicId nic) {
        return some(truth.ofNic(nic), it -> it.isLinkedTo(nic));
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return truth.countOfOwner(owner) + difference(it -> it.owner().equals(owner));
    }

    @Override
    public Set<Ipv4> takenAddresses() {
        Set<Ipv4> taken = new HashSet<>(truth.takenAddresses());
        taken.removeAll(released);
        values().map(PublicIp::address).forEach(taken::add);
        return taken;
    }
}
