package dev.linkspan.server.network;

import dev.linkspan.core.Slow;
import dev.linkspan.server.network.ovn.OvnTestbed;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The network contract on OVN with the machines on three hosts, between which packets go through tunnels. */
@Slow
class OvnHostsNetworkTest extends NetworkContract {

    @RegisterExtension
    private final OvnTestbed testbed = new OvnTestbed(3);

    @Override
    Testbed testbed() {
        return testbed;
    }
}
