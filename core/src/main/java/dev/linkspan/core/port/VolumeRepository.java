package dev.linkspan.core.port;

import dev.linkspan.core.id.VolumeId;
import dev.linkspan.core.volume.Volume;

/** Reads and writes the volumes. */
public interface VolumeRepository extends VolumeReader {

    void save(Volume volume);

    void delete(VolumeId id);
}
