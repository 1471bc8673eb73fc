package dev.linkspan.core.catalogue;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ImageId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A catalogue of images, the same in every Region and for every account. */
public final class Images {

    /** The machine that Linkspan runs: the host's own Linux, with nothing but its network to itself. */
    public static final Image LINUX = new Image(
            new ImageId("ami-00000001"),
            "linkspan-linux",
            "The Linux of the machine that runs it, with a network of its own",
            new AccountId("000000000000"),
            Optional.of("Linkspan"),
            new ImageSystem("x86_64", ImageSystem.LINUX, "/dev/sda1", ImageSystem.LEGACY),
            new Image.RootVolume(10, "standard"),
            false,
            List.of(),
            Instant.parse("2026-11-22T00:00:00Z"));

    /** The catalogue that has this one image. */
    public static final Images OF_HOST = new Images(List.of(LINUX));

    private final Map<ImageId, Image> byId = new LinkedHashMap<>();

    /** @param all each with an id of its own */
    public Images(List<Image> all) {
        for (Image image : all) {
            if (byId.put(image.id(), image) != null) {
                throw new IllegalArgumentException("two images have the id " + image.id());
            }
        }
    }

    public List<Image> all() {
        return List.copyOf(byId.values());
    }

    public Optional<Image> find(ImageId id) {
        return Optional.ofNullable(byId.get(id));
    }
}
