package dev.linkspan.cli.demo;

import dev.linkspan.cli.wire.Machine;
import java.util.List;

/**
 * A Net of the story with what stands in it.
 *
 * @param routeTable its main route table
 * @param group its default security group
 * @param machines one in each of its Subnets, which lie in different Subregions
 */
record Site(
        String name,
        Tenant owner,
        String netId,
        String range,
        String routeTable,
        String group,
        List<Machine> machines) {

    Machine a() {
        return machines.getFirst();
    }

    Machine b() {
        return machines.get(1);
    }
}
