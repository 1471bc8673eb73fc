package dev.linkspan.core.catalogue;

/**
 * A size that clients may choose for a VM and read back; the machine itself is as large as its host lets it be.
 *
 * @param vcores how many processors it is sold with
 * @param memoryGib how much memory, in GiB
 * @param architecture of its processors, such as {@code x86_64}
 * @param burstable whether it is sold with credits for its processors, which clients then ask for
 */
public record VmType(String name, int vcores, double memoryGib, String architecture, boolean burstable) {

    /** Whether clients take it that such a VM may use its processors without an end, if nobody chose otherwise. */
    public boolean unlimitedByDefault() {
        return burstable && !name.startsWith("t2.");
    }
}
