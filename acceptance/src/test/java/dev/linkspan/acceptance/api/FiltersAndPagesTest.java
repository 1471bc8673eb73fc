package dev.linkspan.acceptance.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Json;
import dev.linkspan.core.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading what there is: filters, pages and the order of lists. */
class FiltersAndPagesTest {

    @RegisterExtension
    static final LinkspanServer SERVER = LinkspanServer.with();

    private static Account account;
    private static Account peer;
    private static String hub;
    private static final List<String> NETS = new ArrayList<>();
    private static final List<String> PEERINGS = new ArrayList<>();

    @BeforeAll
    static void an_account_has_a_hub_with_four_peerings() {
        account = SERVER.account();
        peer = SERVER.account();
        hub = account.inhabitedNet("10.0.0.0/16");
        for (int i = 1; i <= 4; i++) {
            String net = peer.inhabitedNet("10.%d.0.0/16".formatted(i));
            NETS.add(net);
            SERVER.advance("PT1S");
            PEERINGS.add(account.requestPeering(hub, net, peer).orThrow().text("NetPeering", "NetPeeringId"));
        }
        peer.ask("RejectNetPeering", "NetPeeringId", PEERINGS.get(0));
        peer.ask("AcceptNetPeering", "NetPeeringId", PEERINGS.get(1));
    }

    private static List<String> found(Object... filters) {
        return ids(account.ask("ReadNetPeerings", "Filters", Json.object(filters)));
    }

    private static List<String> ids(Answer answer) {
        return answer.list("NetPeerings").stream()
                .map(peering -> peering.path("NetPeeringId").asString())
                .toList();
    }

    @Test
    void live_peerings_come_before_dead_ones_then_by_creation() {
        assertThat(ids(account.ask("ReadNetPeerings")))
                .containsExactly(PEERINGS.get(1), PEERINGS.get(2), PEERINGS.get(3), PEERINGS.get(0));
    }

    @Test
    @Rule("E5")
    void values_of_one_filter_are_alternatives_and_filters_narrow_each_other() {
        assertThat(found("StateNames", List.of("active", "rejected")))
                .containsExactlyInAnyOrder(PEERINGS.get(0), PEERINGS.get(1));
        assertThat(found("StateNames", List.of("active", "rejected"), "AccepterNetNetIds", List.of(NETS.get(0))))
                .containsExactly(PEERINGS.get(0));
        assertThat(found("SourceNetNetIds", List.of(hub))).hasSize(4);
        List<String> many = new ArrayList<>(List.of(hub));
        IntStream.range(0, 5_000).mapToObj("vpc-%08x"::formatted).forEach(many::add);
        assertThat(found("SourceNetNetIds", many)).as("a filter of 5,001 Nets").hasSize(4);
        assertThat(found("AccepterNetIpRanges", List.of("10.3.0.0/16"))).containsExactly(PEERINGS.get(2));
        assertThat(found("AccepterNetAccountIds", List.of(account.id()))).isEmpty();
        assertThat(found("StateMessages", List.of("Active"))).containsExactly(PEERINGS.get(1));
    }

    @Test
    @Rule("E5")
    void filters_are_case_sensitive() {
        assertThat(found("StateNames", List.of("Active"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pcx-00000000", "pcx-xyz", "vpc-12345678", "", "nonsense"})
    @Rule("E5")
    void unknown_or_malformed_ids_in_filters_find_nothing(String id) {
        Answer answer = account.ask("ReadNetPeerings", "Filters", Json.object("NetPeeringIds", List.of(id)));

        assertThat(answer.at("NetPeerings").isArray()).isTrue();
        assertThat(answer.at("NetPeerings").isEmpty()).isTrue();
    }

    @Test
    void an_unknown_filter_is_refused_by_name() {
        Answer answer = account.call("ReadNetPeerings", "Filters", Json.object("Colour", List.of("red")));

        assertThat(answer.errorCode()).isEqualTo("3001");
        assertThat(answer.errorDetails()).contains("Colour");
    }

    @Test
    void pages_follow_one_another_without_gaps() {
        List<String> seen = new ArrayList<>();
        Answer page = account.ask("ReadNetPeerings", "ResultsPerPage", 3);
        seen.addAll(ids(page));
        assertThat(seen).hasSize(3);

        page = account.ask("ReadNetPeerings", "ResultsPerPage", 3, "NextPageToken", page.text("NextPageToken"));
        seen.addAll(ids(page));

        assertThat(page.body().has("NextPageToken")).isFalse();
        assertThat(seen).isEqualTo(ids(account.ask("ReadNetPeerings")));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1001})
    void a_page_has_between_one_and_a_thousand_results(int size) {
        assertThat(account.call("ReadNetPeerings", "ResultsPerPage", size).errorCode())
                .isEqualTo("4113");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "AAAA", "bm9uc2Vuc2U="})
    void a_token_that_the_server_did_not_give_is_refused(String token) {
        assertThat(account.call("ReadNetPeerings", "NextPageToken", token).errorCode())
                .isEqualTo("4117");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ReadNets",
                "ReadSubnets",
                "ReadVms",
                "ReadNics",
                "ReadRouteTables",
                "ReadSecurityGroups",
                "ReadNetPeerings",
                "ReadTags",
                "ReadVolumes",
                "ReadLoadBalancers",
                "ReadNatServices",
                "ReadInternetServices",
                "ReadPublicIps",
                "ReadNetAccessPoints",
                "ReadVirtualGateways",
                "ReadKeypairs"
            })
    void the_list_is_there_even_when_it_is_empty(String call) {
        Answer answer = SERVER.account().ask(call);

        assertThat(answer.at(call.substring("Read".length())).isArray()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ReadRegions",
                "ReadSubregions",
                "ReadAccounts",
                "ReadAccessKeys",
                "ReadQuotas",
                "ReadImages",
                "ReadVmTypes",
                "ReadVmsState",
                "ReadDhcpOptions"
            })
    void what_every_account_sees_can_be_read(String call) {
        assertThat(account.call(call).status()).isEqualTo(200);
    }
}
