package dev.linkspan.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.LinkspanServer;
import java.nio.file.Path;
import java.util.SortedSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.io.TempDir;

/** The AWS SDK for Java: every action that the server has, with its fields, pages, waiters and errors, one after the other. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class JavaSdkTest {

    @TempDir
    private static Path folder;

    /** Not an extension: that would start another one for each of the nested classes. */
    private static LinkspanServer server;

    @BeforeAll
    static void two_accounts_use_the_sdk() {
        ServerWithRole opened = ServerWithRole.open(folder.resolve("data"), 2, "--peering-requires-vm", "false");
        server = opened.server();
        SdkFamily.bob = Sdk.of(server, opened.accounts().getFirst());
        SdkFamily.alice = Sdk.of(server, opened.accounts().getLast());
    }

    @AfterAll
    static void the_server_stops() {
        server.close();
    }

    @Nested
    class Identities extends SdkIdentities {}

    @Nested
    class Vpcs extends SdkVpcs {}

    @Nested
    class Subnets extends SdkSubnets {}

    @Nested
    class RouteTables extends SdkRouteTables {}

    @Nested
    class SecurityGroups extends SdkSecurityGroups {}

    @Nested
    class NetworkAcls extends SdkNetworkAcls {}

    @Nested
    class PublicAddresses extends SdkPublicAddresses {}

    @Nested
    class NatGateways extends SdkNatGateways {}

    @Nested
    class Peerings extends SdkPeerings {}

    @Nested
    class Instances extends SdkInstances {}

    @Nested
    class Volumes extends SdkVolumes {}

    @Nested
    class KeyPairs extends SdkKeyPairs {}

    @Nested
    class NetworkInterfaces extends SdkNetworkInterfaces {}

    @Nested
    class NetworkInsights extends SdkNetworkInsights {}

    @Nested
    class Others extends SdkOthers {}

    @Nested
    @Order(Integer.MAX_VALUE)
    class All {

        @Test
        void every_action_that_the_server_has_was_done() {
            SortedSet<String> actions = Ec2Actions.of(server);

            assertThat(Ec2Actions.doneBy(server))
                    .as("actions that the SDK has done")
                    .containsExactlyElementsOf(actions);
            ClientsDocument.compareRows(actions);
            ClientsDocument.compareColumn(ClientsDocument.Client.JAVA_SDK, actions);
        }
    }
}
