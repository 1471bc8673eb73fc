package dev.linkspan.core.net;

import dev.linkspan.core.id.NicId;

/** A NIC that a VM is to be made with. */
public sealed interface VmNic {

    int deviceNumber();

    /** One that is made with the VM. */
    record New(NewNic nic, int deviceNumber, boolean deleteOnVmDeletion) implements VmNic {}

    /** One that is there already and is linked to nothing. It outlives the VM, until told otherwise. */
    record Existing(NicId id, int deviceNumber) implements VmNic {}
}
