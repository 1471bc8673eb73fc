package dev.linkspan.core.operation;

import dev.linkspan.core.net.VmOptions;
import dev.linkspan.core.volume.BlockDevice;
import java.util.List;
import java.util.Optional;

/**
 * What VMs are ordered with besides their NICs and settings.
 *
 * @param bootMode another one than the image's
 * @param devices the volumes to be made with each, besides the image's own or instead of it
 */
public record VmEquipment(VmOptions options, Optional<String> bootMode, List<BlockDevice> devices) {

    /** Nothing was chosen. */
    public static final VmEquipment STANDARD = new VmEquipment(VmOptions.STANDARD, Optional.empty(), List.of());

    public VmEquipment {
        devices = List.copyOf(devices);
    }
}
