package dev.linkspan.core.reachability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.NetworkAclAssociationId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.networkacl.AclEntry;
import dev.linkspan.core.networkacl.NetworkAcl;
import dev.linkspan.core.networkacl.NetworkAclAssociation;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.reachability.PeeringHealth.Finding;
import dev.linkspan.core.reachability.PeeringHealth.Kind;
import dev.linkspan.core.reachability.PeeringHealth.Share;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeeringHealthTest extends TwoNets {

    private PeeringHealth health(NetPeering peering) {
        return fixture.read(snapshot -> new ReachabilityAnalysis(RegionView.of(snapshot)).health(peering.id()));
    }

    private PeeringHealth seen(NetPeering peering) {
        return fixture.read(snapshot ->
                new ReachabilityAnalysis(RegionView.of(snapshot)).health(peering.id(), ann, Consent.asShown()));
    }

    private static List<Kind> kinds(PeeringHealth health) {
        return health.findings().stream().map(Finding::kind).toList();
    }

    @Test
    @Rule("R2")
    void a_peering_with_routes_and_rules_on_both_sides_is_sound() {
        NetPeering peering = connected();
        letIn(annsGroup, WEB, "10.1.0.0/16");

        PeeringHealth health = health(peering);

        assertThat(kinds(health)).isEmpty();
        assertThat(health.passable()).isTrue();
        assertThat(health.source().leads()).isEqualTo(Share.ALL);
        assertThat(health.pairs())
                .containsExactly(new PeeringHealth.Pair(annsSubnet.id(), bobsSubnet.id(), true, true));
    }

    @Test
    void a_new_peering_lacks_the_consent_and_a_route_and_a_rule_on_either_side() {
        assertThat(kinds(health(fixture.pendingPeering(annsNet, bobsNet))))
                .containsExactly(Kind.NOT_ACTIVE, Kind.NO_ROUTE, Kind.NO_RULE, Kind.NO_ROUTE, Kind.NO_RULE);
    }

    @Test
    @Rule({"R2", "R4", "S3"})
    void something_passes_as_soon_as_both_sides_lead_and_one_of_them_lets_something_in() {
        NetPeering peering = fixture.activePeering(annsNet, bobsNet);
        assertThat(health(peering).passable()).isFalse();

        route(annsNet, "10.1.1.0/24", peering);
        letIn(bobsGroup, WEB, "10.0.0.0/16");
        assertThat(health(peering).passable()).as("without a route back").isFalse();

        route(bobsNet, "10.0.0.0/16", peering);
        assertThat(health(peering).passable()).isTrue();
        assertThat(seen(peering).passable()).isTrue();

        NetPeering deleted = peering.delete(ann, fixture.now());
        save(deleted);
        assertThat(health(deleted).passable()).as("when it is deleted").isFalse();
    }

    @Test
    @Rule("R2")
    void nothing_passes_where_the_routes_lead_beside_each_others_subnets() {
        NetPeering peering = fixture.activePeering(annsNet, bobsNet);
        letIn(bobsGroup, WEB, "10.0.0.0/16");
        route(bobsNet, "10.0.0.0/16", peering);
        route(annsNet, "10.1.2.0/24", peering);

        assertThat(health(peering).passable()).isFalse();
        assertThat(health(peering).source().leads()).isEqualTo(Share.SOME);
    }

    @Test
    @Rule({"R2", "P11"})
    void a_route_that_covers_nothing_of_the_peer_and_one_that_covers_more_are_told() {
        NetPeering peering = connected();
        route(annsNet, "10.2.0.0/16", peering);
        route(bobsNet, "0.0.0.0/0", peering);

        assertThat(kinds(health(peering))).contains(Kind.NOT_TRANSITIVE, Kind.WIDE_ROUTE);
    }

    @Test
    @Rule("R4")
    void a_route_to_a_dead_peering_within_the_peers_range_is_told() {
        NetPeering dead = fixture.activePeering(annsNet, bobsNet);
        route(annsNet, "10.1.1.0/24", dead);
        save(dead.delete(bob, fixture.now()));
        NetPeering peering = connected();

        PeeringHealth health = health(peering);

        assertThat(kinds(health)).contains(Kind.DEAD_ROUTE);
        assertThat(health.source().leads()).isEqualTo(Share.SOME);
        assertThat(health.pairs().getFirst().there()).isFalse();
    }

    @Test
    @Rule("N2")
    void an_acl_that_lets_nothing_in_or_no_reply_out_is_told_and_nothing_passes() {
        NetPeering peering = connected();
        letIn(annsGroup, WEB, "10.1.0.0/16");
        NetworkAcl closed = acl(annsSubnet, new AclEntry(100, Direction.INBOUND, new Traffic.All(), Cidr.ALL, true));

        PeeringHealth health = health(peering);

        assertThat(kinds(health)).containsExactly(Kind.CLOSED_BORDER);
        assertThat(health.findings().getFirst().why())
                .contains(closed.id().value(), annsSubnet.id().value());
        assertThat(health.passable()).isFalse();

        Traffic replies = new Traffic.Ports(Traffic.TCP, 1024, Traffic.Ports.LAST);
        fixture.change(unit -> {
            unit.networkAcls()
                    .save(closed.withEntry(
                            new AclEntry(100, Direction.OUTBOUND, replies, Cidr.parse("10.1.0.0/16"), true)));
            return closed;
        });
        assertThat(kinds(health(peering))).isEmpty();
        assertThat(health(peering).passable()).isTrue();
    }

    private NetworkAcl acl(Subnet subnet, AclEntry entry) {
        return fixture.change(unit -> {
            NetworkAcl acl = NetworkAcl.born(unit.newId(NetworkAclId.KIND), annsNet, unit.now(), Optional.empty())
                    .withAssociation(new NetworkAclAssociation(unit.newId(NetworkAclAssociationId.KIND), subnet.id()))
                    .withEntry(entry);
            unit.networkAcls().save(acl);
            return acl;
        });
    }

    @Test
    @Rule("S5")
    void a_rule_that_names_the_peers_group_is_stale_while_the_peering_is_not_active() {
        NetPeering peering = fixture.pendingPeering(annsNet, bobsNet);
        allow(bobsGroup, Direction.INBOUND, WEB, new Counterpart.Group(annsGroup, ann));

        assertThat(kinds(health(peering))).contains(Kind.STALE_RULE);
    }

    @Test
    @Rule("A4")
    void an_owner_sees_of_the_other_side_only_whether_it_leads_and_lets_in() {
        NetPeering peering = connected();

        PeeringHealth seen = seen(peering);

        assertThat(seen.accepter().subnets()).isEmpty();
        assertThat(seen.accepter().leads()).isEqualTo(Share.ALL);
        assertThat(seen.toString())
                .doesNotContain(bobsSubnet.id().value())
                .doesNotContain(bobsGroup.value())
                .doesNotContain(fixture.mainTable(bobsNet).id().value());
    }

    @Test
    @Rule("A4")
    void nothing_is_told_of_the_other_side_before_the_peering_is_active() {
        NetPeering peering = fixture.pendingPeering(annsNet, bobsNet);

        assertThat(seen(peering).accepter().leads()).isEqualTo(Share.UNTOLD);
    }
}
