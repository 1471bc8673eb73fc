package dev.linkspan.core.reachability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Ann's machine and Bob's, and what is outside. */
class OutsideWalkTest extends TwoNets {

    private static final String EVERYWHERE = "0.0.0.0/0";

    private final Exits exits = new Exits(fixture);
    private final Endpoint annsMachine = new Endpoint.InVm(annsVm.id());
    private final Endpoint bobsMachine = new Endpoint.InVm(bobsVm.id());
    private final Endpoint outside = new Endpoint.AtAddress(Optional.empty(), Exits.OUTSIDE);

    private InternetService exitOf(Net net) {
        InternetService service = exits.service(net.owner(), Optional.of(net.id()));
        lead(net, EVERYWHERE, service.id());
        return service;
    }

    private void lead(Net net, String destination, InternetServiceId service) {
        change(
                fixture.mainTable(net),
                table -> table.withRoute(new Route(Cidr.parse(destination), new RouteTarget.InternetService(service))));
    }

    private PublicIp publicIpOf(Vm vm) {
        return exits.publicIp(vm.owner(), nicOf(vm), nicOf(vm).primaryAddress());
    }

    private static Endpoint at(PublicIp ip) {
        return new Endpoint.AtAddress(Optional.empty(), ip.address());
    }

    private static <S extends Step> List<S> steps(Trace trace, Class<S> kind) {
        return trace.steps().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Nested
    class Out {

        @Test
        @Rule("X3")
        void by_a_route_to_the_linked_internet_service_with_a_public_address() {
            InternetService service = exitOf(annsNet);
            PublicIp ip = publicIpOf(annsVm);

            Trace trace = trace(annsMachine, outside, WEB);

            assertThat(trace.reachable()).isTrue();
            assertThat(trace.to()).isEmpty();
            Ipv4 own = nicOf(annsVm).primaryAddress();
            assertThat(steps(trace, Step.Leaving.class))
                    .containsExactly(new Step.Leaving(
                            Leg.THERE, annsNet.id(), Optional.of(service.id()), own, Optional.of(ip.address())));
            assertThat(steps(trace, Step.Outside.class))
                    .containsExactly(new Step.Outside(Leg.THERE, annsNet.id(), Exits.OUTSIDE, Step.Answer.ANSWERS));
            assertThat(steps(trace, Step.Leaving.class).getFirst().text().toString())
                    .isEqualTo("%s leaves %s by %s as %s".formatted(own, annsNet.id(), service.id(), ip.address()));
        }

        @Test
        @Rule("X3")
        void without_a_public_address_it_is_dropped_there() {
            exitOf(annsNet);

            Trace trace = trace(annsMachine, outside, WEB);

            assertThat(blockReasons(trace)).containsExactly(BlockReason.NO_PUBLIC_ADDRESS);
            assertThat(remedies(trace))
                    .containsExactly(
                            new Remedy.CreatePublicIp(ann),
                            new Remedy.LinkPublicIp(
                                    ann,
                                    Optional.empty(),
                                    nicOf(annsVm).id(),
                                    nicOf(annsVm).primaryAddress()));
        }

        @Test
        @Rule("X3")
        void without_anything_all_of_it_is_called_for_in_an_order_in_which_it_can_be_done() {
            Trace trace = trace(annsMachine, outside, WEB);

            assertThat(blockReasons(trace)).containsExactly(BlockReason.NO_ROUTE, BlockReason.NO_PUBLIC_ADDRESS);
            assertThat(trace.remedies())
                    .containsExactly(
                            new Remedy.CreateInternetService(ann, annsNet.id()),
                            new Remedy.LinkInternetService(ann, Optional.empty(), annsNet.id()),
                            new Remedy.CreateRoute(
                                    ann,
                                    fixture.mainTable(annsNet).id(),
                                    Cidr.ALL,
                                    new Remedy.Target.InternetService(Optional.empty())),
                            new Remedy.CreatePublicIp(ann),
                            new Remedy.LinkPublicIp(
                                    ann,
                                    Optional.empty(),
                                    nicOf(annsVm).id(),
                                    nicOf(annsVm).primaryAddress()));
        }

        @Test
        @Rule("X7")
        void a_route_to_an_internet_service_that_is_not_linked_wins_and_drops() {
            InternetService linked = exitOf(annsNet);
            publicIpOf(annsVm);
            InternetService other = exits.service(ann, Optional.empty());
            lead(annsNet, "203.0.113.0/24", other.id());

            Trace trace = trace(annsMachine, outside, WEB);

            assertThat(blockReasons(trace)).containsExactly(BlockReason.INTERNET_SERVICE_NOT_LINKED);
            assertThat(remedies(trace))
                    .containsExactly(new Remedy.DeleteRoute(
                            ann, fixture.mainTable(annsNet).id(), Cidr.parse("203.0.113.0/24")));
            assertThat(steps(trace, Step.Leaving.class).getFirst().service()).contains(linked.id());
        }

        @Test
        @Rule("X7")
        void an_internet_service_that_routes_lead_to_is_linked_again() {
            InternetService service = exitOf(annsNet);
            publicIpOf(annsVm);
            exits.save(service.unlinked());

            Trace trace = trace(annsMachine, outside, WEB);

            assertThat(blockReasons(trace)).containsExactly(BlockReason.INTERNET_SERVICE_NOT_LINKED);
            assertThat(remedies(trace))
                    .containsExactly(new Remedy.LinkInternetService(ann, Optional.of(service.id()), annsNet.id()));
        }

        @Test
        @Rule("S2")
        void rules_see_the_outside_address_and_no_group() {
            exitOf(annsNet);
            publicIpOf(annsVm);
            rules(annsGroup);
            allow(annsGroup, Direction.OUTBOUND, WEB, new Counterpart.Group(bobsGroup, bob));

            Trace trace = trace(annsMachine, outside, WEB);

            assertThat(blockReasons(trace)).containsExactly(BlockReason.NO_RULE);
            assertThat(remedies(trace))
                    .containsExactly(
                            new Remedy.CreateRule(ann, annsGroup, Direction.OUTBOUND, WEB, Cidr.of(Exits.OUTSIDE)));
        }

        @Test
        void an_address_of_private_networks_is_nobodys_outside() {
            exitOf(annsNet);
            publicIpOf(annsVm);

            Trace trace = trace(annsMachine, at("10.7.0.4"), WEB);

            assertThat(blockReasons(trace)).containsExactly(BlockReason.WRONG_ROUTE);
            assertThat(trace.verdict()).isInstanceOf(Verdict.Impossible.class);
        }

        @Test
        @Rule("P1")
        void what_is_for_a_peer_is_not_led_outside() {
            NetPeering peering = fixture.activePeering(annsNet, bobsNet);
            exitOf(annsNet);
            publicIpOf(annsVm);
            route(bobsNet, "10.0.0.0/16", peering);
            letIn(bobsGroup, WEB, "10.0.1.0/24");

            assertThat(blockReasons(web())).containsExactly(BlockReason.WRONG_ROUTE);
            assertThat(remedies(web()))
                    .containsExactly(new Remedy.CreateRoute(
                            ann, fixture.mainTable(annsNet).id(), bobsNet.range(), into(peering)));
        }
    }

    @Nested
    class ByAPeer {

        @Test
        @Rule({"P11", "X5"})
        void a_peers_exits_are_not_for_others() {
            NetPeering peering = fixture.activePeering(annsNet, bobsNet);
            route(annsNet, EVERYWHERE, peering);
            exitOf(bobsNet);
            publicIpOf(annsVm);

            Trace trace = trace(annsMachine, outside, WEB);

            assertThat(blockReasons(trace)).containsExactly(BlockReason.EXIT_NOT_SHARED);
            assertThat(trace.verdict().causes().getFirst().why().toString()).contains("peer's exits are not for you");
            assertThat(trace.remedies())
                    .containsExactly(
                            new Remedy.CreateInternetService(ann, annsNet.id()),
                            new Remedy.LinkInternetService(ann, Optional.empty(), annsNet.id()),
                            new Remedy.CreateRoute(
                                    ann,
                                    fixture.mainTable(annsNet).id(),
                                    Cidr.of(Exits.OUTSIDE),
                                    new Remedy.Target.InternetService(Optional.empty())));
        }

        @Test
        @Rule({"P11", "X5"})
        void nor_is_its_public_address_reached_through_the_peering() {
            NetPeering peering = fixture.activePeering(annsNet, bobsNet);
            route(annsNet, EVERYWHERE, peering);
            exitOf(bobsNet);
            PublicIp ip = publicIpOf(bobsVm);
            letIn(bobsGroup, WEB, EVERYWHERE);

            assertThat(blockReasons(trace(annsMachine, at(ip), WEB)))
                    .containsExactly(BlockReason.EXIT_NOT_SHARED, BlockReason.NO_PUBLIC_ADDRESS);
        }

        @Test
        @Rule("P11")
        void a_peer_without_an_exit_just_does_not_have_the_address() {
            route(annsNet, EVERYWHERE, fixture.activePeering(annsNet, bobsNet));
            publicIpOf(annsVm);

            assertThat(blockReasons(trace(annsMachine, outside, WEB))).containsExactly(BlockReason.NOT_TRANSITIVE);
        }

        @Test
        @Rule("X5")
        void a_reply_to_what_came_from_outside_goes_into_no_peering() {
            NetPeering peering = fixture.activePeering(annsNet, bobsNet);
            exitOf(annsNet);
            publicIpOf(annsVm);
            letIn(annsGroup, WEB, EVERYWHERE);
            route(annsNet, "203.0.113.0/24", peering);

            Trace trace = trace(outside, annsMachine, WEB);

            assertThat(blockReasons(trace)).containsExactly(BlockReason.EXIT_NOT_SHARED);
            assertThat(trace.verdict().causes().getFirst().step().leg()).isEqualTo(Leg.BACK);
        }

        @Test
        @Rule("X5")
        void a_reply_to_what_came_through_a_peering_does_not_go_outside() {
            NetPeering peering = fixture.activePeering(annsNet, bobsNet);
            route(annsNet, "10.1.0.0/16", peering);
            letIn(bobsGroup, WEB, "10.0.1.0/24");
            exitOf(bobsNet);
            publicIpOf(bobsVm);

            assertThat(blockReasons(web())).containsExactly(BlockReason.WRONG_ROUTE);
        }
    }

    @Nested
    class In {

        @Test
        @Rule("X3")
        void to_a_public_address_with_a_way_back() {
            InternetService service = exitOf(annsNet);
            PublicIp ip = publicIpOf(annsVm);
            letIn(annsGroup, WEB, "203.0.113.0/24");

            Trace trace = trace(outside, at(ip), WEB);

            assertThat(trace.reachable()).isTrue();
            assertThat(trace.from()).isEmpty();
            assertThat(trace.source()).isEqualTo(Exits.OUTSIDE);
            assertThat(trace.destination()).isEqualTo(ip.address());
            Ipv4 own = nicOf(annsVm).primaryAddress();
            assertThat(steps(trace, Step.Arriving.class))
                    .containsExactly(new Step.Arriving(
                            Leg.THERE, annsNet.id(), Optional.of(service.id()), Optional.of(ip.address()), own));
            assertThat(steps(trace, Step.Leaving.class))
                    .containsExactly(new Step.Leaving(
                            Leg.BACK, annsNet.id(), Optional.of(service.id()), own, Optional.of(ip.address())));
            assertThat(trace(outside, annsMachine, WEB).steps()).isEqualTo(trace.steps());
        }

        @Test
        @Rule("X3")
        void without_a_public_address_nobody_gets_there() {
            exitOf(annsNet);
            letIn(annsGroup, WEB, EVERYWHERE);

            Trace trace = trace(outside, annsMachine, WEB);

            assertThat(blockReasons(trace)).containsExactly(BlockReason.NO_PUBLIC_ADDRESS);
            assertThat(remedies(trace))
                    .containsExactly(
                            new Remedy.CreatePublicIp(ann),
                            new Remedy.LinkPublicIp(
                                    ann,
                                    Optional.empty(),
                                    nicOf(annsVm).id(),
                                    nicOf(annsVm).primaryAddress()));
        }

        @Test
        @Rule("X3")
        void without_an_internet_service_nobody_does_either() {
            publicIpOf(annsVm);
            letIn(annsGroup, WEB, EVERYWHERE);

            Trace trace = trace(outside, annsMachine, WEB);

            assertThat(blockReasons(trace))
                    .containsExactly(BlockReason.INTERNET_SERVICE_NOT_LINKED, BlockReason.NO_ROUTE);
            assertThat(trace.remedies())
                    .containsExactly(
                            new Remedy.CreateInternetService(ann, annsNet.id()),
                            new Remedy.LinkInternetService(ann, Optional.empty(), annsNet.id()),
                            new Remedy.CreateRoute(
                                    ann,
                                    fixture.mainTable(annsNet).id(),
                                    Cidr.ALL,
                                    new Remedy.Target.InternetService(Optional.empty())));
        }

        @Test
        @Rule("X3")
        void without_a_route_back_it_arrives_one_way() {
            exits.service(ann, Optional.of(annsNet.id()));
            publicIpOf(annsVm);
            letIn(annsGroup, WEB, EVERYWHERE);

            Trace trace = trace(outside, annsMachine, WEB);

            assertThat(blockReasons(trace)).containsExactly(BlockReason.NO_ROUTE);
            assertThat(trace.verdict().causes().getFirst().step().leg()).isEqualTo(Leg.BACK);
        }

        @Test
        @Rule("S2")
        void rules_see_the_outside_address() {
            exitOf(annsNet);
            publicIpOf(annsVm);
            letIn(annsGroup, WEB, "198.51.100.0/24");

            assertThat(blockReasons(trace(outside, annsMachine, WEB))).containsExactly(BlockReason.NO_RULE);
        }

        @Test
        void what_comes_from_outside_is_for_somebody() {
            PublicIp ip = exits.publicIp(ann);

            assertThatThrownBy(() -> trace(outside, at(ip), WEB)).isInstanceOf(Refusal.class);
            assertThatThrownBy(() -> trace(outside, at("10.0.1.4"), WEB)).isInstanceOf(Refusal.class);
        }
    }

    @Nested
    class OutAndIn {

        @Test
        @Rule({"X3", "X5"})
        void to_anothers_public_address_with_ones_own_as_the_source() {
            exitOf(annsNet);
            PublicIp anns = publicIpOf(annsVm);
            exitOf(bobsNet);
            PublicIp bobs = publicIpOf(bobsVm);
            letIn(bobsGroup, WEB, anns.address() + "/32");

            Trace trace = trace(annsMachine, at(bobs), WEB);

            assertThat(trace.reachable()).isTrue();
            assertThat(trace.to().orElseThrow().net()).isEqualTo(bobsNet.id());
            assertThat(steps(trace, Step.Groups.class))
                    .extracting(Step.Groups::other)
                    .containsExactly(bobs.address(), anns.address());
            assertThat(steps(trace, Step.Routing.class))
                    .extracting(Step.Routing::address)
                    .containsExactly(bobs.address(), anns.address());
        }

        @Test
        @Rule("S5")
        void groups_do_not_mean_who_comes_from_outside() {
            exitOf(annsNet);
            publicIpOf(annsVm);
            Vm neighbour = fixture.vm(annsSubnet, "10.0.1.5", annsGroup);
            PublicIp ip = publicIpOf(neighbour);

            assertThat(trace(annsMachine, new Endpoint.InVm(neighbour.id()), WEB)
                            .reachable())
                    .isTrue();
            assertThat(blockReasons(trace(annsMachine, at(ip), WEB))).containsExactly(BlockReason.NO_RULE);
        }

        @Test
        void a_public_address_that_stands_for_nothing_does_not_answer() {
            exitOf(annsNet);
            publicIpOf(annsVm);
            PublicIp free = exits.publicIp(bob);

            assertThat(blockReasons(trace(annsMachine, at(free), WEB))).containsExactly(BlockReason.NO_ANSWER);
        }
    }

    @Nested
    class Told {

        private Trace told(Endpoint from, Endpoint to) {
            return fixture.read(snapshot -> new ReachabilityAnalysis(RegionView.of(snapshot))
                    .trace(new Question(from, to, WEB), ann, Consent.asShown()));
        }

        @Test
        @Rule("A4")
        void of_anothers_machine_behind_a_public_address_only_whether_it_answers() {
            exitOf(annsNet);
            publicIpOf(annsVm);
            exitOf(bobsNet);
            PublicIp bobs = publicIpOf(bobsVm);

            Trace silent = told(annsMachine, at(bobs));
            letIn(bobsGroup, WEB, EVERYWHERE);
            Trace answering = told(annsMachine, at(bobs));

            assertThat(blockReasons(silent)).containsExactly(BlockReason.NO_ANSWER);
            assertThat(remedies(silent)).isEmpty();
            assertThat(answering.reachable()).isTrue();
            assertThat(answering.to()).isEmpty();
            assertThat(answering.steps().toString())
                    .doesNotContain(bobsNet.id().value(), bobsGroup.value(), "10.1.1.4");
        }

        @Test
        @Rule("A4")
        void nothing_of_it_where_the_public_address_is_only_planned() {
            exitOf(annsNet);
            exitOf(bobsNet);
            PublicIp bobs = publicIpOf(bobsVm);
            Consent truth = fixture.read(snapshot -> Consent.inTruth(snapshot, ann));
            publicIpOf(annsVm);

            Trace planned = fixture.read(snapshot -> new ReachabilityAnalysis(RegionView.of(snapshot))
                    .trace(new Question(annsMachine, at(bobs), WEB), ann, truth));

            assertThat(steps(planned, Step.Outside.class))
                    .extracting(Step.Outside::answer)
                    .containsExactly(Step.Answer.UNTOLD);
        }

        @Test
        @Rule("A4")
        void that_a_peer_of_another_owner_has_an_exit_is_not_told() {
            route(annsNet, EVERYWHERE, fixture.activePeering(annsNet, bobsNet));
            exitOf(bobsNet);
            publicIpOf(annsVm);

            assertThat(blockReasons(told(annsMachine, outside))).containsExactly(BlockReason.NOT_TRANSITIVE);
        }

        @Test
        @Rule("A4")
        void what_anothers_machine_sends_outside_is_asked_about_by_its_public_address() {
            fixture.activePeering(annsNet, bobsNet);
            PublicIp anns = publicIpOf(annsVm);

            assertThatThrownBy(() -> told(bobsMachine, at(anns))).isInstanceOf(Refusal.class);
        }
    }
}
