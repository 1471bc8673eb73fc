package dev.linkspan.server.api.resource.volume;

import static dev.linkspan.server.api.listing.Names.ec2;

import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.id.VolumeId;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.operation.Volumes;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.volume.Volume;
import dev.linkspan.core.volume.VolumeLink;
import dev.linkspan.core.volume.VolumeSpec;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.Done;
import dev.linkspan.server.api.ec2.Ec2Listing;
import dev.linkspan.server.api.ec2.Filter;
import dev.linkspan.server.api.ec2.FixedParameter;
import dev.linkspan.server.api.ec2.TagSpecification;
import dev.linkspan.server.api.ec2.ZoneIds;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import dev.linkspan.server.api.resource.volume.VolumeItem.AttachmentItem;
import dev.linkspan.server.api.resource.volume.VolumeItem.ModificationItem;
import java.util.List;
import java.util.Optional;

/** The actions on volumes. */
public final class VolumeActions {

    private static final String TYPE = "volume";

    record CreateVolumeRequest(
            Optional<SubregionName> availabilityZone,
            Optional<String> availabilityZoneId,
            Optional<Integer> size,
            Optional<String> volumeType,
            Optional<Integer> iops,
            Optional<Integer> throughput,
            Optional<Boolean> encrypted,
            Optional<String> kmsKeyId,
            Optional<String> snapshotId,
            Optional<Boolean> multiAttachEnabled,
            Optional<String> outpostArn,
            Optional<String> clientToken,
            List<TagSpecification> tagSpecification) {

        SubregionName zone(RegionName region) {
            return ZoneIds.require(region, availabilityZone, availabilityZoneId);
        }

        VolumeSpec spec() {
            FixedParameter.requireNot(
                    "MultiAttachEnabled", multiAttachEnabled, "a volume is attached to one instance at a time");
            FixedParameter.requireNone("OutpostArn", outpostArn, "there are no Outposts");
            int gib = size.orElseThrow(
                    () -> new Refusal(RefusalCode.MISSING_PARAMETER, "The request must contain the parameter Size."));
            return VolumeSpec.of(
                    gib,
                    volumeType.filter(type -> !type.isEmpty()).orElse(VolumeSpec.GP2),
                    iops,
                    throughput,
                    encrypted.orElse(false),
                    snapshotId.filter(id -> !id.isEmpty()),
                    kmsKeyId.filter(key -> !key.isEmpty()));
        }
    }

    record AttachVolumeRequest(
            @Required String device,
            @Required VmId instanceId,
            @Required VolumeId volumeId) {}

    /** A volume is detached at once, whether forced or not. */
    record DetachVolumeRequest(
            Optional<String> device,
            Optional<VmId> instanceId,
            @Required VolumeId volumeId,
            Optional<Boolean> force) {

        /** Names of where it is must be right, as far as they are given. */
        void requireThere(VolumeLink link) {
            instanceId.filter(vm -> !vm.equals(link.vm())).ifPresent(vm -> {
                throw Refusal.badValue("InstanceId", vm, "the volume is attached to %s", link.vm());
            });
            device.filter(name -> !name.equals(link.device())).ifPresent(name -> {
                throw Refusal.badValue(Parameter.DEVICE, name, "the volume is attached as %s", link.device());
            });
        }
    }

    record DeleteVolumeRequest(@Required VolumeId volumeId) {}

    record ModifyVolumeRequest(
            @Required VolumeId volumeId,
            Optional<Integer> size,
            Optional<String> volumeType,
            Optional<Integer> iops,
            Optional<Integer> throughput,
            Optional<Boolean> multiAttachEnabled) {

        /** What a type is sold with stays as it was chosen while the type stays. */
        VolumeSpec over(VolumeSpec before) {
            FixedParameter.requireNot(
                    "MultiAttachEnabled", multiAttachEnabled, "a volume is attached to one instance at a time");
            String type = volumeType.filter(it -> !it.isEmpty()).orElse(before.type());
            boolean kept = type.equals(before.type()) && !type.equals(VolumeSpec.GP2);
            return VolumeSpec.of(
                    size.orElse(before.gib()),
                    type,
                    kept ? iops.or(before::iops) : iops,
                    kept ? throughput.or(before::throughput) : throughput,
                    before.encrypted(),
                    before.snapshot(),
                    before.key());
        }
    }

    record DescribeVolumesRequest(
            List<VolumeId> volumeId, List<Filter> filter, Optional<Integer> maxResults, Optional<String> nextToken) {

        Ec2Listing.Asked asked() {
            return new Ec2Listing.Asked(Parameter.VOLUME, volumeId, filter, maxResults, nextToken);
        }
    }

    record ModifyVolumeAnswer(ModificationItem volumeModification) {}

    private static final Ec2Listing<Volume> LISTING =
            new Ec2Listing<>("VolumeSet", VolumeListing.VOLUMES, VolumeListing.ID, VolumeItem::of);

    /** The last change of each volume, which is all that is kept of them. */
    private static final Ec2Listing<Volume> MODIFICATIONS = new Ec2Listing<>(
            "VolumeModificationSet",
            Listing.whole(
                    Fields.<Volume>of()
                            .with(VolumeListing.ID)
                            .with(Field.text(ec2("modification-state"), _ -> "completed"))
                            .number(ec2("target-size"), volume -> volume.spec().gib())
                            .number(ec2("target-iops"), volume -> volume.spec().iops())
                            .text(
                                    ec2("target-volume-type"),
                                    volume -> volume.spec().type())
                            .date(ec2("start-time"), Volume::changedAt)
                            .flag(ec2("targetMultiAttachEnabled", "originalMultiAttachEnabled"), _ -> false)
                            .absent(ec2("original-iops", "original-size", "original-volume-type")),
                    VolumeActions::changed,
                    volume -> Position.byCreation(volume.createdAt(), volume.id())),
            VolumeListing.ID,
            (_, volume) -> ModificationItem.of(volume));

    private final Volumes volumes;
    private final Tags tags;

    public VolumeActions(Volumes volumes, Tags tags) {
        this.volumes = volumes;
        this.tags = tags;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change("CreateVolume", CreateVolumeRequest.class, this::create),
                Operation.read(
                        "DescribeVolumes",
                        DescribeVolumesRequest.class,
                        (call, request) -> LISTING.page(call, request.asked())),
                Operation.change("AttachVolume", AttachVolumeRequest.class, this::attach),
                Operation.change("DetachVolume", DetachVolumeRequest.class, this::detach),
                Operation.change("ModifyVolume", ModifyVolumeRequest.class, this::modify),
                Operation.read(
                        "DescribeVolumesModifications",
                        DescribeVolumesRequest.class,
                        (call, request) -> MODIFICATIONS.page(call, request.asked())),
                Operation.change("DeleteVolume", DeleteVolumeRequest.class, this::delete));
    }

    private static List<Volume> changed(ReadCall call, Criteria<Volume> criteria) {
        return VolumeListing.candidates(call, criteria).stream()
                .filter(volume -> volume.changedAt().isPresent())
                .toList();
    }

    private Object create(ChangeCall call, CreateVolumeRequest request) {
        Optional<Volume> before =
                request.clientToken().flatMap(token -> call.snapshot().volumes().ofClientToken(call.caller(), token));
        if (before.isPresent()) {
            return VolumeItem.of(call, before.get());
        }
        SubregionName zone = request.zone(call.snapshot().region());
        Volume made = volumes.create(call.work(), call.caller(), zone, request.spec(), request.clientToken());
        TagSpecification.apply(call, tags, request.tagSpecification(), TYPE, made.id());
        return VolumeItem.of(call, made);
    }

    private Object attach(ChangeCall call, AttachVolumeRequest request) {
        Volume linked =
                volumes.link(call.work(), call.caller(), request.volumeId(), request.instanceId(), request.device());
        return AttachmentItem.of(linked, linked.link().orElseThrow(), VolumeListing.LINK_STATE);
    }

    private Object detach(ChangeCall call, DetachVolumeRequest request) {
        Volume before = volumes.unlink(call.work(), call.caller(), request.volumeId());
        VolumeLink link = before.link().orElseThrow();
        request.requireThere(link);
        return AttachmentItem.of(before, link, "detached");
    }

    private Object modify(ChangeCall call, ModifyVolumeRequest request) {
        Volume changed = volumes.change(call.work(), call.caller(), request.volumeId(), request::over);
        return new ModifyVolumeAnswer(ModificationItem.of(changed));
    }

    private Object delete(ChangeCall call, DeleteVolumeRequest request) {
        volumes.delete(call.work(), call.caller(), request.volumeId());
        return Done.IT_IS;
    }
}
