package dev.linkspan.server.api.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.internet.NewNatService;
import dev.linkspan.core.internet.PublicIpPool;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.internet.PublicIpTarget;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.operation.InternetServices;
import dev.linkspan.core.operation.NatServices;
import dev.linkspan.core.operation.PublicIps;
import dev.linkspan.core.operation.RouteTables;
import dev.linkspan.core.operation.SecurityGroups;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.FlowTables;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.routing.RequestedTarget;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.call.Asker;
import dev.linkspan.server.api.call.Invocation;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadTurns;
import dev.linkspan.server.api.json.StrictJson;
import dev.linkspan.server.api.resource.internetservice.InternetServiceCalls;
import dev.linkspan.server.api.resource.publicip.PublicIpCalls;
import dev.linkspan.server.api.resource.routing.RouteTableCalls;
import dev.linkspan.server.api.resource.securitygroup.SecurityGroupCalls;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What Linkspan's own calls say of ways outside, and in from there. */
class OutsideQuestionsTest {

    private static final PublicIpPools POOLS =
            new PublicIpPools(Map.of(Fixture.REGION, new PublicIpPool(Cidr.parse("198.51.100.0/24"))));

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId ann = fixture.account();
    private final AccountId bob = fixture.account();
    private final Net annsNet = fixture.net(ann, "10.0.0.0/16");
    private final Vm annsVm = fixture.vm(
            fixture.subnet(annsNet, "10.0.1.0/24"),
            "10.0.1.4",
            fixture.defaultGroup(annsNet).id());
    private final ReachabilityCalls calls = new ReachabilityCalls(
            store, List.of(Fixture.REGION), operations(), new ReadTurns(), FlowTables.UNKNOWN, POOLS);

    private static List<Operation> operations() {
        return Stream.of(
                        new RouteTableCalls(new RouteTables()).operations(),
                        new SecurityGroupCalls(new SecurityGroups()).operations(),
                        new InternetServiceCalls(new InternetServices()).operations(),
                        new PublicIpCalls(new PublicIps(POOLS)).operations())
                .flatMap(List::stream)
                .toList();
    }

    private static Asker as(AccountId account) {
        return new Asker.Tenant(new Caller(account, Fixture.REGION));
    }

    private JsonNode call(String name, String arguments) {
        Operation.Own<?> operation = calls.operations().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
        return StrictJson.tree(call(operation, arguments.replace('\'', '"')));
    }

    private <Q extends Record> Object call(Operation.Own<Q> operation, String arguments) {
        Q request = StrictJson.bind(StrictJson.parse(arguments.getBytes(StandardCharsets.UTF_8)), operation.request());
        return operation.handler().handle(new Invocation(as(ann), "127.0.0.1", new Origin("test", "r")), request);
    }

    private JsonNode web(String from, String to, String plan) {
        return call(
                "TracePath",
                "{'From':'%s','To':'%s','IpProtocol':'tcp','Port':443,'Plan':[%s]}".formatted(from, to, plan));
    }

    private JsonNode web(String from, String to) {
        return web(from, to, "");
    }

    /** A plan that makes the calls of the remedies. */
    private static String plan(JsonNode trace) {
        return trace.path("Remedies")
                .valueStream()
                .map(it -> "{\"Call\":%s,\"Arguments\":%s}".formatted(it.path("Call"), it.path("Arguments")))
                .collect(Collectors.joining(","));
    }

    private static List<String> troubles(JsonNode trace) {
        return trace.path("Causes")
                .valueStream()
                .map(cause -> cause.path("Trouble").asString())
                .toList();
    }

    private static JsonNode step(JsonNode trace, String kind) {
        return trace.path("Steps")
                .valueStream()
                .filter(step -> step.path("Kind").asString().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    /** A Net with a way outside, whose machine has a public address. */
    private InternetServiceId open(Net net, Vm vm) {
        return fixture.change(unit -> {
            AccountId owner = net.owner();
            InternetServiceId id = new InternetServices().create(unit, owner).id();
            new InternetServices().link(unit, owner, id, net.id());
            new RouteTables()
                    .createRoute(
                            unit,
                            owner,
                            fixture.mainTable(net).id(),
                            Cidr.ALL,
                            new RequestedTarget.InternetService(id));
            PublicIps ips = new PublicIps(POOLS);
            ips.link(
                    unit,
                    owner,
                    ips.allocate(unit, owner).id(),
                    new PublicIpTarget.OfVm(vm.id(), Optional.empty()),
                    false);
            return id;
        });
    }

    @Test
    @Rule("X3")
    void the_remedies_of_a_machine_that_does_not_get_outside_are_a_plan_by_which_it_does() {
        JsonNode blocked = web(annsVm.id().value(), "192.0.2.7");

        assertThat(troubles(blocked)).containsExactly("NO_ROUTE", "NO_PUBLIC_ADDRESS");
        assertThat(blocked.path("Remedies")
                        .valueStream()
                        .map(it -> it.path("Call").asString())
                        .toList())
                .containsExactly(
                        "CreateInternetService",
                        "LinkInternetService",
                        "CreateRoute",
                        "CreatePublicIp",
                        "LinkPublicIp");
        assertThat(web(annsVm.id().value(), "192.0.2.7", plan(blocked))
                        .path("Verdict")
                        .asString())
                .isEqualTo("reachable");
    }

    @Test
    @Rule("X3")
    void what_takes_a_public_address_on_its_way_shows_both() {
        InternetServiceId service = open(annsNet, annsVm);

        JsonNode trace = web(annsVm.id().value(), "192.0.2.7");

        JsonNode leaving = step(trace, "Leaving");
        assertThat(leaving.path("InternetServiceId").asString()).isEqualTo(service.value());
        assertThat(leaving.path("PrivateIp").asString()).isEqualTo("10.0.1.4");
        assertThat(leaving.path("PublicIp").asString()).isEqualTo("198.51.100.2");
        assertThat(trace.path("Source").asString()).isEqualTo("10.0.1.4");
        assertThat(trace.has("To")).isFalse();
        assertThat(step(trace, "Outside").path("Told").asBoolean()).isTrue();
    }

    /** In a Subnet of its own, to which nothing leads yet. */
    private NatService natService(InternetServiceId service) {
        Subnet subnet = fixture.subnet(annsNet, "10.0.9.0/24");
        return fixture.change(unit -> {
            RouteTables tables = new RouteTables();
            RouteTableId table = tables.create(unit, ann, annsNet.id()).id();
            tables.link(unit, ann, table, subnet.id());
            tables.createRoute(unit, ann, table, Cidr.ALL, new RequestedTarget.InternetService(service));
            PublicIpId ip = new PublicIps(POOLS).allocate(unit, ann).id();
            NewNatService wanted = new NewNatService(subnet.id(), Optional.of(ip), Optional.empty(), Optional.empty());
            return new NatServices().create(unit, ann, wanted);
        });
    }

    @Test
    @Rule("X4")
    void what_goes_through_a_nat_service_shows_the_address_before_and_after() {
        NatService nat = natService(open(annsNet, annsVm));
        Vm other = fixture.vm(
                fixture.subnet(annsNet, "10.0.2.0/24"),
                "10.0.2.4",
                fixture.defaultGroup(annsNet).id());

        JsonNode blocked = web(other.id().value(), "192.0.2.7");

        assertThat(troubles(blocked)).containsExactly("NO_PUBLIC_ADDRESS");
        JsonNode instead = blocked.path("Causes").path(0).path("Alternatives").path(0);
        assertThat(instead.path("Arguments").path("NatServiceId").asString())
                .isEqualTo(nat.id().value());
        fixture.change(unit -> new RouteTables()
                .updateRoute(
                        unit,
                        ann,
                        fixture.mainTable(annsNet).id(),
                        Cidr.ALL,
                        new RequestedTarget.NatService(nat.id())));
        JsonNode trace = web(other.id().value(), "192.0.2.7");
        JsonNode translating = step(trace, "Translating");
        assertThat(trace.path("Verdict").asString()).isEqualTo("reachable");
        assertThat(translating.path("NatServiceId").asString())
                .isEqualTo(nat.id().value());
        assertThat(translating.path("Before").asString()).isEqualTo("10.0.2.4");
        assertThat(translating.path("After").asString())
                .isEqualTo(step(trace, "Leaving").path("PrivateIp").asString());
        JsonNode reaches = call("ReadReachability", "{'Of':'%s'}".formatted(other.id()));
        assertThat(reaches.path("Out")
                        .valueStream()
                        .filter(reach -> reach.has("InternetServiceId"))
                        .map(reach -> reach.path("NatServiceId").asString())
                        .distinct()
                        .toList())
                .containsExactly(nat.id().value());
    }

    @Test
    void what_routes_lead_outside_is_outside_though_a_net_has_that_address() {
        open(annsNet, annsVm);
        fixture.net(ann, "192.0.2.0/24");

        assertThat(web(annsVm.id().value(), "192.0.2.7").path("Verdict").asString())
                .isEqualTo("reachable");
    }

    @Test
    @Rule("X3")
    void who_is_outside_may_be_the_sender() {
        open(annsNet, annsVm);

        JsonNode blocked = web("192.0.2.7", "198.51.100.2");

        assertThat(troubles(blocked)).containsExactly("NO_RULE");
        assertThat(blocked.has("From")).isFalse();
        assertThat(blocked.path("Source").asString()).isEqualTo("192.0.2.7");
        assertThat(blocked.path("To").path("PrivateIp").asString()).isEqualTo("10.0.1.4");
        JsonNode open = web("192.0.2.7", "10.0.1.4", plan(blocked));
        assertThat(open.path("Verdict").asString()).isEqualTo("reachable");
        assertThat(open.path("Destination").asString()).isEqualTo("198.51.100.2");
    }

    @Test
    @Rule("A4")
    void anothers_public_address_answers_or_does_not() {
        open(annsNet, annsVm);
        Net bobsNet = fixture.net(bob, "10.1.0.0/16");
        Vm bobsVm = fixture.vm(
                fixture.subnet(bobsNet, "10.1.1.0/24"),
                "10.1.1.4",
                fixture.defaultGroup(bobsNet).id());
        open(bobsNet, bobsVm);

        JsonNode closed = web(annsVm.id().value(), "198.51.100.3");
        JsonNode nobody = web(annsVm.id().value(), "198.51.100.9");

        assertThat(troubles(closed)).containsExactly("NO_ANSWER");
        assertThat(closed.toString()).doesNotContain("10.1.", bobsNet.id().value());
        assertThat(nobody.toString().replace("198.51.100.9", "198.51.100.3")).isEqualTo(closed.toString());
        assertThatThrownBy(() -> web("192.0.2.7", "198.51.100.3")).isInstanceOf(Refusal.class);
    }

    @Test
    @Rule("A4")
    void a_plan_does_not_tell_what_answers_to_an_address_that_is_only_planned() {
        Net bobsNet = fixture.net(bob, "10.1.0.0/16");
        Vm bobsVm = fixture.vm(
                fixture.subnet(bobsNet, "10.1.1.0/24"),
                "10.1.1.4",
                fixture.defaultGroup(bobsNet).id());
        open(bobsNet, bobsVm);

        JsonNode planned =
                web(annsVm.id().value(), "198.51.100.2", plan(web(annsVm.id().value(), "198.51.100.2")));

        assertThat(step(planned, "Outside").path("Told").asBoolean()).isFalse();
    }

    @Test
    void the_whole_answer_lists_what_of_the_outside_a_machine_reaches() {
        InternetServiceId service = open(annsNet, annsVm);

        JsonNode answer = call("ReadReachability", "{'Of':'%s'}".formatted(annsVm.id()));

        JsonNode outside = answer.path("Out")
                .valueStream()
                .filter(reach -> reach.has("InternetServiceId"))
                .findFirst()
                .orElseThrow();
        assertThat(outside.path("InternetServiceId").asString()).isEqualTo(service.value());
        assertThat(outside.has("NetId")).isFalse();
        assertThat(outside.path("IpRanges").toString()).contains("192.0.0.0/9").doesNotContain("\"10.");
        assertThat(answer.path("In").valueStream()).noneMatch(reach -> reach.has("InternetServiceId"));
    }
}
