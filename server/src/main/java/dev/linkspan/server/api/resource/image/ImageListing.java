package dev.linkspan.server.api.resource.image;

import static dev.linkspan.server.api.listing.Names.both;
import static dev.linkspan.server.api.listing.Names.ec2;
import static dev.linkspan.server.api.listing.Names.outscale;

import dev.linkspan.core.catalogue.Image;
import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.id.ImageId;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import dev.linkspan.server.api.listing.Names;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How images are listed: those of the catalogue, which have no tags, no product's name, and no launch permission of a single account. */
final class ImageListing {

    static final String STATE = "available";
    static final String TYPE = "machine";
    static final String PRODUCT_CODE = "0001";

    /** What OUTSCALE calls a volume of block storage. */
    static final String OUTSCALE_ROOT_DEVICE_TYPE = "bsu";

    static final Field<Image, ImageId> ID = Field.id(both("ImageIds", "image-id"), ImageId.KIND, Image::id);

    private static final Names[] ABSENT = {
        outscale("ProductCodeNames"),
        ec2("free-tier-eligible"),
        ec2("image-allowed"),
        ec2("kernel-id"),
        ec2("product-code"),
        ec2("product-code.type"),
        ec2("ramdisk-id"),
        ec2("source-image-id"),
        ec2("source-image-region"),
        ec2("source-instance-id"),
        ec2("state-reason-code"),
        ec2("state-reason-message"),
        ec2("sriov-net-support"),
        ec2("tpm-support")
    };

    private static final Fields<Image> FIELDS = Fields.<Image>of()
            .with(ID)
            .pattern(both("ImageNames", "name"), Image::name)
            .text(both("Descriptions", "description"), Image::description)
            .text(both("Architectures", "architecture"), image -> image.system().architecture())
            .text(both("FileLocations", "manifest-location"), Image::location)
            .text(both("States", "state"), _ -> STATE)
            .text(
                    both("RootDeviceNames", "root-device-name"),
                    image -> image.system().rootDevice())
            .text(outscale("RootDeviceTypes"), _ -> OUTSCALE_ROOT_DEVICE_TYPE)
            .text(ec2("root-device-type"), _ -> Platform.ROOT_DEVICE_TYPE)
            .text(both("Hypervisors", "hypervisor"), _ -> Platform.HYPERVISOR)
            .text(both("VirtualizationTypes", "virtualization-type"), _ -> Platform.VIRTUALIZATION)
            .text(outscale("BootModes"), image -> image.system().bootMode())
            .text(ec2("boot-mode"), image -> Platform.bootModeOf(image.system()))
            .text(ec2("platform"), image -> Platform.platformOf(image.system()))
            .text(both("AccountAliases", "owner-alias"), Image::ownerAlias)
            .account(both("AccountIds", "owner-id"), Image::owner)
            .flag(both("PermissionsToLaunchGlobalPermission", "is-public"), _ -> true)
            .account(outscale("PermissionsToLaunchAccountIds"), _ -> List.of())
            .text(outscale("ProductCodes"), _ -> PRODUCT_CODE)
            .flag(outscale("SecureBoot"), _ -> false)
            .flag(outscale("TpmMandatory"), _ -> false)
            .date(ec2("creation-date"), Image::createdAt)
            .flag(ec2("ena-support"), Image::enhancedNetworking)
            .text(ec2("image-type"), _ -> TYPE)
            .text(ec2("platform-details"), image -> Platform.detailsOf(image.system()))
            .text(ec2("usage-operation"), image -> Platform.usageOperationOf(image.system()))
            .flag(both("BlockDeviceMappingDeleteOnVmDeletion", "block-device-mapping.delete-on-termination"), _ -> true)
            .text(
                    both("BlockDeviceMappingDeviceNames", "block-device-mapping.device-name"),
                    image -> image.system().rootDevice())
            .text(both("BlockDeviceMappingSnapshotIds", "block-device-mapping.snapshot-id"), Image::snapshot)
            .number(
                    both("BlockDeviceMappingVolumeSizes", "block-device-mapping.volume-size"),
                    image -> image.rootVolume().gib())
            .text(
                    both("BlockDeviceMappingVolumeTypes", "block-device-mapping.volume-type"),
                    image -> image.rootVolume().type())
            .flag(ec2("block-device-mapping.encrypted"), _ -> false)
            .absent(ABSENT)
            .tags(Image::id);

    private ImageListing() {}

    /** In the order of the catalogue. */
    static Listing<Image> of(Images images) {
        List<Image> all = images.all();
        Map<ImageId, Integer> places = IntStream.range(0, all.size())
                .boxed()
                .collect(Collectors.toMap(place -> all.get(place).id(), it -> it));
        return Listing.whole(FIELDS, (_, _) -> all, image -> Position.byName("%06d".formatted(places.get(image.id()))));
    }
}
