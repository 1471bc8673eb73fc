package dev.linkspan.server.network;

import static dev.linkspan.server.network.ProbeResult.answeredBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.network.LiveNetwork.Machine;
import dev.linkspan.server.network.ovn.OvnTestbed;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of security groups on OVN, but for what the driver does not do yet. */
@Slow
class OvnSecurityGroupTest extends SecurityGroupContract {

    @RegisterExtension
    private final OvnTestbed testbed = new OvnTestbed();

    @Override
    Testbed testbed() {
        return testbed;
    }

    /** Network ACLs are not compiled yet: what one would judge is dropped, and what it does not concern passes. */
    @Override
    @Test
    @Rule("N3")
    void a_network_acl_judges_what_comes_into_its_subnet_by_number() {
        network.connect(netA, netB);
        network.open(netB);
        Machine neighbour = network.vm(subnetB);
        demand(Map.of(ping(a, b), answeredBy(b.name())));

        network.deny(netB, network.openAcl(subnetB), 10, Direction.INBOUND, new Traffic.All(), "10.9.0.0/16");

        demandLost(ping(a, b), ping(b, a));
        demand(Map.of(ping(neighbour, b), answeredBy(b.name())));
    }

    /** Likewise, inside a Net. */
    @Override
    @Test
    @Rule("N3")
    void a_network_acl_between_two_subnets_of_a_net_judges_at_both_borders() {
        Subnet other = network.subnet(netA, "10.0.2.0/24");
        Machine across = network.vm(other);
        network.open(netA);
        demand(Map.of(ping(a, across), answeredBy(across.name())));

        network.deny(netA, network.openAcl(other), 10, Direction.INBOUND, new Traffic.All(), "10.9.0.0/16");

        demandLost(ping(a, across), ping(across, a));
    }

    /** Nothing is answered across a border that nothing crosses. */
    @Override
    void a_network_acl_judges_replies_too() {}

    /** The peers of one Net may not overlap each other here (P13): an address is one of the group, whichever peer it comes from. */
    @Override
    void a_group_of_one_peer_is_not_the_same_address_at_another_peer() {}
}
