package dev.linkspan.server.api.oapi;

import dev.linkspan.core.catalogue.Image;
import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ImageId;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ResourceTag;
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

    private static final String STATE = "available";
    private static final String PRODUCT_CODE = "0001";
    private static final String ROOT_DEVICE_TYPE = "bsu";

    /** The images have no volumes, no tags, no product's name, and no launch permission of a single account. */
    private static final FilterTable<Image> FILTERS = FilterTable.<Image>of()
            .text("AccountAliases", _ -> Images.OWNER_ALIAS)
            .account("AccountIds", _ -> Images.OWNER)
            .text("Architectures", Image::architecture)
            .flags("BlockDeviceMappingDeleteOnVmDeletion", _ -> List.of())
            .text("BlockDeviceMappingDeviceNames", _ -> List.of())
            .text("BlockDeviceMappingSnapshotIds", _ -> List.of())
            .number("BlockDeviceMappingVolumeSizes", _ -> List.of())
            .text("BlockDeviceMappingVolumeTypes", _ -> List.of())
            .text("BootModes", Image::bootMode)
            .text("Descriptions", Image::description)
            .text("FileLocations", Image::location)
            // The API knows these two words only.
            .text("Hypervisors", _ -> "xen")
            .text("VirtualizationTypes", _ -> "hvm")
            .text("ImageIds", Image::id)
            .text("ImageNames", Image::name)
            .account("PermissionsToLaunchAccountIds", _ -> List.of())
            .flag("PermissionsToLaunchGlobalPermission", _ -> true)
            .text("ProductCodeNames", _ -> List.of())
            .text("ProductCodes", _ -> PRODUCT_CODE)
            .text("RootDeviceNames", Image::rootDevice)
            .text("RootDeviceTypes", _ -> ROOT_DEVICE_TYPE)
            .flag("SecureBoot", _ -> false)
            .text("States", _ -> STATE)
            .flag("TpmMandatory", _ -> false)
            .tags(Image::id);

    private static final Listing<Image, ImageAnswer> LISTING = new Listing<>(
            "Images",
            ImageAnswer.class,
            (_, _) -> Images.all(),
            image -> Position.byCreation(image.createdAt(), image.id()),
            FILTERS,
            (_, image) -> answer(image));

    public List<Operation> operations() {
        return List.of(LISTING.operation("ReadImages"));
    }

    private static ImageAnswer answer(Image image) {
        return new ImageAnswer(
                image.id(),
                image.name(),
                "machine",
                image.description(),
                STATE,
                new StateComment(),
                Images.OWNER,
                Images.OWNER_ALIAS,
                image.architecture(),
                List.of(),
                List.of(image.bootMode()),
                image.createdAt(),
                image.location(),
                new PermissionsOnResource(true, List.of()),
                List.of(PRODUCT_CODE),
                image.rootDevice(),
                ROOT_DEVICE_TYPE,
                false,
                false,
                List.of());
    }
}
