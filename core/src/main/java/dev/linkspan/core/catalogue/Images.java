package dev.linkspan.core.catalogue;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ImageId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The catalogue of images, the same in every Region and for every account. */
public final class Images {

    /** Whom the images belong to, which is none of the server's accounts. */
    public static final AccountId OWNER = new AccountId("000000000000");

    public static final String OWNER_ALIAS = "Linkspan";

    /** The machine that Linkspan runs: the host's own Linux, with nothing but its network to itself. */
    public static final Image LINUX = new Image(
            new ImageId("ami-00000001"),
            "linkspan-linux",
            "The Linux of the machine that runs it, with a network of its own",
            "x86_64",
            "linux",
            "/dev/sda1",
            "legacy",
            Instant.parse("2026-11-22T00:00:00Z"));

    private static final List<Image> ALL = List.of(LINUX);

    private Images() {}

    public static List<Image> all() {
        return ALL;
    }

    public static Optional<Image> find(ImageId id) {
        return ALL.stream().filter(image -> image.id().equals(id)).findFirst();
    }
}
