package dev.linkspan.core.volume;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VolumeId;
import java.time.Instant;
import java.util.Optional;

/**
 * A volume of block storage, alone or linked to a VM. It is a record: the machine has nothing of it.
 *
 * @param link empty while it is linked to no VM
 * @param clientToken by which the order that made it is recognised when it is repeated
 * @param changedAt when its size or type was last changed, if ever
 */
public record Volume(
        VolumeId id,
        AccountId owner,
        SubregionName subregion,
        VolumeSpec spec,
        Optional<VolumeLink> link,
        Optional<String> clientToken,
        Optional<Instant> changedAt,
        Instant createdAt) {

    /** What the APIs call its state. */
    public String state() {
        return link.isPresent() ? "in-use" : "available";
    }

    public Volume withLink(Optional<VolumeLink> changed) {
        return new Volume(id, owner, subregion, spec, changed, clientToken, changedAt, createdAt);
    }

    public Volume withSpec(VolumeSpec changed, Instant when) {
        return new Volume(id, owner, subregion, changed, link, clientToken, Optional.of(when), createdAt);
    }
}
