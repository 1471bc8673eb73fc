package dev.linkspan.core.reachability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NetworkAclAssociationId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.internet.NewNatService;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.networkacl.AclEntry;
import dev.linkspan.core.networkacl.NetworkAcl;
import dev.linkspan.core.networkacl.NetworkAclAssociation;
import dev.linkspan.core.operation.NatServices;
import dev.linkspan.core.operation.NetworkAcls;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Ann's machine behind a NAT service of her Net, which stands in a Subnet that leads outside. */
@Rule("X4")
class NatPassageTest extends TwoNets {

    private static final Ipv4 ANNS = Ipv4.parse("10.0.1.4");

    private final Exits exits = new Exits(fixture);
    private final NatServices natServices = new NatServices();
    private final Endpoint annsMachine = new Endpoint.InVm(annsVm.id());
    private final Endpoint outside = new Endpoint.AtAddress(Optional.empty(), Exits.OUTSIDE);
    private final InternetService door = exits.service(ann, Optional.of(annsNet.id()));
    private final Subnet natSubnet = fixture.subnet(annsNet, "10.0.9.0/24");
    private final RouteTable natTable = ownTable(natSubnet);
    private final PublicIp seen = exits.publicIp(ann);
    private final NatService nat = natService(natSubnet, Optional.of(seen));
    private final Ipv4 natAddress = nicOf(nat).primaryAddress();

    private NatService natService(Subnet subnet, Optional<PublicIp> ip) {
        NewNatService wanted = new NewNatService(subnet.id(), ip.map(PublicIp::id), Optional.empty(), Optional.empty());
        return fixture.change(unit -> natServices.create(unit, ann, wanted));
    }

    private Nic nicOf(NatService service) {
        return fixture.read(snapshot -> snapshot.nics().find(service.nic()).orElseThrow());
    }

    private void lead(RouteTable table, String destination, RouteTarget target) {
        change(
                table,
                it -> it.withoutRoute(Cidr.parse(destination)).withRoute(new Route(Cidr.parse(destination), target)));
    }

    private RouteTarget by(NatService service) {
        return new RouteTarget.NatService(service.id());
    }

    /** Ann's machine leads everything to the NAT service, and that one leads everything outside. */
    private void open() {
        lead(fixture.mainTable(annsNet), "0.0.0.0/0", by(nat));
        lead(natTable, "0.0.0.0/0", new RouteTarget.InternetService(door.id()));
    }

    private static <S extends Step> List<S> steps(Trace trace, Class<S> kind) {
        return trace.steps().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private Remedy.Target to(NatService service) {
        return new Remedy.Target.NatService(service.id());
    }

    @Nested
    class ToOutside {

        @Test
        @Rule("X3")
        void it_is_seen_with_the_public_address_of_the_nat_service() {
            open();

            Trace trace = trace(annsMachine, outside, WEB);

            assertThat(trace.reachable()).isTrue();
            assertThat(steps(trace, Step.Translating.class))
                    .containsExactly(
                            new Step.Translating(Leg.THERE, annsNet.id(), nat.id(), WEB, ANNS, natAddress),
                            new Step.Translating(Leg.BACK, annsNet.id(), nat.id(), WEB, natAddress, ANNS));
            assertThat(steps(trace, Step.Leaving.class))
                    .containsExactly(new Step.Leaving(
                            Leg.THERE, annsNet.id(), Optional.of(door.id()), natAddress, Optional.of(seen.address())));
            assertThat(steps(trace, Step.Translating.class))
                    .extracting(step -> step.text().toString())
                    .containsExactly(
                            "%s sends it on from %s as from %s".formatted(nat.id(), ANNS, natAddress),
                            "%s hands the reply to %s on to %s".formatted(nat.id(), natAddress, ANNS));
        }

        @Test
        void whom_the_machine_reaches_tells_of_it() {
            open();

            List<Reach> reaches = fixture.read(snapshot -> new ReachabilityAnalysis(RegionView.of(snapshot))
                    .whomReaches(nicOf(annsVm).id()));

            assertThat(reaches)
                    .filteredOn(reach -> reach.place() instanceof Reach.Place.Outside)
                    .allMatch(reach -> reach.by().equals(Optional.of(nat.id())))
                    .anyMatch(reach -> reach.coversOutside(Exits.OUTSIDE, WEB))
                    .noneMatch(reach -> reach.coversOutside(Exits.OUTSIDE, new Traffic.Other(47)));
        }

        @Test
        void other_protocols_do_not_pass() {
            open();

            Trace trace = trace(annsMachine, outside, new Traffic.Other(47));

            assertThat(blockReasons(trace)).containsExactly(BlockReason.NOT_TRANSLATABLE);
            assertThat(trace.verdict()).isInstanceOf(Verdict.Impossible.class);
        }

        @Test
        void in_a_subnet_without_a_way_out_it_is_led_there() {
            open();
            change(natTable, table -> table.withoutRoute(Cidr.ALL));

            Trace trace = trace(annsMachine, outside, WEB);

            assertThat(blockReasons(trace)).containsExactly(BlockReason.NO_ROUTE);
            assertThat(remedies(trace))
                    .containsExactly(new Remedy.CreateRoute(
                            ann, natTable.id(), Cidr.ALL, new Remedy.Target.InternetService(Optional.of(door.id()))));
        }

        @Test
        void with_the_table_that_leads_to_it_it_sends_to_itself() {
            open();
            NatService beside = natService(annsSubnet, Optional.of(exits.publicIp(ann)));
            lead(fixture.mainTable(annsNet), "0.0.0.0/0", by(beside));

            Trace trace = trace(annsMachine, outside, WEB);

            assertThat(blockReasons(trace)).containsExactly(BlockReason.NAT_BEHIND_NAT);
            assertThat(trace.verdict()).isInstanceOf(Verdict.Impossible.class);
            assertThat(trace.verdict().causes().getFirst().why().toString())
                    .endsWith(
                            "what one NAT service sends none passes on. Its Subnet needs a route table that leads elsewhere.");
        }

        @Test
        void one_does_not_send_to_another_one() {
            open();
            NatService other = natService(natSubnet, Optional.empty());
            lead(natTable, "0.0.0.0/0", by(other));

            Trace trace = trace(annsMachine, outside, WEB);

            assertThat(blockReasons(trace)).containsExactly(BlockReason.NAT_BEHIND_NAT);
            assertThat(remedies(trace))
                    .containsExactly(new Remedy.CreateRoute(
                            ann,
                            natTable.id(),
                            Cidr.of(Exits.OUTSIDE),
                            new Remedy.Target.InternetService(Optional.of(door.id()))));
        }

        @Test
        void a_private_one_does_not_get_there_and_one_with_a_public_address_would() {
            open();
            NatService inside = natService(natSubnet, Optional.empty());
            lead(fixture.mainTable(annsNet), "0.0.0.0/0", by(inside));

            Trace trace = trace(annsMachine, outside, WEB);

            assertThat(blockReasons(trace)).containsExactly(BlockReason.NO_PUBLIC_ADDRESS);
            assertThat(remedies(trace))
                    .containsExactly(new Remedy.UpdateRoute(
                            ann, fixture.mainTable(annsNet).id(), Cidr.ALL, to(nat)));
        }

        @Test
        @Rule("X7")
        void a_route_to_a_deleted_one_drops_and_is_led_to_another_one_where_there_is_one() {
            open();
            NatService gone = natService(natSubnet, Optional.empty());
            lead(fixture.mainTable(annsNet), "0.0.0.0/0", by(gone));
            fixture.change(unit -> natServices.delete(unit, ann, gone.id()));

            Trace trace = trace(annsMachine, outside, WEB);

            assertThat(blockReasons(trace)).containsExactly(BlockReason.NAT_SERVICE_DELETED);
            assertThat(remedies(trace))
                    .containsExactly(new Remedy.UpdateRoute(
                            ann, fixture.mainTable(annsNet).id(), Cidr.ALL, to(nat)));
            fixture.change(unit -> natServices.delete(unit, ann, nat.id()));
            assertThat(blockReasons(trace(annsMachine, outside, WEB)))
                    .containsExactly(BlockReason.NAT_SERVICE_DELETED, BlockReason.NO_PUBLIC_ADDRESS);
        }

        @Test
        void where_no_route_leads_out_one_to_it_is_called_for() {
            open();
            change(fixture.mainTable(annsNet), table -> table.withoutRoute(Cidr.ALL));

            Trace trace = trace(annsMachine, outside, WEB);

            assertThat(blockReasons(trace)).containsExactly(BlockReason.NO_ROUTE);
            assertThat(remedies(trace))
                    .containsExactly(new Remedy.CreateRoute(
                            ann, fixture.mainTable(annsNet).id(), Cidr.ALL, to(nat)));
        }

        @Test
        void a_machine_that_lacks_a_public_address_may_do_without_by_a_route_to_it() {
            open();
            lead(fixture.mainTable(annsNet), "0.0.0.0/0", new RouteTarget.InternetService(door.id()));

            Cause cause = trace(annsMachine, outside, WEB).verdict().causes().getFirst();

            assertThat(cause.blockReason()).isEqualTo(BlockReason.NO_PUBLIC_ADDRESS);
            assertThat(cause.remedies()).hasSize(2);
            assertThat(cause.instead())
                    .containsExactly(new Remedy.UpdateRoute(
                            ann, fixture.mainTable(annsNet).id(), Cidr.ALL, to(nat)));
        }

        @Test
        void where_others_are_seen_by_the_route_only_the_address_is_led_to_it() {
            open();
            lead(fixture.mainTable(annsNet), "0.0.0.0/0", new RouteTarget.InternetService(door.id()));
            var other = fixture.vm(annsSubnet, "10.0.1.5", annsGroup);
            exits.publicIp(ann, nicOf(other), nicOf(other).primaryAddress());

            assertThat(trace(annsMachine, outside, WEB)
                            .verdict()
                            .causes()
                            .getFirst()
                            .instead())
                    .containsExactly(new Remedy.CreateRoute(
                            ann, fixture.mainTable(annsNet).id(), Cidr.of(Exits.OUTSIDE), to(nat)));
        }

        @Test
        void where_its_subregion_has_failed_nothing_passes() {
            open();
            fixture.change(unit -> {
                unit.subregions().setFailed(Fixture.SUBREGION, true);
                return true;
            });

            assertThat(blockReasons(trace(annsMachine, outside, WEB)))
                    .containsExactly(BlockReason.SUBREGION_FAILED, BlockReason.SUBREGION_FAILED);
        }

        @Test
        @Rule("N3")
        void the_network_acl_of_its_subnet_judges_each_pass_with_the_addresses_that_it_has_there() {
            open();
            acl(natSubnet, WEB);

            Trace trace = trace(annsMachine, outside, WEB);

            Traffic reply = new Traffic.Ports(Traffic.TCP, 32_768, 60_999);
            assertThat(steps(trace, Step.SubnetBorder.class))
                    .extracting(
                            step -> "%s %s %s %s".formatted(step.leg(), step.direction(), step.other(), step.passes()))
                    .containsExactly(
                            "THERE INBOUND %s true".formatted(ANNS),
                            "THERE OUTBOUND %s true".formatted(Exits.OUTSIDE),
                            "BACK INBOUND %s false".formatted(Exits.OUTSIDE),
                            "BACK OUTBOUND %s false".formatted(ANNS));
            assertThat(remedies(trace))
                    .extracting(remedy -> ((Remedy.CreateAclEntry) remedy).traffic())
                    .containsOnly(reply);
        }
    }

    /** One that lets this pass, both ways, and forgets what answers it. */
    private void acl(Subnet subnet, Traffic traffic) {
        fixture.change(unit -> {
            NetworkAcls.of(unit, annsNet)
                    .stored()
                    .forEach(acl -> acl.associationOf(subnet.id())
                            .ifPresent(old -> unit.networkAcls().save(acl.withoutAssociation(old.id()))));
            NetworkAcl acl = NetworkAcl.born(unit.newId(NetworkAclId.KIND), annsNet, unit.now(), Optional.empty())
                    .withAssociation(new NetworkAclAssociation(unit.newId(NetworkAclAssociationId.KIND), subnet.id()));
            for (Direction direction : Direction.values()) {
                acl = acl.withEntry(new AclEntry(100, direction, traffic, Cidr.ALL, true));
            }
            unit.networkAcls().save(acl);
            return acl;
        });
    }

    @Nested
    class ToAPeer {

        private final NetPeering peering = fixture.activePeering(annsNet, bobsNet);

        private Trace web() {
            lead(fixture.mainTable(annsNet), "10.1.0.0/16", by(nat));
            lead(natTable, "10.1.0.0/16", new RouteTarget.Peering(peering.id()));
            return trace(annsMachine, new Endpoint.InVm(bobsVm.id()), WEB);
        }

        @Test
        @Rule({"S2", "R2"})
        void its_groups_and_routes_see_the_nat_services_address() {
            route(bobsNet, "10.0.9.0/24", peering);
            letIn(bobsGroup, WEB, natAddress + "/32");

            assertThat(web().reachable()).isTrue();
        }

        @Test
        @Rule("S5")
        void a_rule_that_names_the_machines_group_does_not_mean_it() {
            route(bobsNet, "10.0.0.0/16", peering);
            allow(bobsGroup, Direction.INBOUND, WEB, new Counterpart.Group(annsGroup, ann));

            assertThat(blockReasons(web())).containsExactly(BlockReason.NO_RULE);
            assertThat(remedies(web()))
                    .containsExactly(new Remedy.CreateRule(bob, bobsGroup, Direction.INBOUND, WEB, natSubnet.range()));
        }

        @Test
        @Rule("R2")
        void without_a_route_back_to_it_the_reply_is_lost() {
            route(bobsNet, "10.0.1.0/24", peering);
            letIn(bobsGroup, WEB, "0.0.0.0/0");

            assertThat(blockReasons(web())).containsExactly(BlockReason.NO_ROUTE);
        }

        @Test
        void an_address_alone_is_looked_for_where_the_nat_service_leads() {
            route(bobsNet, "10.0.9.0/24", peering);
            letIn(bobsGroup, WEB, "0.0.0.0/0");
            web();

            Trace bare = trace(annsMachine, at("10.1.1.4"), WEB);
            assertThat(bare.reachable()).isTrue();
            assertThat(bare.to().map(Site::net)).contains(bobsNet.id());
        }

        @Test
        @Rule("A4")
        void of_the_peer_it_is_asked_to_let_in_the_nat_services_subnet() {
            route(bobsNet, "10.0.0.0/16", peering);
            lead(fixture.mainTable(annsNet), "10.1.0.0/16", by(nat));
            lead(natTable, "10.1.0.0/16", new RouteTarget.Peering(peering.id()));
            Question question = new Question(annsMachine, at(bobsNet, "10.1.1.4"), WEB);

            Trace told = fixture.read(snapshot ->
                    new ReachabilityAnalysis(RegionView.of(snapshot)).trace(question, ann, Consent.asShown()));

            assertThat(blockReasons(told)).containsExactly(BlockReason.NOT_LET_IN);
            assertThat(remedies(told))
                    .containsExactly(
                            new Remedy.LetIn(bob, bobsNet.id(), Ipv4.parse("10.1.1.4"), WEB, natSubnet.range()));
        }

        @Test
        void the_peering_is_led_to_by_it() {
            web();

            PeeringHealth health =
                    fixture.read(snapshot -> new ReachabilityAnalysis(RegionView.of(snapshot)).health(peering.id()));

            assertThat(health.findings())
                    .noneMatch(finding ->
                            finding.net().equals(annsNet.id()) && finding.kind() == PeeringHealth.Kind.NO_ROUTE);
            fixture.change(unit -> natServices.delete(unit, ann, nat.id()));
            PeeringHealth without =
                    fixture.read(snapshot -> new ReachabilityAnalysis(RegionView.of(snapshot)).health(peering.id()));
            assertThat(without.findings())
                    .extracting(PeeringHealth.Finding::kind)
                    .contains(PeeringHealth.Kind.DEAD_ROUTE);
        }
    }

    @Nested
    class ToItself {

        @Test
        void nobody_begins_a_flow_to_it_from_wherever() {
            open();
            NetPeering peering = connected();
            letIn(annsGroup, WEB, "0.0.0.0/0");
            Endpoint own = at(natAddress.toString());
            Endpoint publicAddress = new Endpoint.AtAddress(Optional.empty(), seen.address());

            assertThat(blockReasons(trace(annsMachine, own, WEB))).containsExactly(BlockReason.NAT_SERVICE_SILENT);
            assertThat(blockReasons(trace(new Endpoint.InVm(bobsVm.id()), at(annsNet, natAddress.toString()), WEB)))
                    .contains(BlockReason.NAT_SERVICE_SILENT);
            assertThat(blockReasons(trace(outside, publicAddress, WEB)))
                    .containsExactly(BlockReason.NAT_SERVICE_SILENT);
            assertThat(peering.isActive()).isTrue();
        }

        @Test
        void it_sends_nothing_of_its_own() {
            open();

            Trace trace = trace(new Endpoint.AtNic(nat.nic()), outside, WEB);

            assertThat(blockReasons(trace)).contains(BlockReason.NAT_SERVICE_SILENT);
            assertThat(trace.verdict().causes().getFirst().why().toString()).endsWith("sends nothing of its own.");
        }

        @Test
        @Rule("X3")
        void what_a_machine_answers_does_not_go_by_it() {
            open();
            PublicIp own = exits.publicIp(ann, nicOf(annsVm), ANNS);
            letIn(annsGroup, WEB, "0.0.0.0/0");

            Trace trace = trace(outside, new Endpoint.AtAddress(Optional.empty(), own.address()), WEB);

            assertThat(blockReasons(trace)).containsExactly(BlockReason.WRONG_ROUTE);
            assertThat(trace.verdict().causes().getFirst().why().toString())
                    .endsWith("through which the packet did not come: the reply is dropped.");
        }
    }
}
