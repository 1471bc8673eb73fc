package dev.linkspan.server.api.resource.image;

import dev.linkspan.core.catalogue.Image;
import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ImageId;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ResourceTag;
import dev.linkspan.server.api.oapi.Absent;
import dev.linkspan.server.api.oapi.OapiListing;
import java.time.Instant;
import java.util.List;

/** The call that lists the images that VMs are made of. They are the server's own, and everybody may use them. */
public final class ImageCalls {

    record ImageAnswer(
            ImageId imageId,
            String imageName,
            String imageType,
            String description,
            String state,
            StateComment stateComment,
            AccountId accountId,
            String accountAlias,
            String architecture,
            List<Absent> blockDeviceMappings,
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

    record StateComment() {}

    record PermissionsOnResource(boolean globalPermission, List<AccountId> accountIds) {}

    private static final OapiListing<Image, ImageAnswer> LISTING =
            new OapiListing<>("Images", ImageAnswer.class, ImageListing.IMAGES, (_, image) -> answer(image));

    public List<Operation> operations() {
        return List.of(LISTING.operation("ReadImages"));
    }

    private static ImageAnswer answer(Image image) {
        return new ImageAnswer(
                image.id(),
                image.name(),
                ImageListing.TYPE,
                image.description(),
                ImageListing.STATE,
                new StateComment(),
                Images.OWNER,
                Images.OWNER_ALIAS,
                image.architecture(),
                List.of(),
                List.of(image.bootMode()),
                image.createdAt(),
                image.location(),
                new PermissionsOnResource(true, List.of()),
                List.of(ImageListing.PRODUCT_CODE),
                image.rootDevice(),
                ImageListing.OUTSCALE_ROOT_DEVICE_TYPE,
                false,
                false,
                List.of());
    }
}
