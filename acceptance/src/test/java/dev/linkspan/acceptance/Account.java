package dev.linkspan.acceptance;

import dev.linkspan.cli.client.AccessKey;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Caller;
import dev.linkspan.cli.client.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** An account of a test, in one Region, with short words for what tests do all the time. */
public record Account(String id, AccessKey key, Caller caller) implements Caller {

    @Override
    public Answer call(String name, ObjectNode arguments) {
        return caller.call(name, arguments);
    }

    /** A Net. */
    public String net(String range) {
        return ask("CreateNet", "IpRange", range).text("Net", "NetId");
    }

    public String subnet(String net, String range) {
        return ask("CreateSubnet", "NetId", net, "IpRange", range).text("Subnet", "SubnetId");
    }

    public String vm(String subnet) {
        return ask("CreateVms", "ImageId", image(), "SubnetId", subnet)
                .list("Vms")
                .getFirst()
                .path("VmId")
                .asString();
    }

    /** A Net with a Subnet that holds a VM, so that it may be peered (P6). */
    public String inhabitedNet(String range) {
        String net = net(range);
        vm(subnet(net, range.substring(0, range.indexOf('/')) + "/28"));
        return net;
    }

    /** Asks for a peering with another account's Net. */
    public Answer requestPeering(String source, String accepter, Account owner) {
        return call(
                "CreateNetPeering", "SourceNetId", source, "AccepterNetId", accepter, "AccepterOwnerId", owner.id());
    }

    /** The Net's main route table. */
    public String routeTable(String net) {
        return ask("ReadRouteTables", "Filters", Json.object("NetIds", List.of(net)))
                .list("RouteTables")
                .getFirst()
                .path("RouteTableId")
                .asString();
    }

    /** The Net's default security group. */
    public String defaultGroup(String net) {
        return ask("ReadSecurityGroups", "Filters", Json.object("NetIds", List.of(net)))
                .list("SecurityGroups")
                .getFirst()
                .path("SecurityGroupId")
                .asString();
    }

    /** The state in which this account sees the peering; {@code unknown} where it sees none. */
    public String stateOf(String peering) {
        return ask("ReadNetPeerings", "Filters", Json.object("NetPeeringIds", List.of(peering)))
                .list("NetPeerings")
                .stream()
                .map(found -> found.path("State").path("Name").asString())
                .findFirst()
                .orElse("unknown");
    }

    public String image() {
        return ask("ReadImages").list("Images").getFirst().path("ImageId").asString();
    }
}
