package dev.linkspan.server.api.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.ProbeAnswer;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.call.Asker;
import dev.linkspan.server.api.call.Invocation;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ProbeCallsTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId account = fixture.account();
    private final AccountId stranger = fixture.account();
    private final Vm from = vm(account, "10.0.0.0/16", "10.0.1.0/24", "10.0.1.4");
    private final Vm to = vm(account, "10.1.0.0/16", "10.1.1.0/24", "10.1.1.4");
    private final Vm theirs = vm(stranger, "10.2.0.0/16", "10.2.1.0/24", "10.2.1.4");
    private final List<String> sent = new ArrayList<>();
    private final ProbeCalls calls = new ProbeCalls(store, (vm, packet) -> {
        sent.add(vm + " " + packet);
        return ProbeAnswer.answered(Duration.ofNanos(1_234_567), "it answered");
    });

    private Vm vm(AccountId owner, String net, String subnet, String address) {
        Net made = fixture.net(owner, net);
        Subnet inside = fixture.subnet(made, subnet);
        return fixture.vm(inside, address, fixture.defaultGroup(made).id());
    }

    private JsonNode send(Asker asker, String arguments) {
        return send(calls.operation(), asker, arguments);
    }

    private JsonNode send(String arguments) {
        return send(new Asker.Tenant(new Caller(account, Fixture.REGION)), arguments);
    }

    private static <Q extends Record> JsonNode send(Operation.Own<Q> operation, Asker asker, String arguments) {
        byte[] body = arguments.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        Q request = StrictJson.bind(StrictJson.parse(body), operation.request());
        return StrictJson.tree(
                operation.handler().handle(new Invocation(asker, "127.0.0.1", new Origin("test", "r")), request));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'To':'10.9.9.9','Protocol':'icmp'             | Echo[to=10.9.9.9]",
                "'To':'10.9.9.9','Protocol':'tcp','Port':443   | Connection[to=10.9.9.9, port=443]",
                "'To':'10.9.9.9','Protocol':'udp','Port':65535 | Datagram[to=10.9.9.9, port=65535]",
            })
    void what_is_asked_for_is_sent_and_what_came_back_is_told(String arguments, String packet) {
        JsonNode answer = send("{'FromVmId':'%s',%s}".formatted(from.id(), arguments));

        assertThat(sent).containsExactly(from.id() + " " + packet);
        assertThat(answer.toString())
                .isEqualTo("{\"Answered\":true,\"Detail\":\"it answered\",\"RoundTripMicros\":1234,\"Sent\":true}");
    }

    @Test
    void a_vm_of_the_account_stands_for_its_address() {
        send("{'FromVmId':'%s','To':'%s','Protocol':'icmp'}".formatted(from.id(), to.id()));

        assertThat(sent).containsExactly(from.id() + " Echo[to=10.1.1.4]");
    }

    @Test
    @Rule("A4")
    void vms_of_others_neither_send_nor_are_known() {
        assertThatThrownBy(() -> send("{'FromVmId':'%s','To':'10.0.1.4','Protocol':'icmp'}".formatted(theirs.id())))
                .isInstanceOf(Refusal.class)
                .hasMessage("The FromVmId '%s' doesn't exist.".formatted(theirs.id()));
        assertThatThrownBy(
                        () -> send("{'FromVmId':'%s','To':'%s','Protocol':'icmp'}".formatted(from.id(), theirs.id())))
                .isInstanceOf(Refusal.class)
                .hasMessage("The To '%s' doesn't exist.".formatted(theirs.id()));
        assertThat(sent).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'To':'10.9.9.9','Protocol':'sctp'             | one of icmp, tcp, udp",
                "'To':'10.9.9.9','Protocol':'tcp'              | Port",
                "'To':'10.9.9.9','Protocol':'icmp','Port':1    | Port",
                "'To':'10.9.9.9','Protocol':'tcp','Port':0     | 1 to 65535",
                "'To':'10.9.9.9','Protocol':'udp','Port':65536 | 1 to 65535",
                "'To':'10.9.9','Protocol':'icmp'               | To",
                "'To':'vpc-12345678','Protocol':'icmp'         | To",
                "'Protocol':'icmp'                             | To",
                "'To':'10.9.9.9','Protocol':'icmp','Count':5   | Count",
            })
    void what_cannot_be_sent_is_refused(String arguments, String said) {
        assertThatThrownBy(() -> send("{'FromVmId':'%s',%s}".formatted(from.id(), arguments)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(said);
        assertThat(sent).isEmpty();
    }

    @Test
    void a_vm_that_is_stopped_sends_nothing() {
        fixture.change(unit -> {
            unit.vms().save(from.withState(VmState.STOPPED, unit.now()));
            return true;
        });

        assertThatThrownBy(() -> send("{'FromVmId':'%s','To':'10.9.9.9','Protocol':'icmp'}".formatted(from.id())))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("stopped");
    }

    @Test
    void the_operator_has_another_command_for_that() {
        assertThatThrownBy(() -> send(
                        new Asker.Operator(),
                        "{'FromVmId':'%s','To':'10.9.9.9','Protocol':'icmp'}".formatted(from.id())))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("vm exec");
    }

    @Test
    void too_many_are_refused() {
        String arguments = "{'FromVmId':'%s','To':'10.9.9.9','Protocol':'icmp'}".formatted(from.id());
        for (int i = 0; i < 20; i++) {
            send(arguments);
        }

        assertThatThrownBy(() -> send(arguments)).isInstanceOf(Refusal.class).hasMessageContaining("within 10 s");
        assertThat(sent).hasSize(20);
    }
}
