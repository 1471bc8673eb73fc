package dev.linkspan.core.volume;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.wording.Parameter;
import java.util.List;
import java.util.Optional;

/**
 * What a volume is made as.
 *
 * @param gib its size
 * @param type such as {@code gp3}
 * @param iops how many operations a second it is sold with; empty for types that are sold without a number
 * @param throughput MiB a second, which only {@code gp3} is sold with
 * @param snapshot what it is said to be a copy of
 * @param key the key that it is said to be encrypted with
 */
public record VolumeSpec(
        int gib,
        String type,
        Optional<Integer> iops,
        Optional<Integer> throughput,
        boolean encrypted,
        Optional<String> snapshot,
        Optional<String> key) {

    public static final String STANDARD = "standard";
    public static final String GP2 = "gp2";
    private static final String GP3 = "gp3";

    private static final List<String> PROVISIONED = List.of("io1", "io2");
    private static final List<String> TYPES = List.of(STANDARD, GP2, GP3, "io1", "io2", "st1", "sc1");

    private static final int LARGEST = 16_384;
    private static final int LONGEST_TEXT = 2_048;
    private static final int MOST_IOPS = 256_000;
    private static final int MOST_THROUGHPUT = 2_000;

    public VolumeSpec {
        if (!TYPES.contains(type)) {
            throw Refusal.badValue(Parameter.VOLUME_TYPE, type, "one of %s is expected", String.join(", ", TYPES));
        }
        if (gib < 1 || gib > LARGEST) {
            throw Refusal.badValue(Parameter.VOLUME_SIZE, gib, "1 to %d GiB is expected", LARGEST);
        }
        if (iops.isPresent() && (iops.get() < 1 || iops.get() > MOST_IOPS)) {
            throw Refusal.badValue(Parameter.IOPS, iops.get(), "1 to %d is expected", MOST_IOPS);
        }
        if (throughput.isPresent() && (throughput.get() < 1 || throughput.get() > MOST_THROUGHPUT)) {
            throw Refusal.badValue("Throughput", throughput.get(), "1 to %d is expected", MOST_THROUGHPUT);
        }
        key.filter(text -> text.length() > LONGEST_TEXT).ifPresent(text -> {
            throw Refusal.badValue("KmsKeyId", text.substring(0, 20) + "...", "the name of a key is expected");
        });
    }

    /**
     * As clients ask for it: what they left open is as its type has it.
     *
     * @throws Refusal if a type is asked for what it is not sold with, or not asked for what it needs
     */
    public static VolumeSpec of(
            int gib,
            String type,
            Optional<Integer> iops,
            Optional<Integer> throughput,
            boolean encrypted,
            Optional<String> snapshot,
            Optional<String> key) {
        if (throughput.isPresent() && !type.equals(GP3)) {
            throw Refusal.badValue("Throughput", throughput.get(), "only volumes of the type gp3 have it");
        }
        if (iops.isPresent() && !type.equals(GP3) && !PROVISIONED.contains(type)) {
            throw Refusal.badValue(Parameter.IOPS, iops.get(), "a volume of the type %s has no choice of it", type);
        }
        if (iops.isEmpty() && PROVISIONED.contains(type)) {
            throw Refusal.badValue(Parameter.VOLUME_TYPE, type, "it needs the %s", Parameter.IOPS);
        }
        Optional<Integer> ofType = switch (type) {
            case GP2 -> Optional.of(Math.clamp(3L * gib, 100, 16_000));
            case GP3 -> Optional.of(iops.orElse(3_000));
            default -> iops;
        };
        Optional<Integer> throughputOfType = type.equals(GP3) ? Optional.of(throughput.orElse(125)) : Optional.empty();
        return new VolumeSpec(gib, type, ofType, throughputOfType, encrypted, snapshot, key);
    }
}
