package dev.linkspan.core.net;

import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.VmId;

/**
 * A NIC's place in a VM.
 *
 * @param deviceNumber 0 for the VM's primary NIC, which shares its life; up to 7 for others
 * @param deleteOnVmDeletion whether the NIC goes when the VM is deleted
 */
public record NicLink(NicLinkId id, VmId vm, int deviceNumber, boolean deleteOnVmDeletion) {

    public static final int LAST_DEVICE_NUMBER = 7;

    /** How many NICs a VM can have. */
    public static final int MOST_PER_VM = LAST_DEVICE_NUMBER + 1;

    public NicLink {
        if (deviceNumber < 0 || deviceNumber > LAST_DEVICE_NUMBER) {
            throw new IllegalArgumentException("device number %d is not within 0 to 7".formatted(deviceNumber));
        }
    }

    public boolean primary() {
        return deviceNumber == 0;
    }
}
