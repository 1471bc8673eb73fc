package dev.linkspan.server.api.ec2;

import dev.linkspan.core.catalogue.Image;
import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ImageId;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.machine.SeenVm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The action that tells which images there are. They are the server's own, and everybody may use them. */
public final class ImageActions {

    static final String PLATFORM = "Linux/UNIX";
    static final String USAGE_OPERATION = "RunInstances";

    private static final String STATE = "available";
    private static final String TYPE = "machine";
    private static final String EVERYBODY = "all";

    record DescribeImagesRequest(
            List<ImageId> imageId,
            List<String> owner,
            List<String> executableBy,
            List<Filter> filter,
            Optional<Boolean> includeDeprecated,
            Optional<Boolean> includeDisabled,
            Optional<Integer> maxResults,
            Optional<String> nextToken) {

        /** Whose an image is, and who may use it, are filters by another name: all are public, and nobody is named. */
        Ec2Listing.Asked asked() {
            List<Filter> filters = new ArrayList<>(filter);
            if (!owner.isEmpty()) {
                filters.add(new Filter(
                        "owner-id", owner.stream().map(ImageActions::ownerId).toList()));
            }
            if (!executableBy.isEmpty()) {
                filters.add(new Filter("is-public", List.of(Boolean.toString(executableBy.contains(EVERYBODY)))));
            }
            return new Ec2Listing.Asked(Parameter.IMAGE, imageId, filters, maxResults, nextToken);
        }
    }

    record Item(
            ImageId imageId,
            String name,
            String description,
            String imageLocation,
            String imageState,
            String imageType,
            AccountId imageOwnerId,
            String imageOwnerAlias,
            boolean isPublic,
            Instant creationDate,
            String architecture,
            String bootMode,
            String platformDetails,
            String usageOperation,
            String hypervisor,
            String virtualizationType,
            String rootDeviceName,
            String rootDeviceType,
            List<String> blockDeviceMapping,
            List<String> productCodes,
            boolean enaSupport,
            List<TagItem> tagSet) {

        static Item of(Image image) {
            return new Item(
                    image.id(),
                    image.name(),
                    image.description(),
                    image.location(),
                    STATE,
                    TYPE,
                    Images.OWNER,
                    Images.OWNER_ALIAS,
                    true,
                    image.createdAt(),
                    image.architecture(),
                    bootModeOf(image),
                    PLATFORM,
                    USAGE_OPERATION,
                    SeenVm.HYPERVISOR,
                    InstanceItem.VIRTUALIZATION,
                    image.rootDevice(),
                    SeenVm.ROOT_DEVICE_TYPE,
                    List.of(),
                    List.of(),
                    false,
                    List.of());
        }
    }

    private static final Ec2Filters<Image> FILTERS = Ec2Filters.<Image>of()
            .with("architecture", Image::architecture)
            .with("boot-mode", ImageActions::bootModeOf)
            .with("creation-date", Image::createdAt)
            .with("description", Image::description)
            .with("ena-support", _ -> false)
            .with("hypervisor", _ -> SeenVm.HYPERVISOR)
            .with("image-id", Image::id)
            .with("image-type", _ -> TYPE)
            .with("is-public", _ -> true)
            .with("manifest-location", Image::location)
            .with("name", Image::name)
            .with("owner-alias", _ -> Images.OWNER_ALIAS)
            .with("owner-id", _ -> Images.OWNER)
            .with("platform-details", _ -> PLATFORM)
            .with("root-device-name", Image::rootDevice)
            .with("root-device-type", _ -> SeenVm.ROOT_DEVICE_TYPE)
            .with("state", _ -> STATE)
            .with("usage-operation", _ -> USAGE_OPERATION)
            .with("virtualization-type", _ -> InstanceItem.VIRTUALIZATION)
            .absent(
                    "block-device-mapping.delete-on-termination",
                    "block-device-mapping.device-name",
                    "block-device-mapping.encrypted",
                    "block-device-mapping.snapshot-id",
                    "block-device-mapping.volume-size",
                    "block-device-mapping.volume-type",
                    "kernel-id",
                    "platform",
                    "product-code",
                    "product-code.type",
                    "ramdisk-id",
                    "source-image-id",
                    "source-instance-id",
                    "state-reason-code",
                    "state-reason-message",
                    "sriov-net-support",
                    "tpm-support")
            .tags(Image::id);

    private static final Ec2Listing<Image> LISTING = new Ec2Listing<>(
            "ImagesSet",
            Ec2Listing.all((_, _) -> Images.all(), ImageActions::position),
            Map.of(),
            ImageActions::position,
            Image::id,
            FILTERS,
            (_, image) -> Item.of(image));

    public List<Operation> operations() {
        return List.of(Operation.read("DescribeImages", DescribeImagesRequest.class, ImageActions::describe));
    }

    private static Object describe(ReadCall call, DescribeImagesRequest request) {
        return LISTING.page(call, request.asked());
    }

    /** An owner is named by id or by alias. */
    private static String ownerId(String named) {
        return named.equals(Images.OWNER_ALIAS) ? Images.OWNER.value() : named;
    }

    private static Position position(Image image) {
        return Position.byCreation(image.createdAt(), image.id());
    }

    /** What EC2 calls the one mode that images boot in. */
    static String bootModeOf(Image image) {
        return image.bootMode() + "-bios";
    }
}
