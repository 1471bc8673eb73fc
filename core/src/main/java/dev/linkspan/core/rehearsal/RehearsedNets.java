package dev.linkspan.core.rehearsal;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.port.NetReader;
import dev.linkspan.core.port.NetRepository;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@link NetRepository} of a rehearsal. */
final class RehearsedNets extends Overlay<NetId, Net> implements NetRepository {

    private final NetReader truth;
    private final Set<AccountId> given = new HashSet<>();

    RehearsedNets(NetReader truth, Allowance allowance) {
        super(truth::find, Net::id, byCreation(Net::createdAt, it -> it.id().value()), allowance);
        this.truth = truth;
    }

    @Override
    public Optional<Net> findInAnyRegion(NetId id) {
        return covers(id) ? find(id) : truth.findInAnyRegion(id);
    }

    @Override
    public List<Net> ofOwner(AccountId owner) {
        return some(truth.ofOwner(owner), it -> it.owner().equals(owner));
    }

    @Override
    public List<NetId> ids() {
        return Stream.concat(truth.ids().stream().filter(id -> !covers(id)), values().map(Net::id))
                .toList();
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return truth.countOfOwner(owner) + difference(it -> it.owner().equals(owner));
    }

    @Override
    public boolean wasGivenDefault(AccountId account) {
        return given.contains(account) || truth.wasGivenDefault(account);
    }

    @Override
    public void setGivenDefault(AccountId account) {
        use();
        given.add(account);
    }
}
