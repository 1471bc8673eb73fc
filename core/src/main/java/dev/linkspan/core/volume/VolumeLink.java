package dev.linkspan.core.volume;

import dev.linkspan.core.id.VmId;
import java.time.Instant;

/**
 * Where a volume is.
 *
 * @param device what the VM calls it, such as {@code /dev/sdf}
 * @param deleteOnVmDeletion whether it goes with the VM
 */
public record VolumeLink(VmId vm, String device, boolean deleteOnVmDeletion, Instant since) {}
