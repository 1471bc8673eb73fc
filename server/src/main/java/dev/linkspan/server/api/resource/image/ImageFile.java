package dev.linkspan.server.api.resource.image;

import dev.linkspan.core.catalogue.Image;
import dev.linkspan.core.catalogue.ImageSystem;
import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ImageId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a catalogue of images from a text, in which an image is some lines {@code field: value}, and an empty line is between
 * two of them. A line that begins with {@code #} is a remark.
 */
public final class ImageFile {

    /** An image with no {@code id} has one by its owner and name, which is the same wherever they are. */
    private static final String ID = "id";

    private static final String NAME = "name";
    private static final String DESCRIPTION = "description";
    private static final String OWNER = "owner";
    private static final String OWNER_ALIAS = "owner-alias";
    private static final String ARCHITECTURE = "architecture";
    private static final String SYSTEM = "system";
    private static final String ROOT_DEVICE = "root-device";
    private static final String ROOT_VOLUME = "root-volume";
    private static final String BOOT_MODE = "boot-mode";
    private static final String ENHANCED_NETWORKING = "enhanced-networking";
    private static final String CREATED = "created";
    private static final String PARAMETER = "parameter";

    private static final List<String> FIELDS = List.of(
            ID,
            NAME,
            DESCRIPTION,
            OWNER,
            OWNER_ALIAS,
            ARCHITECTURE,
            SYSTEM,
            ROOT_DEVICE,
            ROOT_VOLUME,
            BOOT_MODE,
            ENHANCED_NETWORKING,
            CREATED,
            PARAMETER);

    private static final String RESOURCE = "/catalogue/images.txt";

    private static final int LARGEST_VOLUME = 16_384;

    /** What is wrong with a text, with the number of the line where it is. */
    public static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Malformed(int line, String what) {
            super("line %d: %s".formatted(line, what));
        }
    }

    private record Value(int line, String text) {

        Malformed unexpected(String field, String expected) {
            return new Malformed(line, "the %s '%s' is not accepted: %s is expected".formatted(field, text, expected));
        }
    }

    /** The lines of one image. */
    private record Block(int line, Map<String, Value> values, List<Value> parameters) {

        static Block at(int line) {
            return new Block(line, new LinkedHashMap<>(), new ArrayList<>());
        }

        Optional<Value> value(String field) {
            return Optional.ofNullable(values.get(field));
        }

        Value required(String field) {
            return value(field)
                    .orElseThrow(() -> new Malformed(
                            line,
                            "the image that begins here has no %s: it needs name, owner, created".formatted(field)));
        }

        String word(String field, String... accepted) {
            return value(field)
                    .map(value -> {
                        if (!List.of(accepted).contains(value.text())) {
                            throw value.unexpected(field, "one of " + String.join(", ", accepted));
                        }
                        return value.text();
                    })
                    .orElse(accepted[0]);
        }
    }

    private final Set<ImageId> ids = new HashSet<>();
    private final Set<String> parameters = new HashSet<>();

    private ImageFile() {}

    /** The catalogue that the server brings along. */
    public static Images standard() {
        try (InputStream in = ImageFile.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("BUG: there is no " + RESOURCE);
            }
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Reads a catalogue.
     *
     * @throws Malformed with the line and the field, if the text is none
     */
    public static Images read(String text) {
        ImageFile file = new ImageFile();
        return new Images(blocks(text).stream().map(file::image).toList());
    }

    private static List<Block> blocks(String text) {
        List<Block> blocks = new ArrayList<>();
        boolean within = false;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank()) {
                within = false;
            } else if (!line.startsWith("#")) {
                if (!within) {
                    blocks.add(Block.at(number));
                    within = true;
                }
                add(blocks.getLast(), number, line);
            }
        }
        return blocks;
    }

    private static void add(Block block, int number, String line) {
        int colon = line.indexOf(':');
        String field = colon < 0 ? "" : line.substring(0, colon).strip();
        if (!FIELDS.contains(field)) {
            throw new Malformed(
                    number,
                    "'%s' is not 'field: value' with one of the fields %s"
                            .formatted(line.strip(), String.join(", ", FIELDS)));
        }
        Value value = new Value(number, line.substring(colon + 1).strip());
        if (value.text().isEmpty()) {
            throw new Malformed(number, "the %s has no value".formatted(field));
        }
        if (field.equals(PARAMETER)) {
            block.parameters().add(value);
        } else if (block.values().putIfAbsent(field, value) != null) {
            throw new Malformed(number, "the %s is there twice; an empty line is between two images".formatted(field));
        }
    }

    private Image image(Block block) {
        String name = block.required(NAME).text();
        Value owner = block.required(OWNER);
        AccountId account = AccountId.tryParse(owner.text())
                .orElseThrow(() -> owner.unexpected(OWNER, "an account's number of 12 digits"));
        String osFamily = block.word(SYSTEM, ImageSystem.LINUX, ImageSystem.WINDOWS);
        return new Image(
                id(block, account, name),
                name,
                block.value(DESCRIPTION).map(Value::text).orElse(name),
                account,
                block.value(OWNER_ALIAS).map(Value::text),
                new ImageSystem(
                        block.word(ARCHITECTURE, "x86_64", "arm64", "i386"),
                        osFamily,
                        rootDevice(block),
                        block.word(BOOT_MODE, ImageSystem.LEGACY, ImageSystem.UEFI)),
                rootVolume(block),
                Boolean.parseBoolean(block.word(ENHANCED_NETWORKING, "false", "true")),
                parameters(block),
                created(block));
    }

    private ImageId id(Block block, AccountId owner, String name) {
        ImageId id = block.value(ID)
                .map(value -> ImageId.KIND
                        .tryParse(value.text())
                        .orElseThrow(() -> value.unexpected(ID, "one such as ami-1234abcd")))
                .orElseGet(() -> derived(owner, name));
        if (!ids.add(id)) {
            throw new Malformed(block.line(), "the image that begins here has the id %s of another".formatted(id));
        }
        return id;
    }

    private static ImageId derived(AccountId owner, String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest("%s/%s".formatted(owner, name).getBytes(StandardCharsets.UTF_8));
            return new ImageId("ami-" + HexFormat.of().formatHex(digest, 0, 4));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("BUG: every Java has SHA-256", impossible);
        }
    }

    private static String rootDevice(Block block) {
        return block.value(ROOT_DEVICE)
                .map(value -> {
                    if (!value.text().startsWith("/dev/")) {
                        throw value.unexpected(ROOT_DEVICE, "a name such as /dev/sda1");
                    }
                    return value.text();
                })
                .orElse("/dev/sda1");
    }

    private static Image.RootVolume rootVolume(Block block) {
        return block.value(ROOT_VOLUME)
                .map(value -> {
                    String[] words = value.text().split(" +", -1);
                    if (words.length != 2 || !words[0].matches("[1-9][0-9]{0,4}")) {
                        throw value.unexpected(ROOT_VOLUME, "GiB and a type of volume, such as '8 gp3',");
                    }
                    int gib = Integer.parseInt(words[0]);
                    if (gib > LARGEST_VOLUME) {
                        throw value.unexpected(ROOT_VOLUME, "at most %d GiB".formatted(LARGEST_VOLUME));
                    }
                    return new Image.RootVolume(gib, words[1]);
                })
                .orElse(new Image.RootVolume(10, "standard"));
    }

    private List<String> parameters(Block block) {
        for (Value value : block.parameters()) {
            if (!value.text().startsWith("/") || value.text().endsWith("/")) {
                throw value.unexpected(PARAMETER, "a name such as /aws/service/images/latest");
            }
            if (!parameters.add(value.text())) {
                throw new Malformed(value.line(), "the parameter %s is another image's".formatted(value.text()));
            }
        }
        return block.parameters().stream().map(Value::text).toList();
    }

    private static Instant created(Block block) {
        Value value = block.required(CREATED);
        try {
            return Instant.parse(value.text());
        } catch (DateTimeParseException notADate) {
            throw value.unexpected(CREATED, "a date such as 2026-11-22T00:00:00Z");
        }
    }
}
