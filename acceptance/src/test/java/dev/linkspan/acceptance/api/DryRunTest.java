package dev.linkspan.acceptance.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.core.Rule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** DryRun checks everything as if it were real, and changes nothing. */
@Rule("E6")
class DryRunTest {

    @RegisterExtension
    static final LinkspanServer SERVER = LinkspanServer.with();

    private Account requester;
    private Account accepter;
    private String source;
    private String target;

    @BeforeEach
    void two_tenants_have_a_net_each() {
        requester = SERVER.account();
        accepter = SERVER.account();
        source = requester.inhabitedNet("10.1.0.0/16");
        target = accepter.inhabitedNet("10.2.0.0/16");
    }

    private static void isBare(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().propertyNames()).containsExactly("ResponseContext");
    }

    @Test
    void creating_makes_nothing() {
        isBare(requester.call("CreateNet", "IpRange", "10.9.0.0/16", "DryRun", true));

        assertThat(requester.ask("ReadNets").list("Nets")).hasSize(1);
    }

    @Test
    void a_transition_does_not_happen() {
        String peering =
                requester.requestPeering(source, target, accepter).orThrow().text("NetPeering", "NetPeeringId");

        isBare(accepter.call("AcceptNetPeering", "NetPeeringId", peering, "DryRun", true));

        assertThat(accepter.stateOf(peering)).isEqualTo("pending-acceptance");
    }

    @Test
    void reading_shows_nothing() {
        isBare(requester.call("ReadNets", "DryRun", true));
    }

    @Test
    void what_would_be_refused_is_refused() {
        String peering =
                requester.requestPeering(source, target, accepter).orThrow().text("NetPeering", "NetPeeringId");

        assertThat(requester
                        .call("CreateNet", "IpRange", "10.9.0.1/16", "DryRun", true)
                        .errorCode())
                .isEqualTo("4047");
        assertThat(requester
                        .call("DeleteNet", "NetId", "vpc-00000000", "DryRun", true)
                        .errorCode())
                .isEqualTo("5065");
        assertThat(requester
                        .call("AcceptNetPeering", "NetPeeringId", peering, "DryRun", true)
                        .errorCode())
                .isEqualTo("4");
        accepter.ask("RejectNetPeering", "NetPeeringId", peering);
        assertThat(accepter.call("AcceptNetPeering", "NetPeeringId", peering, "DryRun", true)
                        .errorCode())
                .isEqualTo("6004");
    }
}
