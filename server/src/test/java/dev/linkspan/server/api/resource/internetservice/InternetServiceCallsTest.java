package dev.linkspan.server.api.resource.internetservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Quota;
import dev.linkspan.server.api.oapi.OapiClient;
import dev.linkspan.server.api.resource.publicip.ExitScenario;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class InternetServiceCallsTest extends ExitScenario {

    private String created() {
        return outscale.call("CreateInternetService", "{}")
                .path("InternetService")
                .path("InternetServiceId")
                .stringValue();
    }

    private String both(String service) {
        return "{'InternetServiceId':'%s','NetId':'%s'}".formatted(service, net.id());
    }

    private static String only(String service) {
        return "{'InternetServiceId':'%s'}".formatted(service);
    }

    private JsonNode read(String service) {
        return outscale.call("ReadInternetServices", "{'Filters':{'InternetServiceIds':['%s']}}".formatted(service))
                .path("InternetServices")
                .path(0);
    }

    private List<String> found(String filters) {
        return OapiClient.texts(
                outscale.call("ReadInternetServices", "{'Filters':{%s}}".formatted(filters))
                        .path("InternetServices"),
                "InternetServiceId");
    }

    @Test
    @Rule("X1")
    void one_lives_from_its_creation_to_its_deletion() {
        String id = created();
        assertThat(read(id).has("NetId")).isFalse();
        assertThat(read(id).has("State")).isFalse();
        assertThat(read(id).path("Tags").isEmpty()).isTrue();

        outscale.call("LinkInternetService", both(id));
        assertThat(read(id).path("NetId").stringValue()).isEqualTo(net.id().value());
        assertThat(read(id).path("State").stringValue()).isEqualTo("available");
        assertThat(refusedOutscale("9029", "DeleteInternetService", only(id)))
                .contains(id, net.id().value());
        assertThat(refusedOutscale("9029", "DeleteNet", "{'NetId':'%s'}".formatted(net.id())))
                .contains(id);

        outscale.call("UnlinkInternetService", both(id));
        assertThat(read(id).has("NetId")).isFalse();
        outscale.call("DeleteInternetService", only(id));
        assertThat(refusedOutscale("5001", "DeleteInternetService", only(id)))
                .isEqualTo("The InternetServiceId '%s' doesn't exist.".formatted(id));
    }

    @Test
    @Rule("X1")
    void one_net_has_one_and_one_is_linked_to_one_net() {
        String first = created();
        String second = created();
        outscale.call("LinkInternetService", both(first));

        assertThat(refusedOutscale("9029", "LinkInternetService", both(second))).contains(first);
        String elsewhere = fixture.net(owner, "10.9.0.0/16").id().value();
        assertThat(refusedOutscale(
                        "9029",
                        "LinkInternetService",
                        "{'InternetServiceId':'%s','NetId':'%s'}".formatted(first, elsewhere)))
                .contains(first, net.id().value());
        assertThat(refusedOutscale("6004", "UnlinkInternetService", both(second)))
                .contains(second, net.id().value());
    }

    @Test
    void all_filters_choose() {
        String linked = created();
        String free = created();
        outscale.call("LinkInternetService", both(linked));
        outscale.call("CreateTags", "{'ResourceIds':['%s'],'Tags':[{'Key':'Name','Value':'door'}]}".formatted(free));

        assertThat(found("'InternetServiceIds':['%s','igw-00000001']".formatted(linked)))
                .containsExactly(linked);
        assertThat(found("'LinkNetIds':['%s']".formatted(net.id()))).containsExactly(linked);
        assertThat(found("'LinkStates':['available']")).containsExactly(linked);
        assertThat(found("'TagKeys':['Name']")).containsExactly(free);
        assertThat(found("'TagValues':['door']")).containsExactly(free);
        assertThat(found("'Tags':['Name=door']")).containsExactly(free);
        assertThat(found("'LinkStates':['detached']")).isEmpty();
        assertThat(found("")).containsExactlyInAnyOrder(linked, free);
        assertThat(outscaleStranger
                        .call("ReadInternetServices", "{}")
                        .path("InternetServices")
                        .isEmpty())
                .isTrue();
        JsonNode page = outscale.call("ReadInternetServices", "{'ResultsPerPage':1}");
        assertThat(page.path("InternetServices").size()).isEqualTo(1);
        assertThat(page.has("NextPageToken")).isTrue();
    }

    @Test
    void what_is_wrong_is_told_and_changes_nothing() {
        String id = created();
        assertThat(refusedOutscale("7000", "LinkInternetService", only(id))).contains("NetId");
        assertThat(refusedOutscale("7000", "UnlinkInternetService", "{'NetId':'%s'}".formatted(net.id())))
                .contains("InternetServiceId");
        refusedOutscale("7000", "DeleteInternetService", "{}");
        refusedOutscale("4104", "DeleteInternetService", only("vpc-00000001"));
        refusedOutscale("4105", "DeleteInternetService", only("igw-x"));
        refusedOutscale("5001", "LinkInternetService", both("igw-00000001"));
        refusedOutscale(
                "5065", "LinkInternetService", "{'InternetServiceId':'%s','NetId':'vpc-00000001'}".formatted(id));
        refusedOutscale("3001", "CreateInternetService", "{'Colour':'red'}");
        refusedOutscale("3001", "ReadInternetServices", "{'Filters':{'Colours':['red']}}");
        unchanged(() -> outscaleStranger.refused(400, "5001", "DeleteInternetService", only(id)));
        limit(Quota.INTERNET_SERVICES, 1);
        refusedOutscale("10000", "CreateInternetService", "{}");
    }

    @Test
    void a_rehearsal_leaves_nothing() {
        outscale.call("CreateInternetService", "{'DryRun':true}");
        String id = created();
        outscale.call(
                "LinkInternetService", "{'DryRun':true,'InternetServiceId':'%s','NetId':'%s'}".formatted(id, net.id()));

        assertThat(found("")).containsExactly(id);
        assertThat(read(id).has("NetId")).isFalse();
    }

    @Test
    @Rule("X7")
    void a_route_leads_out_by_it_and_is_a_blackhole_without_it() {
        String id = created();
        String table = fixture.mainTable(net).id().value();
        String route = "{'RouteTableId':'%s','DestinationIpRange':'0.0.0.0/0','GatewayId':'%s'}".formatted(table, id);
        assertThat(refusedOutscale("4045", "CreateRoute", route))
                .contains(id, net.id().value());
        outscale.call("LinkInternetService", both(id));

        JsonNode made = outscale.call("CreateRoute", route)
                .path("RouteTable")
                .path("Routes")
                .path(1);
        assertThat(made.path("GatewayId").stringValue()).isEqualTo(id);
        assertThat(made.path("State").stringValue()).isEqualTo("active");
        assertThat(made.path("CreationMethod").stringValue()).isEqualTo("CreateRoute");
        outscale.call("UnlinkInternetService", both(id));
        JsonNode tables = outscale.call(
                        "ReadRouteTables",
                        "{'Filters':{'RouteGatewayIds':['%s'],'RouteStates':['blackhole']}}".formatted(id))
                .path("RouteTables");
        assertThat(OapiClient.texts(tables, "RouteTableId")).containsExactly(table);
    }
}
