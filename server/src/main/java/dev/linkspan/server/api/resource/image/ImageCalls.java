package dev.linkspan.server.api.resource.image;

import dev.linkspan.core.catalogue.Image;
import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ImageId;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ResourceTag;
import dev.linkspan.server.api.oapi.OapiListing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The call that lists the images that VMs are made of. Everybody may use them all. */
public final class ImageCalls {

    record ImageAnswer(
            ImageId imageId,
            String imageName,
            String imageType,
            String description,
            String state,
            StateComment stateComment,
            AccountId accountId,
            Optional<String> accountAlias,
            String architecture,
            List<BlockDeviceMappingImage> blockDeviceMappings,
            List<String> bootModes,
            Instant creationDate,
            String fileLocation,
            PermissionsOnResource permissionsToLaunch,
            List<String> productCodes,
            String rootDeviceName,
            String rootDeviceType,
            boolean secureBoot,
            boolean tpmMandatory,
            List<ResourceTag> tags) {}

    record BlockDeviceMappingImage(BsuToCreate bsu, String deviceName) {

        static BlockDeviceMappingImage of(Image image) {
            return new BlockDeviceMappingImage(
                    new BsuToCreate(
                            true,
                            image.snapshot(),
                            image.rootVolume().gib(),
                            image.rootVolume().type()),
                    image.system().rootDevice());
        }
    }

    record BsuToCreate(boolean deleteOnVmDeletion, String snapshotId, int volumeSize, String volumeType) {}

    record StateComment() {}

    record PermissionsOnResource(boolean globalPermission, List<AccountId> accountIds) {}

    private final OapiListing<Image, ImageAnswer> listing;

    public ImageCalls(Images images) {
        this.listing =
                new OapiListing<>("Images", ImageAnswer.class, ImageListing.of(images), (_, image) -> answer(image));
    }

    public List<Operation> operations() {
        return List.of(listing.operation("ReadImages"));
    }

    private static ImageAnswer answer(Image image) {
        return new ImageAnswer(
                image.id(),
                image.name(),
                ImageListing.TYPE,
                image.description(),
                ImageListing.STATE,
                new StateComment(),
                image.owner(),
                image.ownerAlias(),
                image.system().architecture(),
                List.of(BlockDeviceMappingImage.of(image)),
                List.of(image.system().bootMode()),
                image.createdAt(),
                image.location(),
                new PermissionsOnResource(true, List.of()),
                List.of(ImageListing.PRODUCT_CODE),
                image.system().rootDevice(),
                ImageListing.OUTSCALE_ROOT_DEVICE_TYPE,
                false,
                false,
                List.of());
    }
}
