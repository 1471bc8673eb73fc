package dev.linkspan.core.catalogue;

/**
 * A size that clients may choose for a VM and read back; the machine itself is as large as its host lets it be.
 *
 * @param vcores how many processors it is sold with
 * @param memoryGib how much memory, in GiB
 */
public record VmType(String name, int vcores, double memoryGib) {}
