package dev.linkspan.core.port;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.PublicIpLinkId;
import dev.linkspan.core.internet.PublicIp;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the public IPs: those that accounts allocated, and those that machines have while they run. */
public interface PublicIpReader {

    Optional<PublicIp> find(PublicIpId id);

    Optional<PublicIp> findByAddress(Ipv4 address);

    Optional<PublicIp> findByLink(PublicIpLinkId id);

    /** Those of machines too. */
    List<PublicIp> ofOwner(AccountId owner);

    /** Those that are linked in the Net. */
    List<PublicIp> ofNet(NetId net);

    /** Those that are linked to the NIC. */
    List<PublicIp> ofNic(NicId nic);

    /** Those of machines too. */
    int countOfOwner(AccountId owner);

    /** Every address of the Region that is somebody's. */
    Set<Ipv4> takenAddresses();
}
