package dev.linkspan.bench;

import dev.linkspan.cli.client.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** A tenant that asks for as much as it may, without a pause, in every way that costs others most. */
final class NoisyNeighbour implements AutoCloseable {

    private static final long A_BREATH = 50_000_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean ended;

    private NoisyNeighbour() {}

    /**
     * What it does this to.
     *
     * @param vms ids of its VMs, as many as a call may name
     * @param subnet where it makes more
     * @param image what of
     */
    record Estate(Tenant tenant, List<String> vms, String subnet, String image) {

        /** @param much how many VMs */
        static Estate make(Tenant tenant, int much) {
            String image = tenant.ask("ReadImages")
                    .list("Images")
                    .getFirst()
                    .path("ImageId")
                    .asString();
            String net = tenant.ask("CreateNet", "IpRange", "10.128.0.0/16").text("Net", "NetId");
            String subnet = tenant.ask("CreateSubnet", "NetId", net, "IpRange", "10.128.0.0/17")
                    .text("Subnet", "SubnetId");
            List<String> vms = tenant
                    .ask("CreateVms", "SubnetId", subnet, "ImageId", image, "MinVmsCount", much, "MaxVmsCount", much)
                    .list("Vms")
                    .stream()
                    .map(vm -> vm.path("VmId").asString())
                    .toList();
            return new Estate(tenant, vms, subnet, image);
        }
    }

    /** Begins; what is refused, as it should be, is asked for again after a breath. */
    static NoisyNeighbour of(Estate estate) {
        NoisyNeighbour excess = new NoisyNeighbour();
        Tenant tenant = estate.tenant();
        AtomicInteger number = new AtomicInteger();
        excess.repeat(() -> tenant.caller()
                .call(
                        "CreateTags",
                        "ResourceIds",
                        estate.vms(),
                        "Tags",
                        List.of(Json.object("Key", "number", "Value", "" + number.incrementAndGet())))
                .refused());
        for (int i = 0; i < 4; i++) {
            excess.repeat(() -> tenant.caller().call("ReadTags").refused());
            excess.repeat(() -> tenant.caller().call("ReadVms").refused());
        }
        List<JsonNode> plan = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            plan.add(Json.object("Call", "CreateVms", "Arguments", newVms(estate)));
        }
        excess.repeat(() -> tenant.own()
                .call("TracePath", "From", estate.vms().getFirst(), "To", "10.128.0.9", "Plan", plan)
                .refused());
        for (int i = 0; i < 8; i++) {
            excess.repeat(() -> tenant.caller()
                    .call("CreateKeypair", "KeypairName", "always the same")
                    .refused());
        }
        return excess;
    }

    private static JsonNode newVms(Estate estate) {
        int much = estate.vms().size();
        return Json.object(
                "SubnetId", estate.subnet(), "ImageId", estate.image(), "MinVmsCount", much, "MaxVmsCount", much);
    }

    /** Makes this many VMs by two calls, deletes them, and does it again. */
    static NoisyNeighbour ofMachines(Estate estate, int machines) {
        NoisyNeighbour excess = new NoisyNeighbour();
        excess.repeat(() -> {
            List<String> made = new ArrayList<>();
            for (int call = 0; call < 2; call++) {
                estate.tenant()
                        .ask(
                                "CreateVms",
                                "SubnetId",
                                estate.subnet(),
                                "ImageId",
                                estate.image(),
                                "MinVmsCount",
                                machines / 2,
                                "MaxVmsCount",
                                machines / 2)
                        .list("Vms")
                        .forEach(vm -> made.add(vm.path("VmId").asString()));
            }
            LockSupport.parkNanos(20 * A_BREATH);
            return estate.tenant().caller().call("DeleteVms", "VmIds", made).refused();
        });
        return excess;
    }

    private void repeat(Deed deed) {
        threads.execute(() -> {
            while (!ended) {
                if (deed.refused()) {
                    LockSupport.parkNanos(A_BREATH);
                }
            }
        });
    }

    @FunctionalInterface
    private interface Deed {
        boolean refused();
    }

    @Override
    public void close() {
        ended = true;
        threads.close();
    }
}
