package dev.linkspan.core.port;

import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.internet.PublicIp;

/** Reads and writes the public IPs. */
public interface PublicIpRepository extends PublicIpReader {

    void save(PublicIp publicIp);

    void delete(PublicIpId id);
}
