package dev.linkspan.server.api.resource.volume;

import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.id.VolumeId;
import dev.linkspan.core.operation.Volumes;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.volume.Volume;
import dev.linkspan.core.volume.VolumeSpec;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ResourceTag;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.oapi.OapiListing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The calls on volumes. */
public final class VolumeCalls {

    record CreateVolumeRequest(
            Optional<String> clientToken,
            Optional<Integer> iops,
            Optional<Integer> size,
            Optional<String> snapshotId,
            @Required SubregionName subregionName,
            Optional<String> volumeType) {

        VolumeSpec spec() {
            int gib = size.orElseThrow(
                    () -> new Refusal(RefusalCode.MISSING_PARAMETER, "The Size of the volume is missing."));
            return VolumeSpec.of(
                    gib,
                    volumeType.filter(type -> !type.isEmpty()).orElse(VolumeSpec.STANDARD),
                    iops,
                    Optional.empty(),
                    false,
                    snapshotId.filter(id -> !id.isEmpty()),
                    Optional.empty());
        }
    }

    record LinkVolumeRequest(
            @Required String deviceName,
            @Required VmId vmId,
            @Required VolumeId volumeId) {}

    /** A volume is unlinked at once, whether forced or not. */
    record UnlinkVolumeRequest(
            Optional<Boolean> forceUnlink, @Required VolumeId volumeId) {}

    record UpdateVolumeRequest(
            Optional<Integer> iops,
            Optional<Integer> size,
            @Required VolumeId volumeId,
            Optional<String> volumeType) {

        VolumeSpec over(VolumeSpec before) {
            String type = volumeType.orElse(before.type());
            return VolumeSpec.of(
                    size.orElse(before.gib()),
                    type,
                    type.startsWith("io") ? iops.or(before::iops) : iops,
                    Optional.empty(),
                    before.encrypted(),
                    before.snapshot(),
                    before.key());
        }
    }

    record DeleteVolumeRequest(@Required VolumeId volumeId) {}

    record LinkedVolumeAnswer(
            boolean deleteOnVmDeletion, String deviceName, String state, VmId vmId, VolumeId volumeId) {}

    record VolumeAnswer(
            Optional<String> clientToken,
            Instant creationDate,
            Optional<Integer> iops,
            List<LinkedVolumeAnswer> linkedVolumes,
            int size,
            Optional<String> snapshotId,
            String state,
            SubregionName subregionName,
            List<ResourceTag> tags,
            VolumeId volumeId,
            String volumeType) {

        static VolumeAnswer of(Call call, Volume volume) {
            return new VolumeAnswer(
                    volume.clientToken(),
                    volume.createdAt(),
                    volume.spec().iops(),
                    volume.link().stream()
                            .map(link -> new LinkedVolumeAnswer(
                                    link.deleteOnVmDeletion(),
                                    link.device(),
                                    VolumeListing.LINK_STATE,
                                    link.vm(),
                                    volume.id()))
                            .toList(),
                    volume.spec().gib(),
                    volume.spec().snapshot(),
                    volume.state(),
                    volume.subregion(),
                    call.tagsOf(volume.id()),
                    volume.id(),
                    volume.spec().type());
        }
    }

    record VolumeResponse(VolumeAnswer volume) {}

    private static final OapiListing<Volume, VolumeAnswer> LISTING =
            new OapiListing<>("Volumes", VolumeAnswer.class, VolumeListing.VOLUMES, VolumeAnswer::of);

    private final Volumes volumes;

    public VolumeCalls(Volumes volumes) {
        this.volumes = volumes;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change("CreateVolume", CreateVolumeRequest.class, VolumeResponse.class, this::create),
                LISTING.operation("ReadVolumes"),
                Operation.change("UpdateVolume", UpdateVolumeRequest.class, VolumeResponse.class, this::update),
                Operation.change("LinkVolume", LinkVolumeRequest.class, Operation.Done.class, this::link),
                Operation.change("UnlinkVolume", UnlinkVolumeRequest.class, Operation.Done.class, this::unlink),
                Operation.change("DeleteVolume", DeleteVolumeRequest.class, Operation.Done.class, this::delete));
    }

    private VolumeResponse create(ChangeCall call, CreateVolumeRequest request) {
        Volume made = volumes.create(
                call.work(), call.caller(), request.subregionName(), request.spec(), request.clientToken());
        return new VolumeResponse(VolumeAnswer.of(call, made));
    }

    private VolumeResponse update(ChangeCall call, UpdateVolumeRequest request) {
        Volume changed = volumes.change(call.work(), call.caller(), request.volumeId(), request::over);
        return new VolumeResponse(VolumeAnswer.of(call, changed));
    }

    private Operation.Done link(ChangeCall call, LinkVolumeRequest request) {
        volumes.link(call.work(), call.caller(), request.volumeId(), request.vmId(), request.deviceName());
        return new Operation.Done();
    }

    private Operation.Done unlink(ChangeCall call, UnlinkVolumeRequest request) {
        volumes.unlink(call.work(), call.caller(), request.volumeId());
        return new Operation.Done();
    }

    private Operation.Done delete(ChangeCall call, DeleteVolumeRequest request) {
        volumes.delete(call.work(), call.caller(), request.volumeId());
        return new Operation.Done();
    }
}
