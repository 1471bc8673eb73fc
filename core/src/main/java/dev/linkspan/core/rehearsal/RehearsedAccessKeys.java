package dev.linkspan.core.rehearsal;

import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.port.AccessKeyReader;
import dev.linkspan.core.port.AccessKeyRepository;
import java.util.List;

/** {@link AccessKeyRepository} of a rehearsal. */
final class RehearsedAccessKeys extends Overlay<AccessKeyId, AccessKey> implements AccessKeyRepository {

    private final AccessKeyReader truth;

    RehearsedAccessKeys(AccessKeyReader truth, Allowance allowance) {
        super(
                truth::find,
                AccessKey::id,
                byCreation(AccessKey::createdAt, it -> it.id().value()),
                allowance);
        this.truth = truth;
    }

    @Override
    public List<AccessKey> ofOwner(AccountId owner) {
        return some(truth.ofOwner(owner), it -> it.owner().equals(owner));
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return truth.countOfOwner(owner) + difference(it -> it.owner().equals(owner));
    }
}
