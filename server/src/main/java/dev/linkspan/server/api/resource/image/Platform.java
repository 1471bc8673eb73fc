package dev.linkspan.server.api.resource.image;

import dev.linkspan.core.catalogue.Image;

/** What the APIs say of the ground that every VM here stands on, in the words that they have for it. */
public final class Platform {

    /** The APIs know no other word that comes nearer. */
    public static final String HYPERVISOR = "xen";

    public static final String VIRTUALIZATION = "hvm";
    public static final String ROOT_DEVICE_TYPE = "ebs";

    /** What EC2 calls the system that images have, and how it is paid for. */
    public static final String DETAILS = "Linux/UNIX";

    public static final String USAGE_OPERATION = "RunInstances";

    private Platform() {}

    /** What EC2 calls the one mode that images boot in. */
    public static String bootModeOf(Image image) {
        return image.bootMode() + "-bios";
    }
}
