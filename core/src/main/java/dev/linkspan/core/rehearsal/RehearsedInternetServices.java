package dev.linkspan.core.rehearsal;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.port.InternetServiceReader;
import dev.linkspan.core.port.InternetServiceRepository;
import java.util.List;
import java.util.Optional;

/** {@link InternetServiceRepository} of a rehearsal. */
final class RehearsedInternetServices extends Overlay<InternetServiceId, InternetService>
        implements InternetServiceRepository {

    private final InternetServiceReader truth;

    RehearsedInternetServices(InternetServiceReader truth, Allowance allowance) {
        super(
                truth::find,
                InternetService::id,
                byCreation(InternetService::createdAt, it -> it.id().value()),
                allowance);
        this.truth = truth;
    }

    @Override
    public Optional<InternetService> findOfNet(NetId net) {
        return only(it -> it.isLinkedTo(net), () -> truth.findOfNet(net));
    }

    @Override
    public List<InternetService> ofOwner(AccountId owner) {
        return some(truth.ofOwner(owner), it -> it.owner().equals(owner));
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return truth.countOfOwner(owner) + difference(it -> it.owner().equals(owner));
    }
}
