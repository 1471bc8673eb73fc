package dev.linkspan.core.reachability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteTarget;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an owner has already is used before anything is made, and each thing once. */
class OutsideRemediesTest extends TwoNets {

    private final Exits exits = new Exits(fixture);
    private final Endpoint annsMachine = new Endpoint.InVm(annsVm.id());
    private final Endpoint outside = new Endpoint.AtAddress(Optional.empty(), Exits.OUTSIDE);

    private void lead(Net net, InternetService service) {
        change(
                fixture.mainTable(net),
                table -> table.withRoute(new Route(Cidr.ALL, new RouteTarget.InternetService(service.id()))));
    }

    private InternetService exitOf(Net net) {
        InternetService service = exits.service(net.owner(), Optional.of(net.id()));
        lead(net, service);
        return service;
    }

    private PublicIp publicIpOf(Vm vm) {
        return exits.publicIp(vm.owner(), nicOf(vm), nicOf(vm).primaryAddress());
    }

    private static Endpoint at(Ipv4 address) {
        return new Endpoint.AtAddress(Optional.empty(), address);
    }

    private Remedy link(Optional<PublicIp> ip) {
        Nic nic = nicOf(annsVm);
        return new Remedy.LinkPublicIp(ann, ip.map(PublicIp::id), nic.id(), nic.primaryAddress());
    }

    @Test
    @Rule({"X2", "X3"})
    void a_public_ip_that_stands_for_nothing_is_linked_on_the_way_out_and_in() {
        exitOf(annsNet);
        exits.publicIp(bob);
        PublicIp spare = exits.publicIp(ann);
        exits.publicIp(ann);

        assertThat(remedies(trace(annsMachine, outside, WEB))).containsExactly(link(Optional.of(spare)));
        assertThat(remedies(trace(outside, annsMachine, WEB))).contains(link(Optional.of(spare)));
    }

    @Test
    @Rule("X2")
    void but_not_the_one_that_was_asked_about() {
        exitOf(annsNet);
        PublicIp asked = exits.publicIp(ann);

        assertThat(remedies(trace(annsMachine, at(asked.address()), WEB)))
                .containsExactly(new Remedy.CreatePublicIp(ann), link(Optional.empty()));

        PublicIp other = exits.publicIp(ann);
        assertThat(remedies(trace(annsMachine, at(asked.address()), WEB))).containsExactly(link(Optional.of(other)));
    }

    @Test
    @Rule("X1")
    void one_internet_service_is_called_for_in_one_net_only() {
        InternetService service = exitOf(annsNet);
        Net second = fixture.net(ann, "10.9.0.0/16");
        Vm other = fixture.vm(
                fixture.subnet(second, "10.9.1.0/24"),
                "10.9.1.4",
                fixture.defaultGroup(second).id());
        lead(second, service);
        publicIpOf(annsVm);
        PublicIp seenAs = publicIpOf(other);
        exits.save(service.unlinked());

        assertThat(trace(annsMachine, at(seenAs.address()), WEB).remedies())
                .contains(
                        new Remedy.LinkInternetService(ann, Optional.of(service.id()), annsNet.id()),
                        new Remedy.CreateInternetService(ann, second.id()),
                        new Remedy.LinkInternetService(ann, Optional.empty(), second.id()),
                        new Remedy.UpdateRoute(
                                ann,
                                fixture.mainTable(second).id(),
                                Cidr.ALL,
                                new Remedy.Target.InternetService(Optional.empty())))
                .doesNotContain(new Remedy.LinkInternetService(ann, Optional.of(service.id()), second.id()));
    }
}
