package dev.linkspan.server.api.resource.image;

import dev.linkspan.core.catalogue.ImageSystem;
import java.util.Optional;

/** What the APIs say of the ground that every VM here stands on, in the words that they have for it. */
public final class Platform {

    /** The APIs know no other word that comes nearer. */
    public static final String HYPERVISOR = "xen";

    public static final String VIRTUALIZATION = "hvm";
    public static final String ROOT_DEVICE_TYPE = "ebs";

    private Platform() {}

    /** What EC2 calls the mode that a system boots in. */
    public static String bootModeOf(ImageSystem system) {
        return system.bootMode().equals(ImageSystem.LEGACY) ? ImageSystem.LEGACY + "-bios" : system.bootMode();
    }

    /** What EC2 calls a system that is not one of the many; empty for those. */
    public static Optional<String> platformOf(ImageSystem system) {
        return windows(system) ? Optional.of(ImageSystem.WINDOWS) : Optional.empty();
    }

    public static String detailsOf(ImageSystem system) {
        return windows(system) ? "Windows" : "Linux/UNIX";
    }

    /** What EC2 calls the way in which it is paid for. */
    public static String usageOperationOf(ImageSystem system) {
        return windows(system) ? "RunInstances:0002" : "RunInstances";
    }

    private static boolean windows(ImageSystem system) {
        return system.osFamily().equals(ImageSystem.WINDOWS);
    }
}
