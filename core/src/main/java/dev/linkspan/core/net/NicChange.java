package dev.linkspan.core.net;

import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.SecurityGroupId;
import java.util.List;
import java.util.Optional;

/** What is to change of a NIC; what is empty stays as it is. */
public record NicChange(
        Optional<String> description,
        Optional<List<SecurityGroupId>> groups,
        Optional<Boolean> sourceDestChecked,
        Optional<LinkChange> link) {

    public NicChange {
        description.ifPresent(NewNic::requireShort);
    }

    /** Whether the NIC goes when the VM that this link ties it to is deleted. */
    public record LinkChange(NicLinkId id, boolean deleteOnVmDeletion) {}
}
