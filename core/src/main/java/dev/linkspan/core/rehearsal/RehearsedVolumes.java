package dev.linkspan.core.rehearsal;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.id.VolumeId;
import dev.linkspan.core.port.VolumeReader;
import dev.linkspan.core.port.VolumeRepository;
import dev.linkspan.core.volume.Volume;
import java.util.List;
import java.util.Optional;

/** {@link VolumeRepository} of a rehearsal. */
final class RehearsedVolumes extends Overlay<VolumeId, Volume> implements VolumeRepository {

    private final VolumeReader truth;

    RehearsedVolumes(VolumeReader truth, Allowance allowance) {
        super(
                truth::find,
                Volume::id,
                byCreation(Volume::createdAt, it -> it.id().value()),
                allowance);
        this.truth = truth;
    }

    @Override
    public List<Volume> ofOwner(AccountId owner) {
        return some(truth.ofOwner(owner), it -> it.owner().equals(owner));
    }

    @Override
    public List<Volume> ofVm(VmId vm) {
        return some(truth.ofVm(vm), it -> isOf(it, vm));
    }

    @Override
    public Optional<Volume> ofClientToken(AccountId owner, String token) {
        return only(
                it -> it.owner().equals(owner) && it.clientToken().equals(Optional.of(token)),
                () -> truth.ofClientToken(owner, token));
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return truth.countOfOwner(owner) + difference(it -> it.owner().equals(owner));
    }

    private static boolean isOf(Volume volume, VmId vm) {
        return volume.link().filter(link -> link.vm().equals(vm)).isPresent();
    }
}
