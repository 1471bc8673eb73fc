package dev.linkspan.server.api.resource.account;

import static dev.linkspan.server.api.oapi.OapiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.oapi.OapiClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AccountCallsTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId owner = fixture.account();
    private final OapiClient client = new OapiClient(store, owner, new AccountCalls().operations());

    private JsonNode quotas(String filters) {
        return client.call("ReadQuotas", "{'Filters':%s}".formatted(filters)).path("QuotaTypes");
    }

    @Test
    @Rule("A4")
    void an_account_reads_itself_and_nobody_else() {
        fixture.account();

        assertThat(client.call("ReadAccounts", "{}").path("Accounts").toString())
                .isEqualTo("[{\"AccountId\":\"%s\",\"AdditionalEmails\":[]}]".formatted(owner));
        client.refused(400, "3001", "ReadAccounts", "{'Filters':{}}");
    }

    @Test
    @Rule("P12")
    void a_quota_is_answered_with_every_field() {
        fixture.change(unit -> {
            unit.accounts().save(new Account(owner, Optional.empty(), Map.of(Quota.NETS, 5), unit.now()));
            return owner;
        });
        fixture.net(owner, "10.0.0.0/16");

        assertThat(quotas("{'QuotaNames':['vpc_limit']}").toString())
                .isEqualTo(("[{\"QuotaType\":\"global\",\"Quotas\":[{\"AccountId\":\"%s\",\"Description\":\"Nets\","
                                + "\"MaxValue\":5,\"Name\":\"vpc_limit\",\"QuotaCollection\":\"VPC\","
                                + "\"ShortDescription\":\"Nets\",\"UsedValue\":1}]}]")
                        .formatted(owner));
    }

    @Test
    @Rule("P12")
    void quotas_inside_a_net_stand_under_the_net_and_no_limit_is_out_of_reach() {
        fixture.change(unit -> {
            Map<Quota, Integer> limits = Map.of(Quota.SUBNETS_PER_NET, Quota.UNLIMITED);
            unit.accounts().save(new Account(owner, Optional.empty(), limits, unit.now()));
            return owner;
        });
        Net net = fixture.net(owner, "10.0.0.0/16");
        fixture.subnet(net, "10.0.1.0/24");

        JsonNode ofNet = quotas("{'QuotaTypes':['%s']}".formatted(net.id()));

        assertThat(texts(ofNet, "QuotaType")).containsExactly(net.id().value());
        assertThat(texts(ofNet.path(0).path("Quotas"), "Name"))
                .containsExactly(
                        "networklink_limit", "subnet_limit", "rtb_limit", "vpc_sg_limit", "network-acls-per-net");
        assertThat(ofNet.path(0).path("Quotas").path(0).path("MaxValue").intValue())
                .isEqualTo(125);
        assertThat(ofNet.path(0).path("Quotas").path(1).path("MaxValue").intValue())
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(ofNet.path(0).path("Quotas").path(1).path("UsedValue").intValue())
                .isEqualTo(1);
    }

    @Test
    void every_filter_chooses() {
        fixture.net(owner, "10.0.0.0/16");

        assertThat(texts(quotas("{'Collections':['Compute']}").path(0).path("Quotas"), "Name"))
                .containsExactly("vm_limit", "volumes", "launch-templates", "ip_limit", "keypairs");
        assertThat(texts(quotas("{'ShortDescriptions':['VMs']}").path(0).path("Quotas"), "Name"))
                .containsExactly("vm_limit");
        assertThat(texts(quotas("{'QuotaTypes':['global']}"), "QuotaType")).containsExactly("global");
        assertThat(quotas("{'QuotaNames':['nothing']}")).isEmpty();
        client.refused(400, "3001", "ReadQuotas", "{'Filters':{'Names':['nets']}}");
    }

    @Test
    void pages_follow_each_other() {
        Net net = fixture.net(owner, "10.0.0.0/16");
        JsonNode page = client.call("ReadQuotas", "{'ResultsPerPage':1}");
        String token = page.path("NextPageToken").stringValue();

        JsonNode next = client.call("ReadQuotas", "{'NextPageToken':'%s'}".formatted(token));

        assertThat(texts(page.path("QuotaTypes"), "QuotaType")).isEqualTo(List.of("global"));
        assertThat(texts(next.path("QuotaTypes"), "QuotaType"))
                .contains(net.id().value())
                .doesNotContain("global");
    }
}
