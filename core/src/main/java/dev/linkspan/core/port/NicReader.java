package dev.linkspan.core.port;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Nic;
import java.util.List;
import java.util.Optional;

/** Reads the NICs. */
public interface NicReader {

    Optional<Nic> find(NicId id);

    Optional<Nic> findByLink(NicLinkId id);

    List<Nic> ofOwner(AccountId owner);

    List<Nic> ofNet(NetId net);

    List<Nic> ofSubnet(SubnetId subnet);

    List<Nic> ofVm(VmId vm);

    /** The NICs that have this group. */
    List<Nic> ofSecurityGroup(SecurityGroupId group);

    int countOfOwner(AccountId owner);
}
