package dev.linkspan.server.network;

import static dev.linkspan.server.network.ProbeResult.answeredBy;

import dev.linkspan.server.network.ovn.OvnTestbed;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The network contract on OVN. */
class OvnNetworkTest extends NetworkContract {

    @RegisterExtension
    private final OvnTestbed testbed = new OvnTestbed();

    @Override
    Testbed testbed() {
        return testbed;
    }

    @Test
    void one() {
        network.connect(netA, netB);
        network.open(netB);
        demand(Map.of(ping(a, b), answeredBy(b.name())));
    }
}
