package dev.linkspan.core.rehearsal;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.port.NatServiceReader;
import dev.linkspan.core.port.NatServiceRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@link NatServiceRepository} of a rehearsal. */
final class RehearsedNatServices extends Overlay<NatServiceId, NatService> implements NatServiceRepository {

    private final NatServiceReader truth;

    RehearsedNatServices(NatServiceReader truth, Allowance allowance) {
        super(
                truth::find,
                NatService::id,
                byCreation(NatService::createdAt, it -> it.id().value()),
                allowance);
        this.truth = truth;
    }

    @Override
    public List<NatService> ofOwner(AccountId owner) {
        return some(truth.ofOwner(owner), it -> it.owner().equals(owner));
    }

    @Override
    public List<NatService> existingOfNet(NetId net) {
        return some(truth.existingOfNet(net), it -> it.net().equals(net) && it.exists());
    }

    @Override
    public List<NatService> ofClientToken(AccountId owner, String clientToken) {
        return some(
                truth.ofClientToken(owner, clientToken),
                it -> it.owner().equals(owner) && it.clientToken().equals(Optional.of(clientToken)));
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return truth.countOfOwner(owner) + difference(it -> it.owner().equals(owner) && it.exists());
    }

    /** What time has done is for those who record it. */
    @Override
    public List<NatService> deletedBy(Instant time, int limit) {
        return List.of();
    }
}
