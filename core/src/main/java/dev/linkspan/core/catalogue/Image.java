package dev.linkspan.core.catalogue;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ImageId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a VM is started from, as far as clients look for it.
 *
 * @param owner whose it is, which need be none of the server's accounts
 * @param ownerAlias what its owner is called besides, such as {@code amazon}
 * @param rootVolume the volume that VMs have it on, if they have no other wish
 * @param enhancedNetworking whether it is said to know EC2's fast network devices, which nothing here depends on
 * @param parameters the names under which its id is published
 */
public record Image(
        ImageId id,
        String name,
        String description,
        AccountId owner,
        Optional<String> ownerAlias,
        ImageSystem system,
        RootVolume rootVolume,
        boolean enhancedNetworking,
        List<String> parameters,
        Instant createdAt) {

    /**
     * How large the volume with the system is, and of which type.
     *
     * @param gib in GiB
     */
    public record RootVolume(int gib, String type) {}

    public Image {
        parameters = List.copyOf(parameters);
    }

    /** What clients take the root volume to be a copy of: there are no snapshots, but every image names one. */
    public String snapshot() {
        return id.value().replace(ImageId.KIND.prefix(), "snap-");
    }

    /** Where the APIs say that it comes from: its owner's name for it. */
    public String location() {
        return "%s/%s".formatted(owner, name);
    }
}
