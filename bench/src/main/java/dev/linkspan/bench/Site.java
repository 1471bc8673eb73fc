package dev.linkspan.bench;

import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A tenant's Net with one VM.
 *
 * @param table its main route table
 * @param group its default security group
 * @param address the VM's private address
 */
record Site(Tenant owner, String net, String range, String table, String group, String vm, String address) {

    /** Makes one; the second byte of its range is all that tells it from others. */
    static Site make(Tenant owner, int number) {
        String range = "10.%d.0.0/16".formatted(number);
        String net = owner.ask("CreateNet", "IpRange", range).text("Net", "NetId");
        Answer subnet = owner.ask("CreateSubnet", "NetId", net, "IpRange", "10.%d.1.0/24".formatted(number));
        JsonNode vm = first(
                owner.ask(
                        "CreateVms",
                        "SubnetId",
                        subnet.text("Subnet", "SubnetId"),
                        "ImageId",
                        text(first(owner.ask("ReadImages"), "Images"), "ImageId")),
                "Vms");
        Object filters = Json.object("NetIds", List.of(net));
        return new Site(
                owner,
                net,
                range,
                text(first(owner.ask("ReadRouteTables", "Filters", filters), "RouteTables"), "RouteTableId"),
                text(first(owner.ask("ReadSecurityGroups", "Filters", filters), "SecurityGroups"), "SecurityGroupId"),
                text(vm, "VmId"),
                text(vm, "PrivateIp"));
    }

    /** Lets in whatever comes from the other. */
    void admit(Site other) {
        owner.ask(
                "CreateSecurityGroupRule",
                "SecurityGroupId",
                group,
                "Flow",
                "Inbound",
                "IpProtocol",
                "-1",
                "IpRange",
                other.range);
    }

    void route(Site other, String peering) {
        owner.ask("CreateRoute", "RouteTableId", table, "DestinationIpRange", other.range, "NetPeeringId", peering);
    }

    void unroute(Site other) {
        owner.ask("DeleteRoute", "RouteTableId", table, "DestinationIpRange", other.range);
    }

    private static JsonNode first(Answer answer, String list) {
        return answer.list(list).getFirst();
    }

    private static String text(JsonNode object, String name) {
        return object.path(name).asString();
    }
}
