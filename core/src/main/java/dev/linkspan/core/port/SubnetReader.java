package dev.linkspan.core.port;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.net.Subnet;
import java.util.List;
import java.util.Optional;

/** Reads the Subnets. */
public interface SubnetReader {

    Optional<Subnet> find(SubnetId id);

    List<Subnet> ofOwner(AccountId owner);

    List<Subnet> ofNet(NetId net);
}
