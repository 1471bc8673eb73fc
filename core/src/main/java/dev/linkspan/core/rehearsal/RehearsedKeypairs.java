package dev.linkspan.core.rehearsal;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.keypair.Keypair;
import dev.linkspan.core.port.KeypairReader;
import dev.linkspan.core.port.KeypairRepository;
import java.util.List;
import java.util.Optional;

/** {@link KeypairRepository} of a rehearsal. */
final class RehearsedKeypairs extends Overlay<KeypairId, Keypair> implements KeypairRepository {

    private final KeypairReader truth;

    RehearsedKeypairs(KeypairReader truth, Allowance allowance) {
        super(
                truth::find,
                Keypair::id,
                byCreation(Keypair::createdAt, it -> it.id().value()),
                allowance);
        this.truth = truth;
    }

    @Override
    public Optional<Keypair> findByName(AccountId owner, String name) {
        return only(it -> it.owner().equals(owner) && it.name().equals(name), () -> truth.findByName(owner, name));
    }

    @Override
    public List<Keypair> ofOwner(AccountId owner) {
        return some(truth.ofOwner(owner), it -> it.owner().equals(owner));
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return truth.countOfOwner(owner) + difference(it -> it.owner().equals(owner));
    }
}
