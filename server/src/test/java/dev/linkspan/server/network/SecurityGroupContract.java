package dev.linkspan.server.network;

import static dev.linkspan.server.network.ProbeResult.LOST;
import static dev.linkspan.server.network.ProbeResult.answeredBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.VmChange;
import dev.linkspan.core.net.VmSettingsChange;
import dev.linkspan.core.networkacl.AclEntry;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.network.LiveNetwork.Machine;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** what security groups and network ACLs must do to packets, whichever driver carries them: rules S and N, each proved by sending some. */
abstract class SecurityGroupContract extends NetworkScenario {

    private static final Traffic PORT_5000 = new Traffic.Ports(Traffic.UDP, PORT, PORT);
    private static final Traffic EVERY_UDP = new Traffic.Ports(Traffic.UDP, 0, Traffic.Ports.LAST);

    @Test
    @Rule({"S1", "S4"})
    void the_default_group_lets_its_members_talk_in_one_subnet_and_nobody_else_in() {
        Machine neighbour = network.vm(subnetA);
        Machine outsider = network.vm(subnetA, network.group(netA, "closed"));

        demand(Map.of(
                udp(a, neighbour),
                answeredBy(neighbour.name()),
                tcp(neighbour, a),
                answeredBy(a.name()),
                udp(a, outsider),
                LOST,
                udp(outsider, a),
                LOST));
    }

    @Test
    @Rule("S2")
    void a_rule_allows_its_protocol_its_ports_and_its_range_and_nothing_else() {
        network.connect(netA, netB);
        SecurityGroupId web = network.group(netB, "web");
        SecurityGroupId pings = network.group(netB, "pings");
        Machine server = network.vm(subnetB, web, pings);
        Machine elsewhere = network.vm(network.subnet(netA, "10.0.2.0/24"));
        network.allow(netB, web, new Traffic.Ports(Traffic.TCP, PORT, PORT), Cidr.parse("10.0.1.0/24"));
        network.allow(netB, web, new Traffic.Ports(Traffic.UDP, OTHER_PORT, OTHER_PORT + 5), Cidr.ALL);
        network.allow(netB, pings, new Traffic.Icmp(8, -1), Cidr.parse("10.0.0.0/16"));

        demand(Map.of(
                tcp(a, server),
                answeredBy(server.name()),
                tcp(elsewhere, server),
                LOST,
                udp(a, server),
                LOST,
                new Probe.Udp(a.name(), server.address(), OTHER_PORT),
                answeredBy(server.name()),
                new Probe.Tcp(a.name(), server.address(), OTHER_PORT),
                LOST,
                ping(elsewhere, server),
                answeredBy(server.name())));
    }

    @Test
    @Rule("S2")
    void overlapping_ranges_of_several_rules_unite() {
        network.connect(netA, netB);
        SecurityGroupId group = network.defaultGroup(netB);
        network.allow(netB, group, new Traffic.Icmp(-1, -1), Cidr.parse("10.0.0.0/16"));
        network.allow(netB, group, new Traffic.Icmp(-1, -1), Cidr.parse("10.0.1.0/24"));

        demand(Map.of(ping(a, b), answeredBy(b.name())));

        network.revoke(netB, group, new Traffic.Icmp(-1, -1), Cidr.parse("10.0.0.0/16"));
        demand(Map.of(ping(a, b), answeredBy(b.name())));

        network.revoke(netB, group, new Traffic.Icmp(-1, -1), Cidr.parse("10.0.1.0/24"));
        demandLost(ping(a, b));
    }

    @Test
    @Rule("S3")
    void revoking_the_rule_stops_the_connection_that_it_let_in_and_granting_it_again_revives_it() throws IOException {
        network.connect(netA, netB);
        network.open(netB);
        network.settle();
        try (LiveFlow flow = flow(a, b)) {
            assertThat(flow.passesForward(PATIENCE)).isTrue();

            network.revoke(netB, network.defaultGroup(netB), new Traffic.All(), Cidr.ALL);
            network.settle();
            assertThat(flow.passesForward(SILENCE)).isFalse();

            network.open(netB);
            network.settle();
            assertThat(flow.passesForward(PATIENCE)).isTrue();
        }
    }

    @Test
    @Rule({"S2", "S3"})
    void a_rule_that_is_changed_under_its_id_lets_in_what_it_says_now_and_stops_what_it_said() throws IOException {
        network.connect(netA, netB);
        SecurityGroupId group = network.defaultGroup(netB);
        network.allow(netB, group, new Traffic.Ports(Traffic.TCP, 0, Traffic.Ports.LAST), Cidr.parse("10.0.0.0/16"));
        network.settle();
        try (LiveFlow flow = flow(a, b)) {
            assertThat(flow.passesForward(PATIENCE)).isTrue();

            network.changeLastRule(netB, group, new Traffic.Icmp(-1, -1), Cidr.parse("10.0.0.0/16"));
            demand(Map.of(ping(a, b), answeredBy(b.name()), tcp(a, b), LOST));
            assertThat(flow.passesForward(SILENCE)).isFalse();
        }
    }

    @Test
    @Rule("S3")
    void replies_need_no_rule_of_their_own() {
        network.connect(netA, netB);
        network.open(netB);
        network.revokeOutbound(netB, network.defaultGroup(netB));

        demand(Map.of(tcp(a, b), answeredBy(b.name()), udp(a, b), answeredBy(b.name()), udp(b, a), LOST));
    }

    @Test
    @Rule({"S1", "S2"})
    void without_an_outbound_rule_nothing_leaves() {
        network.connect(netA, netB);
        network.open(netA);
        network.open(netB);
        network.revokeOutbound(netA, network.defaultGroup(netA));

        demand(Map.of(udp(a, b), LOST, ping(a, b), LOST, ping(b, a), answeredBy(a.name())));
    }

    @Test
    @Rule("S5")
    void a_rule_may_name_a_group_of_the_peer_while_the_peering_is_active() {
        NetPeeringId peering = network.connect(netA, netB);
        SecurityGroupId trusted = network.group(netA, "trusted");
        Machine member = network.vm(subnetA, trusted);
        network.allow(netB, network.defaultGroup(netB), new Traffic.All(), trusted, netA.owner());

        demand(Map.of(udp(member, b), answeredBy(b.name()), udp(a, b), LOST));

        Machine newcomer = network.vm(subnetA, trusted);
        demand(Map.of(udp(newcomer, b), answeredBy(b.name())));

        leave(newcomer);
        demandLost(udp(newcomer, b));

        network.delete(netA, peering);
        demandLost(udp(member, b));
    }

    @Test
    @Rule({"S5", "P13"})
    void a_group_of_one_peer_is_not_the_same_address_at_another_peer() {
        Net twin = network.net(network.account(), "10.0.0.0/16");
        Machine impostor = network.vm(network.subnet(twin, "10.0.1.0/24"));
        assertThat(impostor.address()).isEqualTo(a.address());
        network.connect(netA, netB);
        NetPeeringId toTwin = network.peer(twin, netB);
        network.route(twin, "10.1.0.0/16", toTwin);
        network.allow(netB, network.defaultGroup(netB), new Traffic.All(), network.defaultGroup(netA), netA.owner());

        demand(Map.of(udp(a, b), answeredBy(b.name()), udp(impostor, b), LOST, ping(impostor, b), LOST));
    }

    @Test
    @Rule({"N2", "N3"})
    void a_network_acl_judges_what_comes_into_its_subnet_by_number() {
        network.connect(netA, netB);
        network.open(netB);
        NetworkAclId acl = network.openAcl(subnetB);
        network.deny(netB, acl, 50, Direction.INBOUND, PORT_5000, "10.0.0.0/16");
        Machine neighbour = network.vm(subnetB);

        demand(Map.of(
                udp(a, b),
                LOST,
                new Probe.Udp(a.name(), b.address(), OTHER_PORT),
                answeredBy(b.name()),
                udp(neighbour, b),
                answeredBy(b.name())));

        network.change(netB.owner(), unit -> {
            network.networkAcls.createEntry(
                    unit,
                    netB.owner(),
                    acl,
                    new AclEntry(49, Direction.INBOUND, PORT_5000, Cidr.of(a.address()), true));
            return acl;
        });
        demand(Map.of(udp(a, b), answeredBy(b.name())));
    }

    @Test
    @Rule({"N2", "N3"})
    void a_network_acl_judges_replies_too() {
        network.connect(netA, netB);
        network.open(netB);
        demand(Map.of(udp(a, b), answeredBy(b.name())));

        NetworkAclId acl = network.openAcl(subnetB);
        network.deny(netB, acl, 50, Direction.OUTBOUND, EVERY_UDP, a.address() + "/32");

        demand(Map.of(udp(a, b), new ProbeResult(Set.of(b.name()), false), ping(a, b), answeredBy(b.name())));
    }

    @Test
    @Rule("N3")
    void a_network_acl_between_two_subnets_of_a_net_judges_at_both_borders() {
        Subnet other = network.subnet(netA, "10.0.2.0/24");
        Machine there = network.vm(other);
        network.open(netA);
        demand(Map.of(ping(a, there), answeredBy(there.name()), ping(there, a), answeredBy(a.name())));

        NetworkAclId acl = network.openAcl(other);
        network.deny(netA, acl, 50, Direction.OUTBOUND, new Traffic.Icmp(8, -1), "0.0.0.0/0");

        demand(Map.of(ping(a, there), answeredBy(there.name()), ping(there, a), LOST));
    }

    /** Moves a VM from its groups into the default one. */
    private void leave(Machine machine) {
        Net net = netA;
        VmChange change =
                new VmChange(VmSettingsChange.NONE, Optional.of(List.of(network.defaultGroup(net))), Optional.empty());
        network.change(net.owner(), unit -> network.vms.update(unit, net.owner(), machine.id(), change));
    }
}
