package dev.linkspan.cli.demo;

import dev.linkspan.cli.client.AccessKey;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Caller;
import dev.linkspan.cli.client.Json;
import dev.linkspan.cli.client.LinkspanClient;
import dev.linkspan.cli.wire.Machine;
import dev.linkspan.cli.wire.Probes;
import java.util.ArrayList;
import java.util.List;

/** Makes the story's tenants and their Nets, each with two Subnets in two Subregions and a machine in both. */
final class Cast {

    static final String REGION = "eu-west-2";
    static final List<String> SUBREGIONS = List.of("eu-west-2a", "eu-west-2b");

    private final LinkspanClient client;
    private final Probes probes;

    Cast(LinkspanClient client, Probes probes) {
        this.client = client;
        this.probes = probes;
    }

    Tenant tenant(Scene scene, String name) {
        Answer made = scene.operate("CreateAccount");
        AccessKey key = new AccessKey(made.text("AccessKey", "AccessKeyId"), made.text("AccessKey", "SecretKey"));
        return new Tenant(name, made.text("Account", "AccountId"), key, client.asAccount(key, REGION));
    }

    /** A whole site; the second byte of its range is all that tells it from others. */
    Site site(Scene scene, Tenant owner, String name, int number) {
        String range = "10.%d.0.0/16".formatted(number);
        String net = scene.call(owner, "CreateNet", "IpRange", range).text("Net", "NetId");
        List<Machine> machines = new ArrayList<>();
        for (int i = 0; i < SUBREGIONS.size(); i++) {
            String subregion = SUBREGIONS.get(i);
            String machine = name + "-" + subregion.charAt(subregion.length() - 1);
            machines.add(machine(scene, owner, net, "10.%d.%d.0/24".formatted(number, i + 1), subregion, machine));
        }
        machines.forEach(probes::answerOn);
        return site(owner, name, net, range, machines);
    }

    /** A Net with nothing but a machine, so that it may be peered (P6). */
    Site bareSite(Scene scene, Tenant owner, String name, String range, String subnetRange) {
        String net = scene.call(owner, "CreateNet", "IpRange", range).text("Net", "NetId");
        Machine machine = machine(scene, owner, net, subnetRange, SUBREGIONS.getFirst(), name + "-a");
        return site(owner, name, net, range, List.of(machine));
    }

    private static Machine machine(Scene scene, Tenant owner, String net, String range, String subregion, String name) {
        String subnet = scene.call(owner, "CreateSubnet", "NetId", net, "IpRange", range, "SubregionName", subregion)
                .text("Subnet", "SubnetId");
        Answer vm = scene.call(owner, "CreateVms", "SubnetId", subnet, "ImageId", image(owner.caller()));
        String address = vm.list("Vms").getFirst().path("PrivateIp").asString();
        return new Machine(name, vm.list("Vms").getFirst().path("VmId").asString(), address);
    }

    private static Site site(Tenant owner, String name, String net, String range, List<Machine> machines) {
        Object filters = Json.object("NetIds", List.of(net));
        String table = owner.caller()
                .ask("ReadRouteTables", "Filters", filters)
                .list("RouteTables")
                .getFirst()
                .path("RouteTableId")
                .asString();
        String group = owner.caller()
                .ask("ReadSecurityGroups", "Filters", filters)
                .list("SecurityGroups")
                .getFirst()
                .path("SecurityGroupId")
                .asString();
        return new Site(name, owner, net, range, table, group, List.copyOf(machines));
    }

    private static String image(Caller caller) {
        return caller.ask("ReadImages")
                .list("Images")
                .getFirst()
                .path("ImageId")
                .asString();
    }
}
