package dev.linkspan.server.api.resource.peering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.operation.NetPeerings;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.peering.PeeringSide;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.tag.Tag;
import dev.linkspan.server.api.call.PageToken;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.oapi.Conversation;
import dev.linkspan.server.api.oapi.Conversation.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class NetPeeringCallsTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId requester = fixture.account();
    private final AccountId accepter = fixture.account();
    private final Net source = fixture.net(requester, "10.0.0.0/16");
    private final Net target = fixture.net(accepter, "10.1.0.0/16");
    private final Conversation asRequester = as(requester);
    private final Conversation asAccepter = as(accepter);

    private Conversation as(AccountId account) {
        return as(account, new PeeringRules(false, true));
    }

    private Conversation as(AccountId account, PeeringRules rules) {
        NetPeerings peerings = new NetPeerings(rules);
        return new Conversation(store, account, new NetPeeringCalls(peerings).operations());
    }

    private Answer create() {
        return asRequester.call(
                "CreateNetPeering",
                "{\"SourceNetId\":\"%s\",\"AccepterNetId\":\"%s\",\"AccepterOwnerId\":\"%s\"}"
                        .formatted(source.id(), target.id(), accepter));
    }

    private static List<String> ids(Answer answer) {
        List<String> ids = new ArrayList<>();
        for (JsonNode peering : answer.body().path("NetPeerings")) {
            ids.add(peering.path("NetPeeringId").asString());
        }
        return ids;
    }

    private Answer read(String arguments) {
        return asRequester.call("ReadNetPeerings", arguments);
    }

    @Test
    @Rule({"P7", "L5", "L6"})
    void a_request_is_answered_with_all_its_fields() {
        JsonNode peering = create().body().path("NetPeering");
        assertThat(peering.propertyNames())
                .containsExactlyInAnyOrder(
                        "NetPeeringId", "SourceNet", "AccepterNet", "State", "ExpirationDate", "Tags");
        assertThat(peering.path("NetPeeringId").asString()).startsWith("pcx-");
        assertThat(peering.path("SourceNet").toString())
                .isEqualTo("{\"AccountId\":\"%s\",\"IpRange\":\"10.0.0.0/16\",\"NetId\":\"%s\"}"
                        .formatted(requester, source.id()));
        assertThat(peering.path("AccepterNet").path("AccountId").asString()).isEqualTo(accepter.value());
        assertThat(peering.path("State").path("Name").asString()).isEqualTo("pending-acceptance");
        assertThat(peering.path("State").path("Message").asString()).isEqualTo("Pending acceptance by " + accepter);
        assertThat(peering.path("ExpirationDate").asString()).isEqualTo("2026-11-29T18:44:49.123Z");
        assertThat(peering.path("Tags").isArray()).isTrue();
    }

    @Test
    @Rule("L5")
    void an_active_peering_shows_no_expiration_date() {
        String id = create().body().path("NetPeering").path("NetPeeringId").asString();
        JsonNode accepted = asAccepter
                .call("AcceptNetPeering", "{\"NetPeeringId\":\"%s\"}".formatted(id))
                .body()
                .path("NetPeering");
        assertThat(accepted.path("State").path("Name").asString()).isEqualTo("active");
        assertThat(accepted.has("ExpirationDate")).isFalse();
    }

    @Test
    @Rule("P13")
    void a_second_peer_whose_range_overlaps_is_refused_saying_why_where_the_network_cannot_keep_both_apart() {
        PeeringRules ofOvn = new PeeringRules(false, false);
        Net twin = fixture.net(accepter, "10.1.128.0/17");
        String first = create().body().path("NetPeering").path("NetPeeringId").asString();
        String second = asRequester
                .call(
                        "CreateNetPeering",
                        "{\"SourceNetId\":\"%s\",\"AccepterNetId\":\"%s\",\"AccepterOwnerId\":\"%s\"}"
                                .formatted(source.id(), twin.id(), accepter))
                .body()
                .path("NetPeering")
                .path("NetPeeringId")
                .asString();
        String accept = "{\"NetPeeringId\":\"%s\"}";
        assertThat(as(accepter, ofOvn)
                        .call("AcceptNetPeering", accept.formatted(first))
                        .status())
                .isEqualTo(200);

        Answer refused = as(accepter, ofOvn).call("AcceptNetPeering", accept.formatted(second));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("Errors").path(0).path("Code").asString())
                .isEqualTo("9029");
        assertThat(refused.body().path("Errors").path(0).path("Details").asString())
                .contains(second, "another active peer whose range overlaps", "cannot keep their packets apart");
        assertThat(read("{\"Filters\":{\"StateNames\":[\"pending-acceptance\"]}}")
                        .body()
                        .path("NetPeerings")
                        .path(0)
                        .path("NetPeeringId")
                        .asString())
                .isEqualTo(second);

        asRequester.call("DeleteNetPeering", accept.formatted(first));
        assertThat(as(accepter, ofOvn)
                        .call("AcceptNetPeering", accept.formatted(second))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void account_ids_may_be_numbers() {
        Answer answer = asRequester.call(
                "CreateNetPeering",
                "{\"SourceNetId\":\"%s\",\"AccepterNetId\":\"%s\",\"AccepterOwnerId\":%s}"
                        .formatted(source.id(), target.id(), accepter));
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    @Rule("L1")
    void refusals_have_their_codes() {
        String id = create().body().path("NetPeering").path("NetPeeringId").asString();
        String argument = "{\"NetPeeringId\":\"%s\"}".formatted(id);
        Answer wrongParty = asRequester.call("AcceptNetPeering", argument);
        assertThat(wrongParty.status()).isEqualTo(401);
        assertThat(wrongParty.code()).isEqualTo("4");
        assertThat(asAccepter.call("RejectNetPeering", argument).status()).isEqualTo(200);
        Answer dead = asAccepter.call("AcceptNetPeering", argument);
        assertThat(dead.status()).isEqualTo(409);
        assertThat(dead.code()).isEqualTo("6004");
        Answer stranger = as(fixture.account()).call("AcceptNetPeering", argument);
        assertThat(stranger.status()).isEqualTo(400);
        assertThat(stranger.code()).isEqualTo("5035");
        assertThat(stranger.details()).isEqualTo("The NetPeeringId '%s' doesn't exist.".formatted(id));
    }

    @Test
    @Rule("P10")
    void a_net_with_itself_is_4199() {
        assertThat(asRequester
                        .call(
                                "CreateNetPeering",
                                "{\"SourceNetId\":\"vpc-00000000\",\"AccepterNetId\":\"vpc-00000000\"}")
                        .code())
                .isEqualTo("4199");
    }

    @Test
    void without_filters_every_visible_one_is_listed_live_ones_first() {
        NetPeering dead = fixture.pendingPeering(source, target);
        fixture.change(unit -> {
            unit.peerings().save(dead.reject(accepter, unit.now()));
            return dead;
        });
        store.advance(Duration.ofMinutes(1));
        NetPeering live = fixture.pendingPeering(source, target);
        assertThat(ids(read(""))).containsExactly(live.id().value(), dead.id().value());
        assertThat(as(fixture.account())
                        .call("ReadNetPeerings", "")
                        .body()
                        .path("NetPeerings")
                        .isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"NetPeeringIds":["$ID"]}                                            | 1
            {"NetPeeringIds":["pcx-00000000"]}                                   | 0
            {"NetPeeringIds":["malformed","$ID"]}                                | 1
            {"NetPeeringIds":["malformed"]}                                      | 0
            {"NetPeeringIds":[]}                                                 | 1
            {"StateNames":["pending-acceptance","active"]}                       | 1
            {"StateNames":["Pending-Acceptance"]}                                | 0
            {"StateNames":["pending-acceptance"],"SourceNetNetIds":["vpc-1"]}    | 0
            {"StateMessages":["Pending acceptance by $ACCEPTER"]}                | 1
            {"AccepterNetAccountIds":["$ACCEPTER"]}                              | 1
            {"AccepterNetAccountIds":[$ACCEPTER]}                                | 1
            {"SourceNetIpRanges":["10.0.0.0/16"]}                                | 1
            {"SourceNetIpRanges":["10.0.0.0/8"]}                                 | 0
            {"ExpirationDates":["2026-11-29T18:44:49.123Z"]}                     | 1
            {"ExpirationDates":["2026-11-29T18:44:49Z"]}                         | 0
            {"Tags":["stage=test"]}                                              | 1
            {"Tags":["stage=production"]}                                        | 0
            {"TagKeys":["stage"],"TagValues":["test"]}                           | 1
            {"TagKeys":["test"]}                                                 | 0
            """)
    void filters_select(String filters, int expected) {
        NetPeering peering = fixture.pendingPeering(source, target);
        fixture.change(unit -> {
            unit.tags().save(new Tag(peering.id(), requester, "stage", "test"));
            unit.tags().save(new Tag(peering.id(), accepter, "stage", "production"));
            return peering;
        });
        String filled = filters.replace("$ID", peering.id().value()).replace("$ACCEPTER", accepter.value());
        Answer answer = read("{\"Filters\":%s}".formatted(filled));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(ids(answer)).hasSize(expected);
    }

    @Test
    void each_owner_sees_its_own_tags() {
        NetPeering peering = fixture.pendingPeering(source, target);
        fixture.change(unit -> {
            unit.tags().save(new Tag(peering.id(), requester, "b", "2"));
            unit.tags().save(new Tag(peering.id(), requester, "a", "1"));
            unit.tags().save(new Tag(peering.id(), accepter, "c", "3"));
            return peering;
        });
        assertThat(read("").body().path("NetPeerings").path(0).path("Tags").toString())
                .isEqualTo("[{\"Key\":\"a\",\"Value\":\"1\"},{\"Key\":\"b\",\"Value\":\"2\"}]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"Filters":{"Colours":["red"]}}                    | 3001
            {"Filters":{"StateNames":"active"}}                | 4110
            {"Filters":{"StateNames":[7]}}                     | 4110
            {"Filters":{"ExpirationDates":["soon"]}}           | 4047
            {"ResultsPerPage":0}                               | 4113
            {"ResultsPerPage":1001}                            | 4113
            {"ResultsPerPage":"10"}                            | 4110
            {"NextPageToken":"nonsense"}                       | 4117
            {"NextPageToken":"TmV0cwpub25zZW5zZQ=="}           | 4117
            """)
    void bad_filters_and_pages_are_refused(String arguments, String code) {
        Answer answer = read(arguments);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void what_dies_between_two_pages_is_shown_once_at_its_place() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            Net other = fixture.bareNet(accepter, "10.%d.0.0/16".formatted(i + 2));
            made.add(fixture.pendingPeering(source, other).id().value());
        }
        delete(made.getLast());
        store.advance(Duration.ofSeconds(1));
        List<String> seen = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            Answer page = read("{\"ResultsPerPage\":3%s}"
                    .formatted(token.map(it -> ",\"NextPageToken\":\"%s\"".formatted(it))
                            .orElse("")));
            seen.addAll(ids(page));
            token = Optional.ofNullable(page.body().get("NextPageToken")).map(JsonNode::asString);
            store.advance(Duration.ofSeconds(1));
            if (seen.size() == 3) {
                delete(made.getFirst());
                delete(made.get(4));
                delete(made.get(7));
            }
        } while (token.isPresent());

        assertThat(seen).isEqualTo(made);
        assertThat(ids(read("")))
                .containsSubsequence(made.get(6), made.getFirst())
                .containsSubsequence(made.get(6), made.get(4));
    }

    private void delete(String id) {
        fixture.change(unit -> {
            NetPeering peering = unit.peerings().find(new NetPeeringId(id)).orElseThrow();
            unit.peerings().save(peering.delete(source.owner(), unit.now()));
            return id;
        });
    }

    @Test
    void pages_hold_everything_once_though_rows_come_and_go() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            store.advance(Duration.ofSeconds(i % 2));
            Net other = fixture.bareNet(accepter, "10.%d.0.0/16".formatted(i + 2));
            made.add(fixture.pendingPeering(source, other).id().value());
        }
        List<String> seen = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            Answer page = read("{\"ResultsPerPage\":3%s}"
                    .formatted(token.map(it -> ",\"NextPageToken\":\"%s\"".formatted(it))
                            .orElse("")));
            seen.addAll(ids(page));
            token = Optional.ofNullable(page.body().get("NextPageToken")).map(JsonNode::asString);
            if (seen.size() == 3) {
                fixture.change(unit -> {
                    unit.peerings().delete(new NetPeeringId(seen.getLast()));
                    return seen;
                });
            }
        } while (token.isPresent());
        assertThat(seen).containsExactlyElementsOf(made);
    }

    /** Reads page after page, with these further arguments, until there is no other. */
    private List<String> inPages(int size, String filters) {
        List<String> seen = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            String next =
                    token.map(it -> ",\"NextPageToken\":\"%s\"".formatted(it)).orElse("");
            Answer page = read("{\"ResultsPerPage\":%d,\"Filters\":%s%s}".formatted(size, filters, next));
            assertThat(ids(page)).hasSizeLessThanOrEqualTo(size);
            seen.addAll(ids(page));
            token = Optional.ofNullable(page.body().get("NextPageToken")).map(JsonNode::asString);
        } while (token.isPresent());
        return seen;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                               | 24
            {"StateNames":["rejected"]}                                      | 8
            {"StateNames":["rejected","nonsense"]}                           | 8
            {"StateNames":["nonsense"]}                                      | 0
            {"SourceNetNetIds":["$SOURCE","malformed"],"TagKeys":["third"]}  | 8
            {"SourceNetNetIds":["malformed"]}                                | 0
            {"AccepterNetAccountIds":["$ACCEPTER"],"Tags":["third=yes"]}     | 8
            {"AccepterNetAccountIds":["1234"]}                               | 0
            {"AccepterNetIpRanges":["10.5.0.0/16","10.6.0.0/16"]}            | 2
            {"AccepterNetIpRanges":["anything"]}                             | 0
            """)
    void pages_tell_the_same_as_the_whole_list_whatever_filters_leave_out(String filters, int expected) {
        for (int i = 0; i < 24; i++) {
            store.advance(Duration.ofSeconds(i % 2));
            NetPeering peering =
                    fixture.pendingPeering(source, fixture.bareNet(accepter, "10.%d.0.0/16".formatted(i + 2)));
            if (i % 3 == 0) {
                fixture.change(unit -> {
                    unit.peerings().save(peering.reject(accepter, unit.now()));
                    unit.tags().save(new Tag(peering.id(), requester, "third", "yes"));
                    return peering;
                });
            }
        }
        String filled = filters.replace("$SOURCE", source.id().value()).replace("$ACCEPTER", accepter.value());
        List<String> whole = ids(read("{\"Filters\":%s}".formatted(filled)));

        assertThat(whole).hasSize(expected);
        for (int size : List.of(1, 5, 8, 24, 1000)) {
            assertThat(inPages(size, filled)).as("%d a page", size).isEqualTo(whole);
        }
    }

    @Test
    void peerings_asked_for_by_id_come_in_pages_too() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            store.advance(Duration.ofSeconds(1));
            Net other = fixture.bareNet(accepter, "10.%d.0.0/16".formatted(i + 2));
            made.add(fixture.pendingPeering(source, other).id().value());
        }
        String backwards = String.join("\",\"", made.reversed());

        assertThat(inPages(2, "{\"NetPeeringIds\":[\"%s\"]}".formatted(backwards)))
                .isEqualTo(made);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0 00000000001795372800.000000000 vpc-00001003 d5u3vpd8gao0",
                "2 00000000001795372800.000000000 pcx-00001003 d5u3vpd8gao0",
                "0 1795372800.000000000 pcx-00001003 d5u3vpd8gao0",
                "0 99999999999999999999.000000000 pcx-00001003 d5u3vpd8gao0",
                "0 00000000001795372800.000000000 pcx-00001003",
                "0 00000000001795372800.000000000 pcx-00001003 ",
                "0 00000000001795372800.000000000 pcx-00001003 to-day",
                "0 00000000001795372800.000000000 pcx-00001003 0d5u3vpd8gao0"
            })
    void a_token_of_a_place_that_no_peering_can_have_is_4117(String place) {
        String token = PageToken.after("NetPeerings", new Position(place));
        Answer answer = read("{\"NextPageToken\":\"%s\"}".formatted(token));
        assertThat(answer.code()).isEqualTo("4117");
        assertThat(answer.details()).contains(token);
    }

    @Test
    void without_a_page_size_nothing_is_left_out() {
        fixture.change(unit -> {
            for (int i = 0; i < 2500; i++) {
                PeeringSide other = new PeeringSide(NetId.KIND.of(1_000_000 + i), target.range(), accepter);
                NetPeeringId id = unit.newId(NetPeeringId.KIND);
                unit.peerings().save(NetPeering.requested(id, PeeringSide.of(source), other, unit.now()));
            }
            return unit.now();
        });
        Answer answer = read("");
        assertThat(ids(answer)).hasSize(2500).doesNotHaveDuplicates();
        assertThat(answer.body().has("NextPageToken")).isFalse();
    }
}
