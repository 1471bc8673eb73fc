package dev.linkspan.core.catalogue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The catalogue of VM types, family by family. Others of the same form of name are accepted too. */
public final class VmTypes {

    private static final String X86 = "x86_64";

    /** OUTSCALE's, of which each generation is sold in every size; these are the ones that are listed. */
    private static final String TINA = """
            tinav5 1/1 1/2 2/2 2/4 4/8 8/16
            tinav4 1/1 1/2 2/2 2/4 4/8 8/16
            tinav6 1/1 1/2 2/2 2/4 4/8 8/16
            tinav7 1/1 1/2 2/2 2/4 4/8 8/16
            """;

    /** EC2's families whose processors are sold with credits: family, architecture, and size=vCPUs/GiB. */
    private static final String BURSTABLE = """
            t2 x86_64 nano=1/0.5 micro=1/1 small=1/2 medium=2/4 large=2/8 xlarge=4/16 2xlarge=8/32
            t3 x86_64 nano=2/0.5 micro=2/1 small=2/2 medium=2/4 large=2/8 xlarge=4/16 2xlarge=8/32
            t3a x86_64 nano=2/0.5 micro=2/1 small=2/2 medium=2/4 large=2/8 xlarge=4/16 2xlarge=8/32
            t4g arm64 nano=2/0.5 micro=2/1 small=2/2 medium=2/4 large=2/8 xlarge=4/16 2xlarge=8/32
            """;

    /** EC2's other families: family, architecture, GiB for each vCPU, and the sizes. */
    private static final String STEADY = """
            m4 x86_64 4 large xlarge 2xlarge 4xlarge
            m5 x86_64 4 large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge
            m5a x86_64 4 large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge
            m6i x86_64 4 large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge
            m6a x86_64 4 large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge 48xlarge
            m6g arm64 4 medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge
            m7i x86_64 4 large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge
            m7a x86_64 4 medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge 48xlarge
            m7g arm64 4 medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge
            c4 x86_64 1.875 large xlarge 2xlarge 4xlarge
            c5 x86_64 2 large xlarge 2xlarge 4xlarge 12xlarge 24xlarge
            c5a x86_64 2 large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge
            c6i x86_64 2 large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge
            c6g arm64 2 medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge
            c7i x86_64 2 large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge
            c7g arm64 2 medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge
            r4 x86_64 7.625 large xlarge 2xlarge 4xlarge 8xlarge 16xlarge
            r5 x86_64 8 large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge
            r6i x86_64 8 large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge
            r6g arm64 8 medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge
            r7i x86_64 8 large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge
            r7g arm64 8 medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge
            """;

    private static final Pattern NAME = Pattern.compile("(?=.{3,64}$)[a-z][a-z0-9-]*(\\.[a-z0-9-]+)+");

    /** Large enough for every machine, and small enough for a number. */
    private static final Pattern TINA_NAME = Pattern.compile("tinav[0-9]+\\.c([0-9]{1,3})r([0-9]{1,4})p[123]");

    private static final Map<String, VmType> BY_NAME = byName();
    private static final List<VmType> ALL = List.copyOf(BY_NAME.values());
    private static final List<String> NAMES = List.copyOf(BY_NAME.keySet());

    private VmTypes() {}

    public static List<VmType> all() {
        return ALL;
    }

    /** Whether a VM can be of a type of this name. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The type of this name, if its size is known: the catalogue has it, or the name says it. */
    public static Optional<VmType> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name)).or(() -> spelledOut(name));
    }

    /** The place of a type in the catalogue, from 0; empty for one that is not listed. */
    public static Optional<Integer> placeOf(String name) {
        return Optional.of(NAMES.indexOf(name)).filter(place -> place >= 0);
    }

    private static Optional<VmType> spelledOut(String name) {
        Matcher size = TINA_NAME.matcher(name);
        return size.matches()
                ? Optional.of(
                        new VmType(name, Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)), X86, false))
                : Optional.empty();
    }

    private static Map<String, VmType> byName() {
        Map<String, VmType> types = new LinkedHashMap<>();
        Stream.of(
                        TINA.lines().flatMap(VmTypes::tina),
                        BURSTABLE.lines().flatMap(VmTypes::burstable),
                        STEADY.lines().flatMap(VmTypes::steady))
                .flatMap(family -> family)
                .forEach(type -> types.put(type.name(), type));
        return types;
    }

    /** Those with high performance, which is 2 of 1 to 3. */
    private static Stream<VmType> tina(String line) {
        String[] words = line.split(" ", -1);
        return Arrays.stream(words).skip(1).map(size -> {
            String[] numbers = size.split("/", -1);
            return spelledOut("%s.c%sr%sp2".formatted(words[0], numbers[0], numbers[1]))
                    .orElseThrow();
        });
    }

    private static Stream<VmType> burstable(String line) {
        String[] words = line.split(" ", -1);
        return Arrays.stream(words).skip(2).map(word -> {
            String[] size = word.split("[=/]", -1);
            return new VmType(
                    words[0] + "." + size[0], Integer.parseInt(size[1]), Double.parseDouble(size[2]), words[1], true);
        });
    }

    private static Stream<VmType> steady(String line) {
        String[] words = line.split(" ", -1);
        double gibForEach = Double.parseDouble(words[2]);
        return IntStream.range(3, words.length).mapToObj(i -> {
            int vcores = vcores(words[i]);
            return new VmType(words[0] + "." + words[i], vcores, vcores * gibForEach, words[1], false);
        });
    }

    /** What the name of a size means in all of these families: 4 for {@code xlarge}, 8 for {@code 2xlarge}. */
    private static int vcores(String size) {
        return switch (size) {
            case "medium" -> 1;
            case "large" -> 2;
            case "xlarge" -> 4;
            default -> 4 * Integer.parseInt(size.replace("xlarge", ""));
        };
    }
}
