package dev.linkspan.core.rehearsal;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.port.NicReader;
import dev.linkspan.core.port.NicRepository;
import java.util.List;
import java.util.Optional;

/** {@link NicRepository} of a rehearsal. */
final class RehearsedNics extends Overlay<NicId, Nic> implements NicRepository {

    private final NicReader truth;

    RehearsedNics(NicReader truth, Allowance allowance) {
        super(truth::find, Nic::id, byCreation(Nic::createdAt, it -> it.id().value()), allowance);
        this.truth = truth;
    }

    @Override
    public Optional<Nic> findByLink(NicLinkId id) {
        return only(it -> it.link().filter(link -> link.id().equals(id)).isPresent(), () -> truth.findByLink(id));
    }

    @Override
    public List<Nic> ofOwner(AccountId owner) {
        return some(truth.ofOwner(owner), it -> it.owner().equals(owner));
    }

    @Override
    public List<Nic> ofNet(NetId net) {
        return some(truth.ofNet(net), it -> it.net().equals(net));
    }

    @Override
    public List<Nic> ofSubnet(SubnetId subnet) {
        return some(truth.ofSubnet(subnet), it -> it.subnet().equals(subnet));
    }

    @Override
    public List<Nic> ofVm(VmId vm) {
        return some(truth.ofVm(vm), it -> it.isLinkedTo(vm));
    }

    @Override
    public List<Nic> ofSecurityGroup(SecurityGroupId group) {
        return some(truth.ofSecurityGroup(group), it -> it.groups().contains(group));
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return truth.countOfOwner(owner) + difference(it -> it.owner().equals(owner));
    }
}
