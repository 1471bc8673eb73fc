package dev.linkspan.core.internet;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.SubnetId;
import java.util.Optional;

/**
 * A NAT service that is asked for.
 *
 * @param publicIp what it is seen as outside; one without is private
 * @param privateAddress its address in the Subnet; any that is free where it is not given
 * @param clientToken asked again with the same one, the NAT service that there is is answered
 */
public record NewNatService(
        SubnetId subnet, Optional<PublicIpId> publicIp, Optional<Ipv4> privateAddress, Optional<String> clientToken) {

    public NatConnectivity connectivity() {
        return publicIp.isPresent() ? NatConnectivity.PUBLIC : NatConnectivity.PRIVATE;
    }
}
