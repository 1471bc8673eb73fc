package dev.linkspan.server.api.own;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.host.Host;
import dev.linkspan.core.host.HostReport;
import dev.linkspan.core.id.HostId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.operation.Hosts;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.call.Asker;
import dev.linkspan.server.api.call.Invocation;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class HostCallsTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final Subregions subregions = new Subregions(List.of(
            new Region(Fixture.REGION, List.of(Fixture.SUBREGION)),
            new Region(Fixture.OTHER_REGION, List.of(new SubregionName("us-east-2a")))));
    private final Hosts hosts = new Hosts(subregions);
    private final AtomicInteger drawn = new AtomicInteger();
    private final HostCalls calls = new HostCalls(store, subregions, hosts, () -> "secret" + drawn.incrementAndGet());

    private JsonNode call(String name, String arguments) {
        return calls.operations().stream()
                .filter(operation -> operation.name().equals(name))
                .map(operation -> call(operation, arguments))
                .findFirst()
                .orElseThrow();
    }

    private static <Q extends Record> JsonNode call(Operation.Own<Q> operation, String arguments) {
        assertThat(operation.callers()).isEqualTo(OwnEndpoint.OPERATOR);
        byte[] body = arguments.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        Q request = StrictJson.bind(StrictJson.parse(body), operation.request());
        Invocation invocation = new Invocation(new Asker.Operator(), "127.0.0.1", new Origin(Origin.OPERATOR, "r"));
        return StrictJson.tree(operation.handler().handle(invocation, request));
    }

    private JsonNode create(String name, String subregion) {
        return call("CreateHost", "{'HostName':'%s','SubregionName':'%s'}".formatted(name, subregion));
    }

    private HostId created(String name) {
        return new HostId(create(name, "eu-west-2a").path("Host").path("HostId").asString());
    }

    private void hear(HostId host) {
        fixture.change(unit -> {
            hosts.heard(unit, host, new HostReport(unit.now(), "1.2", 8, 35, 2));
            return unit.now();
        });
    }

    private JsonNode read() {
        return call("ReadHosts", "{}").path("Hosts");
    }

    @Test
    @Rule("H4")
    void a_host_is_made_with_a_token_of_which_the_hash_alone_is_kept() {
        JsonNode made = create("rack1", "eu-west-2a");
        HostId id = new HostId(made.path("Host").path("HostId").asString());
        Host kept = fixture.read(snapshot -> snapshot.hosts().find(id).orElseThrow());

        HostToken token = HostToken.tryParse(made.path("Token").asString()).orElseThrow();
        assertThat(token).isEqualTo(new HostToken(id, "secret1"));
        assertThat(token.isOf(kept)).isTrue();
        assertThat(new HostToken(id, "secret2").isOf(kept)).isFalse();
        assertThat(kept.tokenHash()).matches("[0-9a-f]{64}");
        assertThat(read().toString()).doesNotContain("secret", kept.tokenHash());
    }

    @Test
    void hosts_of_every_region_are_listed() {
        create("rack1", "eu-west-2a");
        create("rack1", "us-east-2a");

        assertThat(read())
                .extracting(host -> host.path("RegionName").asString())
                .containsExactly("eu-west-2", "us-east-2");
        assertThat(read().path(0).path("State").asString()).isEqualTo("new");
        assertThat(read().path(0).path("Capacity").asInt()).isZero();
        assertThat(read().path(0).has("LastHeard")).isFalse();
    }

    @Test
    @Rule("H2")
    void the_operator_is_shown_who_is_unreachable_with_its_machines() {
        HostId id = created("rack1");
        Vm vm = fixture.bareVm(fixture.subnet(fixture.net(fixture.account(), "10.0.0.0/16"), "10.0.1.0/24"));
        fixture.change(unit -> {
            unit.hosts().place(vm.id(), id);
            return id;
        });
        hear(id);

        JsonNode host = read().path(0);
        assertThat(host.path("State").asString()).isEqualTo("reachable");
        assertThat(host.path("Capacity").asInt()).isEqualTo(8);
        assertThat(host.path("AgentVersion").asString()).isEqualTo("1.2");
        assertThat(host.path("LoadPercent").asInt()).isEqualTo(35);
        assertThat(host.path("MissingLinks").asInt()).isEqualTo(2);
        assertThat(host.path("VmIds").path(0).asString()).isEqualTo(vm.id().value());
        store.advance(Host.SILENCE);
        assertThat(read().path(0).path("State").asString()).isEqualTo("unreachable");
        assertRefused(RefusalCode.CONFLICT, () -> call("DeleteHost", "{'HostId':'%s'}".formatted(id)));
    }

    @Test
    void a_host_is_deleted_in_whichever_region_it_is() {
        String far = create("far", "us-east-2a").path("Host").path("HostId").asString();

        call("DeleteHost", "{'HostId':'%s'}".formatted(far));

        assertThat(read()).isEmpty();
        assertRefused(RefusalCode.UNKNOWN_ID, () -> call("DeleteHost", "{'HostId':'%s'}".formatted(far)));
    }

    @Test
    void a_subregion_that_no_region_has_and_a_strange_name_are_refused() {
        assertRefused(RefusalCode.UNKNOWN_SUBREGION, () -> create("rack1", "eu-west-9a"));
        assertRefused(RefusalCode.MALFORMED_VALUE, () -> create("rack 1", "eu-west-2a"));
    }
}
