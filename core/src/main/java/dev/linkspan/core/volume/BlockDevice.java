package dev.linkspan.core.volume;

import java.util.Optional;

/**
 * A volume that a VM is to be made with; what is empty is as the image or the type has it.
 *
 * @param device where; where the root device of the image is, it is about that one
 * @param none whether there is to be none, though the image has one
 * @param deleteOnVmDeletion whether it goes with the VM
 */
public record BlockDevice(
        String device,
        boolean none,
        Optional<Integer> gib,
        Optional<String> type,
        Optional<Integer> iops,
        Optional<Integer> throughput,
        boolean encrypted,
        Optional<String> snapshot,
        Optional<String> key,
        Optional<Boolean> deleteOnVmDeletion) {}
