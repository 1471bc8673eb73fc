package dev.linkspan.server.api.resource.natservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Quota;
import dev.linkspan.server.api.oapi.OapiClient;
import dev.linkspan.server.api.resource.publicip.ExitScenario;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class NatServiceCallsTest extends ExitScenario {

    private String allocated() {
        return outscale.call("CreatePublicIp", "{}")
                .path("PublicIp")
                .path("PublicIpId")
                .stringValue();
    }

    private String in(String publicIp, String more) {
        return "{'SubnetId':'%s','PublicIpId':'%s'%s}".formatted(subnet.id(), publicIp, more);
    }

    private String created(String publicIp) {
        return outscale.call("CreateNatService", in(publicIp, ""))
                .path("NatService")
                .path("NatServiceId")
                .stringValue();
    }

    private static String only(String service) {
        return "{'NatServiceId':'%s'}".formatted(service);
    }

    private JsonNode read(String service) {
        return outscale.call("ReadNatServices", "{'Filters':{'NatServiceIds':['%s']}}".formatted(service))
                .path("NatServices")
                .path(0);
    }

    private List<String> found(String filters) {
        return OapiClient.texts(
                outscale.call("ReadNatServices", "{'Filters':{%s}}".formatted(filters))
                        .path("NatServices"),
                "NatServiceId");
    }

    @Test
    void one_lives_from_its_creation_to_an_hour_after_its_deletion() {
        openVpc();
        String ip = allocated();
        JsonNode made = outscale.call("CreateNatService", in(ip, ",'ClientToken':'once'"))
                .path("NatService");
        String id = made.path("NatServiceId").stringValue();

        assertThat(read(id)).isEqualTo(made);
        assertThat(made.path("ClientToken").stringValue()).isEqualTo("once");
        assertThat(made.path("NetId").stringValue()).isEqualTo(net.id().value());
        assertThat(made.path("SubnetId").stringValue()).isEqualTo(subnet.id().value());
        assertThat(made.path("State").stringValue()).isEqualTo("available");
        assertThat(made.path("Tags").isEmpty()).isTrue();
        assertThat(made.path("PublicIps").toString())
                .isEqualTo("[{\"PublicIp\":\"203.0.113.2\",\"PublicIpId\":\"%s\"}]".formatted(ip));

        outscale.call("DeleteNatService", only(id));
        assertThat(read(id).path("State").stringValue()).isEqualTo("deleted");
        assertThat(read(id).path("PublicIps").isEmpty()).isTrue();
        assertThat(refusedOutscale("5032", "DeleteNatService", only(id)))
                .isEqualTo("The NatServiceId '%s' doesn't exist.".formatted(id));
        outscale.call("DeletePublicIp", "{'PublicIpId':'%s'}".formatted(ip));
        hourLater();
        assertThat(found("")).isEmpty();
    }

    @Test
    @Rule("X2")
    void its_public_ip_is_linked_to_a_nic_that_is_its_own_and_not_listed() {
        openVpc();
        String ip = allocated();
        String id = created(ip);
        JsonNode linked = outscale.call("ReadPublicIps", "{'Filters':{'PublicIpIds':['%s']}}".formatted(ip))
                .path("PublicIps")
                .path(0);
        String nic = linked.path("NicId").stringValue();

        assertThat(linked.path("PrivateIp").stringValue()).isEqualTo("10.0.1.4");
        assertThat(linked.has("VmId")).isFalse();
        assertThat(outscale.call("ReadNics", "{}").path("Nics").isEmpty()).isTrue();
        assertThat(outscale.call("ReadNics", "{'Filters':{'NicIds':['%s']}}".formatted(nic))
                        .path("Nics")
                        .isEmpty())
                .isTrue();
        assertThat(refusedOutscale("9029", "DeleteNic", "{'NicId':'%s'}".formatted(nic)))
                .contains("NAT service", id);
        assertThat(refusedOutscale(
                        "9029",
                        "UnlinkPublicIp",
                        "{'LinkPublicIpId':'%s'}"
                                .formatted(linked.path("LinkPublicIpId").stringValue())))
                .contains(id);
        refusedOutscale("9029", "DeletePublicIp", "{'PublicIpId':'%s'}".formatted(ip));
        assertThat(unchanged(() ->
                        outscale.refused(409, "9095", "DeleteSubnet", "{'SubnetId':'%s'}".formatted(subnet.id()))))
                .contains(id);
        assertThat(refusedOutscale("9029", "CreateNatService", in(ip, ""))).contains(ip);
    }

    @Test
    void all_filters_choose() {
        openVpc();
        String first = outscale.call("CreateNatService", in(allocated(), ",'ClientToken':'once'"))
                .path("NatService")
                .path("NatServiceId")
                .stringValue();
        String second = created(allocated());
        outscale.call("CreateTags", "{'ResourceIds':['%s'],'Tags':[{'Key':'Name','Value':'x'}]}".formatted(second));
        outscale.call("DeleteNatService", only(first));

        assertThat(found("'NatServiceIds':['%s','nat-00000001']".formatted(first)))
                .containsExactly(first);
        assertThat(found("'ClientTokens':['once']")).containsExactly(first);
        assertThat(found("'NetIds':['%s']".formatted(net.id()))).containsExactlyInAnyOrder(first, second);
        assertThat(found("'NetIds':['vpc-00000001']")).isEmpty();
        assertThat(found("'SubnetIds':['%s']".formatted(subnet.id()))).containsExactlyInAnyOrder(first, second);
        assertThat(found("'States':['deleted']")).containsExactly(first);
        assertThat(found("'States':['available']")).containsExactly(second);
        assertThat(found("'TagKeys':['Name']")).containsExactly(second);
        assertThat(found("'TagValues':['x']")).containsExactly(second);
        assertThat(found("'Tags':['Name=x']")).containsExactly(second);
        assertThat(outscale.call("ReadTags", "{'Filters':{'ResourceTypes':['natgateway']}}")
                        .path("Tags")
                        .size())
                .isEqualTo(1);
        assertThat(outscaleStranger
                        .call("ReadNatServices", "{}")
                        .path("NatServices")
                        .isEmpty())
                .isTrue();
        JsonNode page = outscale.call("ReadNatServices", "{'ResultsPerPage':1}");
        assertThat(page.path("NatServices").size()).isEqualTo(1);
        assertThat(page.has("NextPageToken")).isTrue();
        refusedOutscale("3001", "ReadNatServices", "{'Filters':{'Colours':['red']}}");
        refusedOutscale("4110", "ReadNatServices", "{'Filters':{'NetIds':'any'}}");
    }

    @Test
    void what_is_wrong_is_told_and_changes_nothing() {
        String ip = allocated();
        assertThat(refusedOutscale("6004", "CreateNatService", in(ip, "")))
                .contains("internet service", net.id().value());
        openVpc();
        assertThat(refusedOutscale("7000", "CreateNatService", "{'SubnetId':'%s'}".formatted(subnet.id())))
                .contains("PublicIpId");
        assertThat(refusedOutscale("7000", "CreateNatService", "{'PublicIpId':'%s'}".formatted(ip)))
                .contains("SubnetId");
        refusedOutscale("5080", "CreateNatService", in("eipalloc-00000001", ""));
        refusedOutscale("5057", "CreateNatService", "{'SubnetId':'subnet-00000001','PublicIpId':'%s'}".formatted(ip));
        refusedOutscale("3001", "CreateNatService", in(ip, ",'Colour':'red'"));
        refusedOutscale("4045", "CreateNatService", in(ip, ",'ClientToken':''"));
        refusedOutscale("7000", "DeleteNatService", "{}");
        refusedOutscale("4104", "DeleteNatService", only("vpc-00000001"));
        refusedOutscale("4105", "DeleteNatService", only("nat-x"));
        refusedOutscale("5032", "DeleteNatService", only("nat-00000001"));
        assertThat(found("")).isEmpty();
        String id = created(ip);
        unchanged(() -> outscaleStranger.refused(400, "5032", "DeleteNatService", only(id)));
        limit(Quota.NAT_SERVICES, 1);
        refusedOutscale("10000", "CreateNatService", in(allocated(), ""));
    }

    @Test
    void a_call_that_is_repeated_makes_no_second_one() {
        openVpc();
        String call = in(allocated(), ",'ClientToken':'once'");
        String id = outscale.call("CreateNatService", call)
                .path("NatService")
                .path("NatServiceId")
                .stringValue();

        assertThat(outscale.call("CreateNatService", call)
                        .path("NatService")
                        .path("NatServiceId")
                        .stringValue())
                .isEqualTo(id);
        assertThat(refusedOutscale("9029", "CreateNatService", in(allocated(), ",'ClientToken':'once'")))
                .contains(id);
        assertThat(found("")).containsExactly(id);
    }

    @Test
    void a_rehearsal_leaves_nothing() {
        openVpc();
        String ip = allocated();
        outscale.call("CreateNatService", in(ip, ",'DryRun':true"));
        assertThat(found("")).isEmpty();
        String id = created(ip);
        outscale.call("DeleteNatService", "{'NatServiceId':'%s','DryRun':true}".formatted(id));

        assertThat(read(id).path("State").stringValue()).isEqualTo("available");
    }

    @Test
    @Rule("X7")
    void a_route_leads_to_it_and_is_a_blackhole_without_it() {
        openVpc();
        String id = created(allocated());
        String table = fixture.mainTable(net).id().value();
        String route = "{'RouteTableId':'%s','DestinationIpRange':'0.0.0.0/0','NatServiceId':'%s'}";
        assertThat(refusedOutscale("5032", "CreateRoute", route.formatted(table, "nat-00000001")))
                .contains("nat-00000001");

        JsonNode made = outscale.call("CreateRoute", route.formatted(table, id))
                .path("RouteTable")
                .path("Routes")
                .path(1);
        assertThat(made.path("NatServiceId").stringValue()).isEqualTo(id);
        assertThat(made.has("GatewayId")).isFalse();
        assertThat(made.path("State").stringValue()).isEqualTo("active");
        outscale.call("DeleteNatService", only(id));
        JsonNode tables = outscale.call(
                        "ReadRouteTables",
                        "{'Filters':{'RouteNatServiceIds':['%s'],'RouteStates':['blackhole']}}".formatted(id))
                .path("RouteTables");
        assertThat(OapiClient.texts(tables, "RouteTableId")).containsExactly(table);
        refusedOutscale("5032", "UpdateRoute", route.formatted(table, id));
    }
}
