package dev.linkspan.core.catalogue;

/**
 * What a client is told of the system in an image, and of the machine that the image was made for. A VM keeps what its image
 * said when the VM was made, whatever becomes of the catalogue. The machine itself is the same for every image.
 *
 * @param architecture such as {@code x86_64}
 * @param osFamily {@code linux} or {@code windows}
 * @param rootDevice the name of the device that the system is on, such as {@code /dev/sda1}
 * @param bootMode {@code legacy} or {@code uefi}
 */
public record ImageSystem(String architecture, String osFamily, String rootDevice, String bootMode) {

    public static final String LEGACY = "legacy";
    public static final String UEFI = "uefi";

    public static final String LINUX = "linux";
    public static final String WINDOWS = "windows";

    /** The same, where another boot mode was chosen. */
    public ImageSystem withBootMode(String chosen) {
        return new ImageSystem(architecture, osFamily, rootDevice, chosen);
    }
}
