package dev.linkspan.server.api.resource.volume;

import static dev.linkspan.server.api.listing.Names.both;
import static dev.linkspan.server.api.listing.Names.ec2;

import dev.linkspan.core.id.VolumeId;
import dev.linkspan.core.volume.Volume;
import dev.linkspan.core.volume.VolumeLink;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.ZoneIds;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How volumes are listed: the caller's own. */
final class VolumeListing {

    /** The state of every link. */
    static final String LINK_STATE = "attached";

    static final Field<Volume, VolumeId> ID = Field.id(both("VolumeIds", "volume-id"), VolumeId.KIND, Volume::id);

    private static final Fields<Volume> FIELDS = Fields.<Volume>of()
            .with(ID)
            .text(both("ClientTokens"), Volume::clientToken)
            .date(both("CreationDates", "create-time"), Volume::createdAt)
            .flag(
                    both("LinkVolumeDeleteOnVmDeletion", "attachment.delete-on-termination"),
                    volume -> volume.link().map(VolumeLink::deleteOnVmDeletion))
            .text(
                    both("LinkVolumeDeviceNames", "attachment.device"),
                    volume -> volume.link().map(VolumeLink::device))
            .date(
                    both("LinkVolumeLinkDates", "attachment.attach-time"),
                    volume -> volume.link().map(VolumeLink::since))
            .text(
                    both("LinkVolumeLinkStates", "attachment.status"),
                    volume -> volume.link().map(_ -> LINK_STATE))
            .text(
                    both("LinkVolumeVmIds", "attachment.instance-id"),
                    volume -> volume.link().map(VolumeLink::vm))
            .text(both("SnapshotIds", "snapshot-id"), volume -> volume.spec().snapshot())
            .text(both("SubregionNames", "availability-zone"), Volume::subregion)
            .text(ec2("availability-zone-id"), volume -> ZoneIds.of(volume.subregion()))
            .number(both("VolumeSizes", "size"), volume -> volume.spec().gib())
            .text(both("VolumeStates", "status"), Volume::state)
            .text(both("VolumeTypes", "volume-type"), volume -> volume.spec().type())
            .flag(ec2("encrypted"), volume -> volume.spec().encrypted())
            .flag(ec2("fast-restored", "multi-attach-enabled", "operator.managed"), _ -> false)
            .absent(ec2("operator.principal"))
            .tags(Volume::id);

    static final Listing<Volume> VOLUMES = Listing.whole(
            FIELDS, VolumeListing::candidates, volume -> Position.byCreation(volume.createdAt(), volume.id()));

    private VolumeListing() {}

    static List<Volume> candidates(ReadCall call, Criteria<Volume> criteria) {
        Optional<List<VolumeId>> named = criteria.named(ID);
        Stream<Volume> found = named.map(ids -> ids.stream().flatMap(id -> call.snapshot().volumes().find(id).stream()))
                .orElseGet(() -> call.snapshot().volumes().ofOwner(call.caller()).stream());
        return found.filter(volume -> volume.owner().equals(call.caller())).toList();
    }
}
