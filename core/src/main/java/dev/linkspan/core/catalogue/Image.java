package dev.linkspan.core.catalogue;

import dev.linkspan.core.id.ImageId;
import java.time.Instant;

/**
 * What a VM is started from.
 *
 * @param architecture {@code x86_64}
 * @param osFamily the family of its operating system: {@code linux}
 * @param rootDevice the name of the root device of VMs made of it, such as {@code /dev/sda1}
 * @param bootMode {@code legacy}
 */
public record Image(
        ImageId id,
        String name,
        String description,
        String architecture,
        String osFamily,
        String rootDevice,
        String bootMode,
        Instant createdAt) {

    /** Where the APIs say that it comes from: its owner's name for it. */
    public String location() {
        return "%s/%s".formatted(Images.OWNER, name);
    }
}
