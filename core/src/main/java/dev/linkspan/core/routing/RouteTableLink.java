package dev.linkspan.core.routing;

import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.id.SubnetId;
import java.util.Optional;

/**
 * Says for whom a route table is.
 *
 * @param subnet the Subnet that uses the table; empty for the main link, which stands for every Subnet without one
 */
public record RouteTableLink(RouteTableLinkId id, Optional<SubnetId> subnet) {

    public boolean main() {
        return subnet.isEmpty();
    }
}
