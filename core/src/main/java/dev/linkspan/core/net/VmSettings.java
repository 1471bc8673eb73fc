package dev.linkspan.core.net;

import java.util.Optional;

/**
 * What a client chooses for a VM and reads back; none of it changes what its packets do.
 *
 * @param type the VM type's name, such as {@code tinav5.c1r1p2}
 * @param keypair the name of the one that was chosen for it, which may be gone since
 * @param userData Base64, as given
 * @param shutdownBehavior {@code stop}, {@code restart} or {@code terminate}
 * @param performance {@code medium}, {@code high} or {@code highest}
 * @param stopProtection whether it cannot be stopped, until this is switched off again
 */
public record VmSettings(
        String type,
        Optional<String> keypair,
        String userData,
        boolean deletionProtection,
        String shutdownBehavior,
        String performance,
        boolean bsuOptimized,
        boolean nestedVirtualization,
        boolean stopProtection) {

    /** Those of a VM for which nothing was chosen. */
    public static final VmSettings STANDARD =
            new VmSettings("t2.small", Optional.empty(), "", false, "stop", "medium", false, false, false);
}
