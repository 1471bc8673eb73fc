package dev.linkspan.core.rehearsal;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.port.SubnetReader;
import dev.linkspan.core.port.SubnetRepository;
import java.util.List;

/** {@link SubnetRepository} of a rehearsal. */
final class RehearsedSubnets extends Overlay<SubnetId, Subnet> implements SubnetRepository {

    private final SubnetReader truth;

    RehearsedSubnets(SubnetReader truth, Allowance allowance) {
        super(
                truth::find,
                Subnet::id,
                byCreation(Subnet::createdAt, it -> it.id().value()),
                allowance);
        this.truth = truth;
    }

    @Override
    public List<Subnet> ofOwner(AccountId owner) {
        return some(truth.ofOwner(owner), it -> it.owner().equals(owner));
    }

    @Override
    public List<Subnet> ofNet(NetId net) {
        return some(truth.ofNet(net), it -> it.net().equals(net));
    }
}
