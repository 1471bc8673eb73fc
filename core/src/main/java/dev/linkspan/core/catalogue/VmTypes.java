package dev.linkspan.core.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The catalogue of VM types, smallest first. Others of the same form of name are accepted too. */
public final class VmTypes {

    private static final List<VmType> ALL = List.of(
            tina(1, 1, 2),
            tina(1, 2, 2),
            tina(2, 2, 2),
            tina(2, 4, 2),
            tina(4, 8, 2),
            tina(8, 16, 2),
            new VmType("t2.nano", 1, 0.5),
            new VmType("t2.micro", 1, 1),
            new VmType("t2.small", 1, 2),
            new VmType("t2.medium", 2, 4));

    private static final Pattern NAME = Pattern.compile("(?=.{3,64}$)[a-z][a-z0-9-]*(\\.[a-z0-9-]+)+");

    private VmTypes() {}

    public static List<VmType> all() {
        return ALL;
    }

    /** Whether a VM can be of a type of this name. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The type of this name, if the catalogue has it. */
    public static Optional<VmType> find(String name) {
        return ALL.stream().filter(type -> type.name().equals(name)).findFirst();
    }

    /** @param performance 1 for the highest to 3 for the medium one */
    private static VmType tina(int vcores, int memoryGib, int performance) {
        return new VmType("tinav5.c%dr%dp%d".formatted(vcores, memoryGib, performance), vcores, memoryGib);
    }
}
