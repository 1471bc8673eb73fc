package dev.linkspan.core.port;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.id.VolumeId;
import dev.linkspan.core.volume.Volume;
import java.util.List;
import java.util.Optional;

/** Reads the volumes. */
public interface VolumeReader {

    Optional<Volume> find(VolumeId id);

    List<Volume> ofOwner(AccountId owner);

    List<Volume> ofVm(VmId vm);

    Optional<Volume> ofClientToken(AccountId owner, String token);

    int countOfOwner(AccountId owner);
}
