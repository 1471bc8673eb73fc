package dev.linkspan.acceptance.explain;

import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.client.AccessKey;
import dev.linkspan.cli.client.Caller;
import dev.linkspan.cli.client.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The people of the page, each with a Net and a machine; ids are shown under names that a reader can tell apart. */
final class Cast {

    static final String ANN = "111111111111";
    static final String BOB = "222222222222";
    static final String CAROL = "333333333333";

    private final LinkspanServer server;
    private final Map<String, String> shown = new LinkedHashMap<>();

    Cast(LinkspanServer server) {
        this.server = server;
    }

    /** What one of them has. */
    record Site(String account, String net, String vm, String table, String group, String range) {}

    Caller as(String account) {
        return server.client().asAccount(new AccessKey(account, "any"), LinkspanServer.REGION);
    }

    /** A Net with one machine at {@code .1.4}. */
    Site site(String account, int number, char letter) {
        Caller caller = as(account);
        String range = "10.%d.0.0/16".formatted(number);
        String net = caller.ask("CreateNet", "IpRange", range).text("Net", "NetId");
        String subnet = caller.ask("CreateSubnet", "NetId", net, "IpRange", "10.%d.1.0/24".formatted(number))
                .text("Subnet", "SubnetId");
        JsonNode made = caller.ask("CreateVms", "ImageId", "ami-00000001", "SubnetId", subnet)
                .list("Vms")
                .getFirst();
        String vm = made.path("VmId").asString();
        String nic = made.path("Nics").path(0).path("NicId").asString();
        Map<String, Object> ofNet = Map.of("NetIds", List.of(net));
        String table = caller.ask("ReadRouteTables", "Filters", ofNet)
                .list("RouteTables")
                .getFirst()
                .path("RouteTableId")
                .asString();
        String group = caller.ask("ReadSecurityGroups", "Filters", ofNet)
                .list("SecurityGroups")
                .getFirst()
                .path("SecurityGroupId")
                .asString();
        List.of(net, vm, nic, table, group).forEach(id -> show(id, letter));
        return new Site(account, net, vm, table, group, range);
    }

    private void show(String id, char letter) {
        String prefix = id.substring(0, id.indexOf('-') + 1);
        shown.put(id, prefix + String.valueOf(letter).repeat(8));
    }

    String ask(Site source, Site accepter, char letter) {
        String id = as(source.account())
                .ask(
                        "CreateNetPeering",
                        "SourceNetId",
                        source.net(),
                        "AccepterNetId",
                        accepter.net(),
                        "AccepterOwnerId",
                        accepter.account())
                .text("NetPeering", "NetPeeringId");
        show(id, letter);
        return id;
    }

    String peer(Site source, Site accepter, char letter) {
        String id = ask(source, accepter, letter);
        as(accepter.account()).ask("AcceptNetPeering", "NetPeeringId", id);
        return id;
    }

    void route(Site site, String destination, String peering) {
        as(site.account())
                .ask(
                        "CreateRoute",
                        "RouteTableId",
                        site.table(),
                        "DestinationIpRange",
                        destination,
                        "NetPeeringId",
                        peering);
    }

    /** Every other address by an internet service. */
    void leadOutside(Site site, char letter) {
        Caller caller = as(site.account());
        String service = caller.ask("CreateInternetService").text("InternetService", "InternetServiceId");
        show(service, letter);
        caller.ask("LinkInternetService", "InternetServiceId", service, "NetId", site.net());
        caller.ask(
                "CreateRoute", "RouteTableId", site.table(), "DestinationIpRange", "0.0.0.0/0", "GatewayId", service);
    }

    void letIn(Site site, int port, String range) {
        as(site.account())
                .call(
                        "CreateSecurityGroupRule",
                        Json.object(
                                "SecurityGroupId",
                                site.group(),
                                "Flow",
                                "Inbound",
                                "IpProtocol",
                                "tcp",
                                "FromPortRange",
                                port,
                                "ToPortRange",
                                port,
                                "IpRange",
                                range))
                .orThrow();
    }

    /** The text with the names of the page in the place of ids. */
    String shown(String text) {
        String result = text;
        for (Map.Entry<String, String> id : shown.entrySet()) {
            result = result.replace(id.getKey(), id.getValue());
        }
        return result;
    }

    /** The text with ids in the place of the names of the page. */
    String real(String text) {
        String result = text;
        for (Map.Entry<String, String> id : shown.entrySet()) {
            result = result.replace(id.getValue(), id.getKey());
        }
        return result;
    }
}
