package dev.linkspan.server.api.resource.volume;

import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.id.VolumeId;
import dev.linkspan.core.volume.Volume;
import dev.linkspan.core.volume.VolumeLink;
import dev.linkspan.core.volume.VolumeSpec;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.ec2.TagItem;
import dev.linkspan.server.api.ec2.ZoneIds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A volume as EC2's answers show it. */
record VolumeItem(
        VolumeId volumeId,
        int size,
        String snapshotId,
        SubregionName availabilityZone,
        String availabilityZoneId,
        String status,
        Instant createTime,
        List<AttachmentItem> attachmentSet,
        String volumeType,
        Optional<Integer> iops,
        Optional<Integer> throughput,
        boolean encrypted,
        Optional<String> kmsKeyId,
        boolean multiAttachEnabled,
        List<TagItem> tagSet) {

    record AttachmentItem(
            VolumeId volumeId,
            VmId instanceId,
            String device,
            String status,
            Instant attachTime,
            boolean deleteOnTermination) {

        static AttachmentItem of(Volume volume, VolumeLink link, String status) {
            return new AttachmentItem(
                    volume.id(), link.vm(), link.device(), status, link.since(), link.deleteOnVmDeletion());
        }
    }

    /**
     * What became of a change.
     *
     * @param modificationState done as soon as it is asked for
     */
    record ModificationItem(
            VolumeId volumeId,
            String modificationState,
            int progress,
            int targetSize,
            String targetVolumeType,
            Optional<Integer> targetIops,
            Optional<Integer> targetThroughput,
            boolean targetMultiAttachEnabled,
            Optional<Instant> startTime,
            Optional<Instant> endTime) {

        static ModificationItem of(Volume volume) {
            VolumeSpec spec = volume.spec();
            return new ModificationItem(
                    volume.id(),
                    "completed",
                    100,
                    spec.gib(),
                    spec.type(),
                    spec.iops(),
                    spec.throughput(),
                    false,
                    volume.changedAt(),
                    volume.changedAt());
        }
    }

    static VolumeItem of(Call call, Volume volume) {
        VolumeSpec spec = volume.spec();
        return new VolumeItem(
                volume.id(),
                spec.gib(),
                spec.snapshot().orElse(""),
                volume.subregion(),
                ZoneIds.of(volume.subregion()),
                volume.state(),
                volume.createdAt(),
                volume.link().stream()
                        .map(link -> AttachmentItem.of(volume, link, VolumeListing.LINK_STATE))
                        .toList(),
                spec.type(),
                spec.iops(),
                spec.throughput(),
                spec.encrypted(),
                spec.key(),
                false,
                TagItem.of(call, volume.id()));
    }
}
