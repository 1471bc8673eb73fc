package dev.linkspan.server.network;

import dev.linkspan.server.network.ovn.OvnTestbed;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of security groups on OVN. */
class OvnSecurityGroupTest extends SecurityGroupContract {

    @RegisterExtension
    private final OvnTestbed testbed = new OvnTestbed();

    @Override
    Testbed testbed() {
        return testbed;
    }
}
