package dev.linkspan.core.port;

import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.net.Subnet;

/** Reads and writes the Subnets. */
public interface SubnetRepository extends SubnetReader {

    void save(Subnet subnet);

    void delete(SubnetId id);
}
