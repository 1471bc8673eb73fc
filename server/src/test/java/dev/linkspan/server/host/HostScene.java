package dev.linkspan.server.host;

import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.host.Host;
import dev.linkspan.core.host.HostName;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.net.AddressChoice;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.NewNic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmNic;
import dev.linkspan.core.net.VmSettingsChange;
import dev.linkspan.core.operation.Hosts;
import dev.linkspan.core.operation.Placement;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.core.operation.VmOrder;
import dev.linkspan.core.operation.Vms;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.own.HostToken;
import java.util.List;
import java.util.Optional;

/** A Region whose machines are on hosts, with a Subnet and an account that makes VMs there. */
abstract class HostScene {

    static final List<RegionName> REGIONS = List.of(Fixture.REGION, Fixture.OTHER_REGION);

    final InMemoryStore store = new InMemoryStore();
    final Fixture fixture = new Fixture(store);
    final Hosts hosts = new Hosts(new Subregions(List.of(
            new Region(Fixture.REGION, List.of(Fixture.SUBREGION)),
            new Region(Fixture.OTHER_REGION, List.of(new SubregionName("us-east-2a"))))));
    final Vms vms = new Vms(PublicIpPools.NONE, Images.OF_HOST, Placement.ON_HOSTS);
    final AccountId owner = fixture.account();
    final Net net = fixture.net(owner, "10.0.0.0/16");
    final Subnet subnet = fixture.subnet(net, "10.0.1.0/24");
    final HostTasks tasks = new HostTasks();
    final AgentEndpoint endpoint = new AgentEndpoint(store, REGIONS, hosts, tasks);

    /** A host whose token's secret is its name. */
    Host host(String name) {
        return fixture.change(
                unit -> hosts.create(unit, new HostName(name), Fixture.SUBREGION, HostToken.hashOf(name)));
    }

    FakeAgent agentOf(Host host) {
        return new FakeAgent(endpoint, new HostToken(host.id(), host.name().value()).text());
    }

    Vm createVm() {
        VmNic primary = new VmNic.New(new NewNic(subnet.id(), AddressChoice.ANY, List.of(), List.of(), ""), 0, true);
        VmOrder order = new VmOrder(
                Images.LINUX.id(),
                1,
                1,
                Optional.empty(),
                true,
                List.of(primary),
                Optional.empty(),
                Optional.empty(),
                VmSettingsChange.NONE,
                Optional.empty());
        return fixture.change(unit -> vms.create(unit, owner, order)).getFirst();
    }

    void stop(VmId vm) {
        fixture.change(unit -> vms.stop(unit, owner, List.of(vm)));
    }

    Host read(Host host) {
        return fixture.read(snapshot -> snapshot.hosts().find(host.id()).orElseThrow());
    }
}
