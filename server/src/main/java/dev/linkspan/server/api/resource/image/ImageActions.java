package dev.linkspan.server.api.resource.image;

import dev.linkspan.core.catalogue.Image;
import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ImageId;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.Ec2Listing;
import dev.linkspan.server.api.ec2.Filter;
import dev.linkspan.server.api.ec2.TagItem;
import dev.linkspan.server.api.listing.Listing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The action that tells which images there are. Everybody may use them all. */
public final class ImageActions {

    private static final String EVERYBODY = "all";
    private static final String SELF = "self";
    private static final String BY_ID = "image-id";

    record DescribeImagesRequest(
            List<ImageId> imageId,
            List<String> owner,
            List<String> executableBy,
            List<Filter> filter,
            Optional<Boolean> includeDeprecated,
            Optional<Boolean> includeDisabled,
            Optional<Integer> maxResults,
            Optional<String> nextToken) {

        /** Who may use an image is a filter by another name: all are public, and nobody is named. */
        Ec2Listing.Asked asked() {
            List<Filter> filters = new ArrayList<>(filter);
            if (!imageId.isEmpty()) {
                filters.add(
                        new Filter(BY_ID, imageId.stream().map(ImageId::value).toList()));
            }
            if (!executableBy.isEmpty()) {
                filters.add(new Filter("is-public", List.of(Boolean.toString(executableBy.contains(EVERYBODY)))));
            }
            return new Ec2Listing.Asked(Parameter.IMAGE, List.of(), filters, maxResults, nextToken);
        }

        /** Whether an image is one of the owners', who are named by id, by alias, or as the caller's self. */
        boolean isOfOwner(Image image, AccountId caller) {
            return owner.isEmpty()
                    || owner.contains(image.owner().value())
                    || image.ownerAlias().filter(owner::contains).isPresent()
                    || (owner.contains(SELF) && image.owner().equals(caller));
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
            Optional<String> imageOwnerAlias,
            boolean isPublic,
            Instant creationDate,
            String architecture,
            String bootMode,
            Optional<String> platform,
            String platformDetails,
            String usageOperation,
            String hypervisor,
            String virtualizationType,
            String rootDeviceName,
            String rootDeviceType,
            List<BlockDeviceItem> blockDeviceMapping,
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
                    image.owner(),
                    image.ownerAlias(),
                    true,
                    image.createdAt(),
                    image.system().architecture(),
                    Platform.bootModeOf(image.system()),
                    Platform.platformOf(image.system()),
                    Platform.detailsOf(image.system()),
                    Platform.usageOperationOf(image.system()),
                    Platform.HYPERVISOR,
                    Platform.VIRTUALIZATION,
                    image.system().rootDevice(),
                    Platform.ROOT_DEVICE_TYPE,
                    List.of(BlockDeviceItem.of(image)),
                    List.of(),
                    image.enhancedNetworking(),
                    List.of());
        }
    }

    record BlockDeviceItem(String deviceName, EbsItem ebs) {

        static BlockDeviceItem of(Image image) {
            return new BlockDeviceItem(
                    image.system().rootDevice(),
                    new EbsItem(
                            true,
                            image.snapshot(),
                            image.rootVolume().gib(),
                            image.rootVolume().type(),
                            false));
        }
    }

    record EbsItem(
            boolean deleteOnTermination, String snapshotId, int volumeSize, String volumeType, boolean encrypted) {}

    private final Images images;
    private final Listing<Image> listing;

    public ImageActions(Images images) {
        this.images = images;
        this.listing = ImageListing.of(images);
    }

    public List<Operation> operations() {
        return List.of(Operation.read("DescribeImages", DescribeImagesRequest.class, this::describe));
    }

    private Object describe(ReadCall call, DescribeImagesRequest request) {
        request.imageId().stream()
                .filter(id -> images.find(id).isEmpty())
                .findFirst()
                .ifPresent(id -> {
                    throw Refusal.unknown(Parameter.IMAGE, id);
                });
        List<Image> ofOwners = images.all().stream()
                .filter(image -> request.isOfOwner(image, call.caller()))
                .toList();
        return new Ec2Listing<>("ImagesSet", listing.of(ofOwners), ImageListing.ID, (_, image) -> Item.of(image))
                .page(call, request.asked());
    }
}
