package dev.linkspan.core.rehearsal;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.LaunchTemplateId;
import dev.linkspan.core.net.LaunchTemplate;
import dev.linkspan.core.port.LaunchTemplateReader;
import dev.linkspan.core.port.LaunchTemplateRepository;
import java.util.List;

/** {@link LaunchTemplateRepository} of a rehearsal. */
final class RehearsedLaunchTemplates extends Overlay<LaunchTemplateId, LaunchTemplate>
        implements LaunchTemplateRepository {

    private final LaunchTemplateReader truth;

    RehearsedLaunchTemplates(LaunchTemplateReader truth, Allowance allowance) {
        super(
                truth::find,
                LaunchTemplate::id,
                byCreation(LaunchTemplate::createdAt, it -> it.id().value()),
                allowance);
        this.truth = truth;
    }

    @Override
    public List<LaunchTemplate> ofOwner(AccountId owner) {
        return some(truth.ofOwner(owner), it -> it.owner().equals(owner));
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return truth.countOfOwner(owner) + difference(it -> it.owner().equals(owner));
    }
}
