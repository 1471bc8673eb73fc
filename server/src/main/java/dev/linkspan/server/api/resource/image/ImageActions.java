package dev.linkspan.server.api.resource.image;

import dev.linkspan.core.catalogue.Image;
import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ImageId;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.Ec2Listing;
import dev.linkspan.server.api.ec2.Filter;
import dev.linkspan.server.api.ec2.TagItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The action that tells which images there are. They are the server's own, and everybody may use them. */
public final class ImageActions {

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
            return new Ec2Listing.Asked("ImageId", imageId, filters, maxResults, nextToken);
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
                    ImageListing.STATE,
                    ImageListing.TYPE,
                    Images.OWNER,
                    Images.OWNER_ALIAS,
                    true,
                    image.createdAt(),
                    image.architecture(),
                    Platform.bootModeOf(image),
                    Platform.DETAILS,
                    Platform.USAGE_OPERATION,
                    Platform.HYPERVISOR,
                    Platform.VIRTUALIZATION,
                    image.rootDevice(),
                    Platform.ROOT_DEVICE_TYPE,
                    List.of(),
                    List.of(),
                    false,
                    List.of());
        }
    }

    private static final Ec2Listing<Image> LISTING =
            new Ec2Listing<>("ImagesSet", ImageListing.IMAGES, ImageListing.ID, (_, image) -> Item.of(image));

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
}
