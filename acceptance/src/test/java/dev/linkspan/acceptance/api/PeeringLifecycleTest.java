package dev.linkspan.acceptance.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Json;
import dev.linkspan.core.Rule;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The life of a peering between two accounts, as its owners and a stranger see it. */
class PeeringLifecycleTest {

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

    private Answer request() {
        return requester.requestPeering(source, target, accepter).orThrow();
    }

    private static String id(Answer answer) {
        return answer.text("NetPeering", "NetPeeringId");
    }

    private static String state(Answer answer) {
        return answer.text("NetPeering", "State", "Name");
    }

    private static String message(Answer answer) {
        return answer.text("NetPeering", "State", "Message");
    }

    @Test
    @Rule({"P2", "P7", "L5", "L6"})
    void a_request_waits_for_the_other_owner_and_says_until_when() {
        Answer answer = request();

        assertThat(id(answer)).matches("pcx-[0-9a-f]{8}");
        assertThat(state(answer)).isEqualTo("pending-acceptance");
        assertThat(message(answer)).isEqualTo("Pending acceptance by " + accepter.id());
        assertThat(answer.text("NetPeering", "ExpirationDate"))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        JsonNode peering = answer.at("NetPeering");
        assertThat(peering.path("SourceNet"))
                .isEqualTo(Json.object("AccountId", requester.id(), "IpRange", "10.1.0.0/16", "NetId", source));
        assertThat(peering.path("AccepterNet"))
                .isEqualTo(Json.object("AccountId", accepter.id(), "IpRange", "10.2.0.0/16", "NetId", target));
        assertThat(peering.path("Tags").isEmpty()).isTrue();
    }

    @Test
    @Rule({"L1", "L5", "L6"})
    void the_other_owner_accepts_and_accepting_again_changes_nothing() {
        String peering = id(request());

        Answer accepted = accepter.ask("AcceptNetPeering", "NetPeeringId", peering);
        Answer again = accepter.ask("AcceptNetPeering", "NetPeeringId", peering);

        assertThat(state(accepted)).isEqualTo("active");
        assertThat(message(accepted)).isEqualTo("Active");
        assertThat(accepted.at("NetPeering").has("ExpirationDate")).isFalse();
        assertThat(again.at("NetPeering")).isEqualTo(accepted.at("NetPeering"));
        assertThat(requester.stateOf(peering)).isEqualTo("active");
    }

    @Test
    @Rule("L1")
    void the_requester_may_neither_accept_nor_reject() {
        String peering = id(request());

        for (String call : List.of("AcceptNetPeering", "RejectNetPeering")) {
            Answer answer = requester.call(call, "NetPeeringId", peering);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.errorCode()).isEqualTo("4");
            assertThat(answer.errorType()).isEqualTo("AccessDenied");
            assertThat(answer.errorDetails()).contains(accepter.id());
        }
        assertThat(requester.stateOf(peering)).isEqualTo("pending-acceptance");
    }

    @Test
    @Rule({"L1", "L6"})
    void a_rejected_request_can_be_rejected_again_but_not_accepted_or_deleted() {
        String peering = id(request());

        accepter.ask("RejectNetPeering", "NetPeeringId", peering);
        accepter.ask("RejectNetPeering", "NetPeeringId", peering);

        assertThat(accepter.stateOf(peering)).isEqualTo("rejected");
        assertThat(accepter.call("AcceptNetPeering", "NetPeeringId", peering).errorCode())
                .isEqualTo("6004");
        Answer deleted = requester.call("DeleteNetPeering", "NetPeeringId", peering);
        assertThat(deleted.status()).isEqualTo(409);
        assertThat(deleted.errorType()).isEqualTo("InvalidState");
        JsonNode shown = requester.ask("ReadNetPeerings").list("NetPeerings").getFirst();
        assertThat(shown.path("State").path("Message").asString()).isEqualTo("Rejected by " + accepter.id());
    }

    @Test
    @Rule("L1")
    void only_the_requester_takes_back_a_request() {
        String peering = id(request());

        assertThat(accepter.call("DeleteNetPeering", "NetPeeringId", peering).refused())
                .isTrue();
        assertThat(accepter.stateOf(peering)).isEqualTo("pending-acceptance");

        requester.ask("DeleteNetPeering", "NetPeeringId", peering);
        requester.ask("DeleteNetPeering", "NetPeeringId", peering);
        assertThat(accepter.stateOf(peering)).isEqualTo("deleted");
    }

    @Test
    @Rule({"L1", "L6"})
    void either_owner_deletes_an_active_peering() {
        String peering = id(request());
        accepter.ask("AcceptNetPeering", "NetPeeringId", peering);

        accepter.ask("DeleteNetPeering", "NetPeeringId", peering);

        JsonNode shown = requester.ask("ReadNetPeerings").list("NetPeerings").getFirst();
        assertThat(shown.path("State"))
                .isEqualTo(Json.object("Message", "Deleted by " + accepter.id(), "Name", "deleted"));
    }

    @Test
    @Rule({"P3", "P9"})
    void asking_again_returns_the_same_peering() {
        String pending = id(request());
        assertThat(id(request())).isEqualTo(pending);

        accepter.ask("AcceptNetPeering", "NetPeeringId", pending);
        Answer again = request();

        assertThat(id(again)).isEqualTo(pending);
        assertThat(state(again)).isEqualTo("active");
        assertThat(requester.ask("ReadNetPeerings").list("NetPeerings")).hasSize(1);
    }

    @Test
    @Rule({"P3", "P9", "L4", "L6"})
    void accepting_one_of_two_crossing_requests_rejects_the_other() {
        String there = id(request());
        Answer back = accepter.requestPeering(target, source, requester).orThrow();
        assertThat(state(back)).isEqualTo("pending-acceptance");

        accepter.ask("AcceptNetPeering", "NetPeeringId", there);

        assertThat(requester.stateOf(id(back))).isEqualTo("rejected");
        assertThat(requester.call("AcceptNetPeering", "NetPeeringId", id(back)).errorCode())
                .isEqualTo("6004");
        Answer third = accepter.requestPeering(target, source, requester).orThrow();
        assertThat(state(third)).isEqualTo("rejected");
        assertThat(message(third))
                .isEqualTo("Rejected automatically: an active peering already connects these two Nets");
    }

    @Test
    @Rule({"P4", "L6"})
    void overlapping_ranges_give_a_failed_peering() {
        String inside = accepter.inhabitedNet("10.1.128.0/24");

        Answer answer = requester.requestPeering(source, inside, accepter).orThrow();

        assertThat(state(answer)).isEqualTo("failed");
        assertThat(message(answer))
                .isEqualTo("Failed: the IP ranges of the two Nets overlap (10.1.0.0/16, 10.1.128.0/24)");
        assertThat(accepter.call("AcceptNetPeering", "NetPeeringId", id(answer)).errorCode())
                .isEqualTo("6004");
    }

    @Test
    @Rule({"P5", "L6"})
    void nets_in_different_regions_give_a_failed_peering() {
        String abroad = SERVER.in(LinkspanServer.OTHER_REGION, accepter).inhabitedNet("10.3.0.0/16");

        Answer answer = requester.requestPeering(source, abroad, accepter).orThrow();

        assertThat(state(answer)).isEqualTo("failed");
        assertThat(message(answer)).isEqualTo("Failed: the two Nets are in different Regions (eu-west-2, us-east-2)");
    }

    @Test
    @Rule("P6")
    void a_net_without_a_vm_cannot_be_peered_and_nothing_is_recorded() {
        String empty = requester.net("10.4.0.0/16");

        Answer own = requester.requestPeering(empty, target, accepter);
        Answer others = accepter.requestPeering(target, empty, requester);

        assertThat(own.status()).isEqualTo(400);
        assertThat(own.errorCode()).isEqualTo("4045");
        assertThat(own.errorDetails()).contains(empty);
        assertThat(others.errorCode()).isEqualTo("4045");
        assertThat(requester.ask("ReadNetPeerings").list("NetPeerings")).isEmpty();
    }

    @Test
    @Rule("P10")
    void a_net_cannot_peer_with_itself_whether_it_exists_or_not() {
        for (String net : List.of(source, "vpc-00000000")) {
            Answer answer = requester.call("CreateNetPeering", "SourceNetId", net, "AccepterNetId", net);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.errorCode()).isEqualTo("4199");
        }
    }

    @Test
    @Rule({"P2", "P7", "L1"})
    void one_account_is_both_parties_of_a_peering_between_its_own_nets() {
        String other = requester.inhabitedNet("10.5.0.0/16");

        Answer answer = requester.ask("CreateNetPeering", "SourceNetId", source, "AccepterNetId", other);

        assertThat(state(answer)).isEqualTo("pending-acceptance");
        assertThat(state(requester.ask("AcceptNetPeering", "NetPeeringId", id(answer))))
                .isEqualTo("active");
    }

    @Test
    @Rule("A4")
    void without_the_right_owner_the_other_net_is_unknown() {
        Answer without = requester.call("CreateNetPeering", "SourceNetId", source, "AccepterNetId", target);
        Answer wrong = requester.requestPeering(source, target, requester);

        assertThat(without.errorCode()).isEqualTo("5065");
        assertThat(without.errorDetails()).isEqualTo("The AccepterNetId '%s' doesn't exist.".formatted(target));
        assertThat(wrong.errorCode()).isEqualTo("5065");
    }

    @Test
    @Rule("A4")
    void a_stranger_finds_nothing_and_is_answered_as_for_an_id_that_does_not_exist() {
        String peering = id(request());
        Account stranger = SERVER.account();

        assertThat(stranger.stateOf(peering)).isEqualTo("unknown");
        for (String call : List.of("AcceptNetPeering", "RejectNetPeering", "DeleteNetPeering")) {
            Answer answer = stranger.call(call, "NetPeeringId", peering);
            Answer unknown = stranger.call(call, "NetPeeringId", "pcx-00000000");

            assertThat(answer.errorCode()).isEqualTo("5035");
            assertThat(answer.errorDetails().replace(peering, ""))
                    .isEqualTo(unknown.errorDetails().replace("pcx-00000000", ""));
            assertThat(answer.status()).isEqualTo(unknown.status());
        }
    }

    @Test
    @Rule({"L7", "L8"})
    void a_net_goes_only_when_its_peerings_are_dead_and_their_words_stay() {
        Account owner = SERVER.account();
        String net = owner.net("10.6.0.0/16");
        String subnet = owner.subnet(net, "10.6.0.0/24");
        String vm = owner.vm(subnet);
        String peering = id(requester.requestPeering(source, net, owner).orThrow());
        owner.ask("DeleteVms", "VmIds", List.of(vm));
        owner.ask("DeleteSubnet", "SubnetId", subnet);

        assertThat(owner.call("DeleteNet", "NetId", net).errorCode()).isEqualTo("9029");

        owner.ask("RejectNetPeering", "NetPeeringId", peering);
        owner.ask("DeleteNet", "NetId", net);
        JsonNode shown = requester.ask("ReadNetPeerings").list("NetPeerings").getFirst();
        assertThat(shown.path("AccepterNet"))
                .isEqualTo(Json.object("AccountId", owner.id(), "IpRange", "10.6.0.0/16", "NetId", net));
    }

    @Test
    void each_owner_has_its_own_tags_on_a_peering() {
        String peering = id(request());

        requester.ask(
                "CreateTags",
                "ResourceIds",
                List.of(peering),
                "Tags",
                List.of(Json.object("Key", "team", "Value", "shop")));

        JsonNode own = requester.ask("ReadNetPeerings").list("NetPeerings").getFirst();
        JsonNode others = accepter.ask("ReadNetPeerings").list("NetPeerings").getFirst();
        assertThat(own.path("Tags").path(0)).isEqualTo(Json.object("Key", "team", "Value", "shop"));
        assertThat(others.path("Tags").isEmpty()).isTrue();
    }

    @Test
    @Rule("P12")
    void over_the_quota_of_outstanding_requests_nothing_is_recorded() {
        SERVER.operator()
                .ask("UpdateQuota", "AccountId", requester.id(), "Name", "outstanding-peering-requests", "MaxValue", 1);
        String peering = id(request());
        String second = accepter.inhabitedNet("10.7.0.0/16");

        Answer over = requester.requestPeering(source, second, accepter);

        assertThat(over.errorType()).isEqualTo("TooManyResources (QuotaExceded)");
        assertThat(requester.ask("ReadNetPeerings").list("NetPeerings"))
                .extracting(found -> found.path("NetPeeringId").asString())
                .containsExactly(peering);
    }
}
