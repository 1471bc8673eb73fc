package dev.linkspan.core.port;

import static dev.linkspan.core.port.InMemoryRows.inOrder;
import static dev.linkspan.core.port.InMemoryRows.needs;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.id.VolumeId;
import dev.linkspan.core.port.World.Cell;
import dev.linkspan.core.volume.Volume;
import dev.linkspan.core.volume.VolumeLink;
import java.util.List;
import java.util.Optional;

/** {@link VolumeRepository} of an {@link InMemoryStore}. */
record InMemoryVolumes(World world, Cell cell) implements VolumeRepository {

    @Override
    public Optional<Volume> find(VolumeId id) {
        return cell.volumes.row(id);
    }

    @Override
    public List<Volume> ofOwner(AccountId owner) {
        return inOrder(cell.volumes.where(volume -> volume.owner().equals(owner)), Volume::createdAt, Volume::id);
    }

    @Override
    public List<Volume> ofVm(VmId vm) {
        return inOrder(
                cell.volumes.where(volume -> volume.link().map(VolumeLink::vm).equals(Optional.of(vm))),
                Volume::createdAt,
                Volume::id);
    }

    @Override
    public Optional<Volume> ofClientToken(AccountId owner, String token) {
        return ofOwner(owner).stream()
                .filter(volume -> volume.clientToken().equals(Optional.of(token)))
                .findFirst();
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return ofOwner(owner).size();
    }

    @Override
    public void save(Volume volume) {
        needs(world.accounts().has(volume.owner()), "volume_has_account");
        volume.link().ifPresent(link -> {
            needs(cell.vms.has(link.vm()), "volume_link_has_vm");
            needs(
                    ofVm(link.vm()).stream()
                            .allMatch(other -> other.id().equals(volume.id())
                                    || !other.link().map(VolumeLink::device).equals(Optional.of(link.device()))),
                    "volume_one_per_device");
        });
        cell.volumes.put(volume.id(), volume);
    }

    @Override
    public void delete(VolumeId id) {
        cell.volumes.remove(id);
    }
}
