package dev.linkspan.cli.demo;

import dev.linkspan.cli.client.AccessKey;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Caller;
import dev.linkspan.cli.client.Json;
import dev.linkspan.cli.client.LinkspanClient;
import dev.linkspan.cli.wire.Machine;
import java.util.ArrayList;
import java.util.List;

/** Makes the story's tenants and their Nets, each with two Subnets in two Subregions and a machine in both. */
final class Cast {

    static final String REGION = "eu-west-2";
    static final List<String> SUBREGIONS = List.of("eu-west-2a", "eu-west-2b");

    private final LinkspanClient client;
    private final Wire wire;

    Cast(LinkspanClient client, Wire wire) {
        this.client = client;
        this.wire = wire;
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
        wire.settle();
        machines.forEach(wire.probes()::answerOn);
        return site(owner, name, net, range, machines);
    }

    /** A whole site like one that was made aloud already: only what comes of it is told. */
    Site siteLikeBefore(Scene scene, Tenant owner, String name, int number) {
        Site site = site(scene.hushed(), owner, name, number);
        scene.note("%s: the same calls make %s %s with %s %s and %s %s"
                .formatted(
                        owner.name(),
                        site.netId(),
                        site.range(),
                        site.a().name(),
                        site.a().address(),
                        site.b().name(),
                        site.b().address()));
        return site;
    }

    /** A Net with nothing but a machine, so that it may be peered (P6). */
    Site bareSite(Scene scene, Tenant owner, String name, String range, String subnetRange) {
        String net = scene.call(owner, "CreateNet", "IpRange", range).text("Net", "NetId");
        Machine machine = machine(scene.hushed(), owner, net, subnetRange, SUBREGIONS.getFirst(), name + "-a");
        scene.note("and a Subnet with a machine in it");
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
