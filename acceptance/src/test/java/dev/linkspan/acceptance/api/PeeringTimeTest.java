package dev.linkspan.acceptance.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.core.Rule;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What time alone does to peerings, to the millisecond, on the manual clock. */
@Rule("T1")
class PeeringTimeTest {

    private static final String ALMOST_SEVEN_DAYS = "P6DT23H59M59.999S";
    private static final String ALMOST_AN_HOUR = "PT59M59.999S";
    private static final String A_MILLISECOND = "PT0.001S";

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

    private String request() {
        return requester.requestPeering(source, target, accepter).orThrow().text("NetPeering", "NetPeeringId");
    }

    @Test
    @Rule({"L2", "L5", "L6", "T2"})
    void a_request_expires_exactly_seven_days_after_it_was_made() {
        String peering = request();
        String expiry = requester
                .ask("ReadNetPeerings")
                .list("NetPeerings")
                .getFirst()
                .path("ExpirationDate")
                .asString();

        SERVER.advance(ALMOST_SEVEN_DAYS);
        assertThat(accepter.stateOf(peering)).isEqualTo("pending-acceptance");
        assertThat(accepter.call("AcceptNetPeering", "NetPeeringId", peering, "DryRun", true)
                        .status())
                .isEqualTo(200);

        SERVER.advance(A_MILLISECOND);
        JsonNode shown = accepter.ask("ReadNetPeerings").list("NetPeerings").getFirst();
        assertThat(shown.path("State").path("Name").asString()).isEqualTo("expired");
        assertThat(shown.path("State").path("Message").asString()).isEqualTo("Expired: not accepted within 7 days");
        assertThat(shown.path("ExpirationDate").asString()).isEqualTo(expiry);
        for (String call : List.of("AcceptNetPeering", "RejectNetPeering", "DeleteNetPeering")) {
            Account party = call.equals("DeleteNetPeering") ? requester : accepter;
            assertThat(party.call(call, "NetPeeringId", peering).errorCode()).isEqualTo("6004");
        }
    }

    @Test
    @Rule({"L2", "P9"})
    void after_the_expiry_the_same_request_can_be_made_anew() {
        String peering = request();

        SERVER.advance("P7D");

        assertThat(request()).isNotEqualTo(peering);
    }

    @Test
    @Rule({"L3", "T2"})
    void an_expired_request_is_shown_for_exactly_an_hour() {
        String peering = request();
        SERVER.advance("P7D");

        isShownForAnHour(peering, "expired");
    }

    @Test
    @Rule("L3")
    void a_rejected_request_is_shown_for_exactly_an_hour() {
        String peering = request();
        accepter.ask("RejectNetPeering", "NetPeeringId", peering);

        isShownForAnHour(peering, "rejected");
    }

    @Test
    @Rule("L3")
    void a_deleted_peering_is_shown_for_exactly_an_hour() {
        String peering = request();
        accepter.ask("AcceptNetPeering", "NetPeeringId", peering);
        requester.ask("DeleteNetPeering", "NetPeeringId", peering);

        isShownForAnHour(peering, "deleted");
    }

    @Test
    @Rule({"L3", "P4"})
    void a_failed_peering_is_shown_for_exactly_an_hour() {
        String inside = accepter.inhabitedNet("10.1.128.0/24");
        String peering =
                requester.requestPeering(source, inside, accepter).orThrow().text("NetPeering", "NetPeeringId");

        isShownForAnHour(peering, "failed");
    }

    private void isShownForAnHour(String peering, String state) {
        SERVER.advance(ALMOST_AN_HOUR);
        assertThat(requester.stateOf(peering)).isEqualTo(state);
        assertThat(accepter.stateOf(peering)).isEqualTo(state);

        SERVER.advance(A_MILLISECOND);
        assertThat(requester.stateOf(peering)).isEqualTo("unknown");
        assertThat(accepter.stateOf(peering)).isEqualTo("unknown");
        Answer late = accepter.call("AcceptNetPeering", "NetPeeringId", peering);
        assertThat(late.errorCode()).isEqualTo("5035");
        assertThat(late.errorDetails()).isEqualTo("The NetPeeringId '%s' doesn't exist.".formatted(peering));
    }

    @Test
    @Rule("L3")
    void an_active_peering_stays_however_long() {
        String peering = request();
        accepter.ask("AcceptNetPeering", "NetPeeringId", peering);

        SERVER.advance("P400D");

        assertThat(accepter.stateOf(peering)).isEqualTo("active");
    }

    @Test
    @Rule("L9")
    void what_was_acknowledged_survives_a_crash_and_so_does_the_time() {
        String peering = request();
        SERVER.advance("P3D");
        accepter.ask("AcceptNetPeering", "NetPeeringId", peering);
        String before = SERVER.operator().ask("ReadClock").text("Clock", "Now");

        SERVER.crashAndStartAgain();

        Account again = SERVER.in(LinkspanServer.REGION, accepter);
        assertThat(again.stateOf(peering)).isEqualTo("active");
        assertThat(SERVER.operator().ask("ReadClock").text("Clock", "Now")).isGreaterThanOrEqualTo(before);
    }
}
