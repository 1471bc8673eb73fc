package dev.linkspan.core.net;

import java.util.List;

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

    private VmTypes() {}

    public static List<VmType> all() {
        return ALL;
    }

    /** @param performance 1 for the highest to 3 for the medium one */
    private static VmType tina(int vcores, int memoryGib, int performance) {
        return new VmType("tinav5.c%dr%dp%d".formatted(vcores, memoryGib, performance), vcores, memoryGib);
    }
}
