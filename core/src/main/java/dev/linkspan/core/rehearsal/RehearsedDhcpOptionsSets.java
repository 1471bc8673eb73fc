package dev.linkspan.core.rehearsal;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.net.DhcpOptionsSet;
import dev.linkspan.core.port.DhcpOptionsSetReader;
import dev.linkspan.core.port.DhcpOptionsSetRepository;
import java.util.List;

/** {@link DhcpOptionsSetRepository} of a rehearsal. */
final class RehearsedDhcpOptionsSets extends Overlay<DhcpOptionsSetId, DhcpOptionsSet>
        implements DhcpOptionsSetRepository {

    private final DhcpOptionsSetReader truth;

    RehearsedDhcpOptionsSets(DhcpOptionsSetReader truth, Allowance allowance) {
        super(
                truth::find,
                DhcpOptionsSet::id,
                byCreation(DhcpOptionsSet::createdAt, it -> it.id().value()),
                allowance);
        this.truth = truth;
    }

    @Override
    public List<DhcpOptionsSet> ofOwner(AccountId owner) {
        return some(truth.ofOwner(owner), it -> it.owner().equals(owner));
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return truth.countOfOwner(owner) + difference(it -> it.owner().equals(owner));
    }
}
