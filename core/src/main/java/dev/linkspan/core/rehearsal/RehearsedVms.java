package dev.linkspan.core.rehearsal;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.port.VmReader;
import dev.linkspan.core.port.VmRepository;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link VmRepository} of a rehearsal. */
final class RehearsedVms extends Overlay<VmId, Vm> implements VmRepository {

    private final VmReader truth;

    RehearsedVms(VmReader truth, Allowance allowance) {
        super(truth::find, Vm::id, byCreation(Vm::createdAt, it -> it.id().value()), allowance);
        this.truth = truth;
    }

    @Override
    public List<Vm> ofOwner(AccountId owner) {
        return some(truth.ofOwner(owner), it -> it.owner().equals(owner));
    }

    @Override
    public List<Vm> ofNet(NetId net) {
        return some(truth.ofNet(net), it -> it.net().equals(net));
    }

    @Override
    public List<Vm> ofClientToken(AccountId owner, String clientToken) {
        return some(
                truth.ofClientToken(owner, clientToken),
                it -> it.owner().equals(owner) && it.clientToken().equals(Optional.of(clientToken)));
    }

    @Override
    public boolean existsIn(NetId net) {
        return size() == 0 ? truth.existsIn(net) : ofNet(net).stream().anyMatch(Vm::exists);
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return truth.countOfOwner(owner) + difference(it -> it.owner().equals(owner) && it.exists());
    }

    @Override
    public Map<VmState, Long> countByState() {
        return truth.countByState();
    }

    /** What time has done is for those who record it. */
    @Override
    public List<Vm> terminatedBy(Instant time, int limit) {
        return List.of();
    }
}
