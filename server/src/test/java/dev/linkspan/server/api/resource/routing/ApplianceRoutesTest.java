package dev.linkspan.server.api.resource.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Vm;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import dev.linkspan.server.api.oapi.OapiClient;
import dev.linkspan.server.api.resource.publicip.ExitScenario;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Routes to a NIC or a VM, as both APIs make, show and choose them. */
@Rule("X6")
class ApplianceRoutesTest extends ExitScenario {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ROUTE = "//routeSet/item[destinationCidrBlock='0.0.0.0/0']/";

    private final String table = fixture.mainTable(net).id().value();
    private final String instance = instance();
    private final String nic = interfaceOf(instance);

    private String[] route(String... target) {
        String[] where = {"RouteTableId", table, "DestinationCidrBlock", "0.0.0.0/0"};
        return Stream.of(where, target).flatMap(Stream::of).toArray(String[]::new);
    }

    private String routeJson(String target) {
        return "{'RouteTableId':'%s','DestinationIpRange':'0.0.0.0/0',%s}".formatted(table, target);
    }

    private Answer described() {
        return ec2.done("DescribeRouteTables", "RouteTableId.1", table);
    }

    private JsonNode read() {
        return outscale.call("ReadRouteTables", "{'Filters':{'RouteTableIds':['%s']}}".formatted(table))
                .path("RouteTables")
                .path(0)
                .path("Routes")
                .path(0);
    }

    private static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }

    private void attachSecond() {
        ec2.done(
                "AttachNetworkInterface",
                "NetworkInterfaceId",
                networkInterface(),
                "InstanceId",
                instance,
                "DeviceIndex",
                "1");
    }

    private List<String> filtered(String name, String value) {
        return ec2.done("DescribeRouteTables", "Filter.1.Name", name, "Filter.1.Value.1", value)
                .texts("//routeTableSet/item/routeTableId");
    }

    private List<String> read(String filter) {
        return OapiClient.texts(
                outscale.call("ReadRouteTables", "{'Filters':{%s}}".formatted(filter))
                        .path("RouteTables"),
                "RouteTableId");
    }

    @Nested
    class Of_ec2 {

        @Test
        void one_shows_the_interface_and_while_it_is_attached_the_instance_and_whose_it_is() {
            String free = networkInterface();
            ec2.done("CreateRoute", route("NetworkInterfaceId", free));
            assertThat(described().text(ROUTE + "networkInterfaceId")).isEqualTo(free);
            assertThat(described().text(ROUTE + "state")).isEqualTo("blackhole");
            assertThat(described().texts(ROUTE + "instanceId")).isEmpty();
            assertThat(described().texts(ROUTE + "instanceOwnerId")).isEmpty();

            ec2.done("ReplaceRoute", route("InstanceId", instance));
            assertThat(described().text(ROUTE + "networkInterfaceId")).isEqualTo(nic);
            assertThat(described().text(ROUTE + "instanceId")).isEqualTo(instance);
            assertThat(described().text(ROUTE + "instanceOwnerId")).isEqualTo(owner.value());
            assertThat(described().text(ROUTE + "state")).isEqualTo("active");
            assertThat(described().text(ROUTE + "origin")).isEqualTo("CreateRoute");
            assertThat(described().texts(ROUTE + "gatewayId")).isEmpty();
        }

        @Test
        @Rule("X7")
        void one_is_a_blackhole_while_its_instance_is_stopped_and_when_it_is_gone() {
            ec2.done("CreateRoute", route("NetworkInterfaceId", nic));

            ec2.done("StopInstances", "InstanceId.1", instance);
            assertThat(described().text(ROUTE + "state")).isEqualTo("blackhole");
            assertThat(described().text(ROUTE + "instanceId")).isEqualTo(instance);
            ec2.done("StartInstances", "InstanceId.1", instance);
            assertThat(described().text(ROUTE + "state")).isEqualTo("active");

            ec2.done("TerminateInstances", "InstanceId.1", instance);
            assertThat(described().text(ROUTE + "state")).isEqualTo("blackhole");
            assertThat(described().text(ROUTE + "networkInterfaceId")).isEqualTo(nic);
            assertThat(described().texts(ROUTE + "instanceId")).isEmpty();
            ec2.done("DeleteRoute", "RouteTableId", table, "DestinationCidrBlock", "0.0.0.0/0");
        }

        @Test
        void what_cannot_be_led_to_is_refused_and_changes_nothing() {
            attachSecond();
            assertThat(refused("InvalidInstanceID", "CreateRoute", route("InstanceId", instance)))
                    .isEqualTo("There are multiple interfaces attached to instance '%s'.".formatted(instance)
                            + " Please specify an interface ID for the operation instead.");
            refused(
                    "InvalidParameterCombination",
                    "CreateRoute",
                    route("InstanceId", instance, "NetworkInterfaceId", nic));
            refused("InvalidNetworkInterfaceID.NotFound", "CreateRoute", route("NetworkInterfaceId", "eni-00000001"));
            refused("InvalidInstanceID.NotFound", "CreateRoute", route("InstanceId", "i-00000001"));
            Nic distant = elsewhere();
            assertThat(refused(
                            "InvalidParameterValue",
                            "CreateRoute",
                            route("NetworkInterfaceId", distant.id().value())))
                    .contains(distant.id().value(), table, distant.net().value());
            ec2.done("TerminateInstances", "InstanceId.1", instance);
            refused("IncorrectInstanceState", "CreateRoute", route("InstanceId", instance));
            assertThat(fixture.mainTable(net).routes()).hasSize(1);
        }

        @Test
        void a_rehearsal_tells_that_it_would_be_made_and_makes_none() {
            assertThat(ec2.call("CreateRoute", route("InstanceId", instance, "DryRun", "true"))
                            .code())
                    .isEqualTo("DryRunOperation");
            assertThat(fixture.mainTable(net).routes()).hasSize(1);
        }

        @Test
        void tables_are_chosen_by_the_instance_that_a_route_leads_to() {
            ec2.done("CreateRoute", route("NetworkInterfaceId", nic));

            assertThat(filtered("route.instance-id", instance)).containsExactly(table);
            assertThat(filtered("route.instance-id", "i-00000001")).isEmpty();
            assertThat(filtered("route.state", "blackhole")).isEmpty();
        }
    }

    @Nested
    class Of_outscale {

        @Test
        void one_shows_the_nic_and_while_it_is_linked_the_vm_and_whose_it_is() {
            JsonNode made = outscale.call("CreateRoute", routeJson("'VmId':'%s'".formatted(instance)))
                    .path("RouteTable");
            JsonNode expected = json("""
                    {'CreationMethod':'CreateRoute','DestinationIpRange':'0.0.0.0/0','NicId':'%s',
                     'State':'active','VmAccountId':'%s','VmId':'%s'}
                    """.formatted(nic, owner, instance));
            assertThat(made.path("Routes").path(1)).isEqualTo(expected);
            assertThat(read()).isEqualTo(expected);

            String free = networkInterface();
            outscale.call("UpdateRoute", routeJson("'NicId':'%s'".formatted(free)));
            assertThat(read()).isEqualTo(json("""
                    {'CreationMethod':'CreateRoute','DestinationIpRange':'0.0.0.0/0','NicId':'%s','State':'blackhole'}
                    """.formatted(free)));
        }

        @Test
        void what_cannot_be_led_to_is_refused_and_changes_nothing() {
            attachSecond();
            assertThat(refusedOutscale("4045", "CreateRoute", routeJson("'VmId':'%s'".formatted(instance))))
                    .contains(instance, "2 NICs");
            refusedOutscale("3002", "CreateRoute", routeJson("'VmId':'%s','NicId':'%s'".formatted(instance, nic)));
            refusedOutscale("5036", "CreateRoute", routeJson("'NicId':'eni-00000001'"));
            refusedOutscale("5063", "CreateRoute", routeJson("'VmId':'i-00000001'"));
            refusedOutscale(
                    "4045",
                    "CreateRoute",
                    routeJson("'NicId':'%s'".formatted(elsewhere().id())));
            ec2.done("TerminateInstances", "InstanceId.1", instance);
            refusedOutscale("6004", "CreateRoute", routeJson("'VmId':'%s'".formatted(instance)));
            assertThat(fixture.mainTable(net).routes()).hasSize(1);
        }

        @Test
        void a_rehearsal_makes_none() {
            outscale.call("CreateRoute", routeJson("'NicId':'%s','DryRun':true".formatted(nic)));

            assertThat(fixture.mainTable(net).routes()).hasSize(1);
        }

        @Test
        void tables_are_chosen_by_the_vm_that_a_route_leads_to() {
            outscale.call("CreateRoute", routeJson("'NicId':'%s'".formatted(nic)));

            assertThat(read("'RouteVmIds':['%s']".formatted(instance))).containsExactly(table);
            assertThat(read("'RouteVmIds':['i-00000001']")).isEmpty();
        }
    }

    /** A NIC of another Net of the owner's. */
    private Nic elsewhere() {
        Net other = fixture.net(owner, "10.9.0.0/16");
        Vm distant = fixture.vm(fixture.subnet(other, "10.9.1.0/24"), "10.9.1.4");
        return fixture.read(snapshot -> snapshot.nics().ofVm(distant.id())).getFirst();
    }
}
