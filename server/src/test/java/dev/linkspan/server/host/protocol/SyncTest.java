package dev.linkspan.server.host.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.port.ProbeAnswer;
import dev.linkspan.core.port.ProbePacket;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.server.api.json.StrictJson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyncTest {

    private static final UUID BOOT = new UUID(1, 2);
    private static final UUID TASK = new UUID(3, 4);
    private static final VmId VM = VmId.KIND.of(1);
    private static final NicId NIC = NicId.KIND.of(2);
    private static final HostedMachine MACHINE = new HostedMachine(
            VM,
            NetId.KIND.of(3),
            List.of(new HostedNic(
                    NIC,
                    0,
                    MacAddress.parse("0a:58:0a:00:00:04"),
                    List.of(Ipv4.parse("10.0.0.4"), Ipv4.parse("10.0.0.9")),
                    Cidr.parse("10.0.0.0/24"),
                    true)));

    @Test
    void a_request_says_the_same_when_it_has_been_read() {
        SyncRequest request = new SyncRequest(
                BOOT,
                "1.2",
                50,
                SyncRequest.NOTHING_KNOWN,
                List.of(LinkReport.of(NIC, LinkState.DOWN)),
                0.25,
                List.of(
                        TaskResult.of(TASK, ProbeAnswer.answered(Duration.ofNanos(250_000), "It answered.")),
                        TaskResult.failed(BOOT, "There is no such machine.")),
                2000);
        SyncRequest read = StrictJson.bind(StrictJson.parse(StrictJson.bytes(request)), SyncRequest.class);
        assertThat(read).isEqualTo(request);
        assertThat(read.links().getFirst().parsed()).isEqualTo(LinkState.DOWN);
        assertThat(read.results().getFirst().probe().orElseThrow().answer())
                .isEqualTo(ProbeAnswer.answered(Duration.ofNanos(250_000), "It answered."));
    }

    @Test
    void an_answer_says_the_same_when_it_has_been_read() {
        SyncAnswer answer = new SyncAnswer(
                "host-1",
                7,
                Optional.of(List.of(MACHINE)),
                List.of(TaskOrder.of(
                        new HostTask.Probe(TASK, VM, new ProbePacket.Connection(Ipv4.parse("10.0.1.4"), 22)))));
        assertThat(SyncAnswer.read(StrictJson.bytes(answer))).isEqualTo(answer);
        assertThat(answer.tasks().getFirst().task())
                .isEqualTo(new HostTask.Probe(TASK, VM, new ProbePacket.Connection(Ipv4.parse("10.0.1.4"), 22)));
    }

    @Test
    void no_machines_and_no_news_of_machines_are_different() {
        assertThat(read("{'HostId':'h','Revision':7}").machines()).isEmpty();
        assertThat(read("{'HostId':'h','Revision':7,'Machines':[]}").machines()).contains(List.of());
    }

    @Test
    void what_a_newer_server_adds_is_passed_over_and_its_task_is_known_to_be_unknown() {
        SyncAnswer answer = read(
                "{'HostId':'h','Revision':7,'Mood':{'A':1},'Machines':[{'VmId':'%s','NetId':'%s','Nics':[],'Colour':1}],"
                                .formatted(VM, NetId.KIND.of(3))
                        + "'Tasks':[{'TaskId':'%s','Exec':{'Command':['true']}}]}".formatted(TASK));
        assertThat(answer.machines()).contains(List.of(new HostedMachine(VM, NetId.KIND.of(3), List.of())));
        assertThat(answer.tasks().getFirst().task()).isEqualTo(new HostTask.Unknown(TASK));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'HostId':'h','Revision':'7'}",
                "{'HostId':'h','Revision':7,'Machines':{}}",
                "{'HostId':'h','Revision':7,'Machines':[1]}",
                "{'HostId':'h','Revision':7,'Tasks':[{'TaskId':'no'}]}"
            })
    void what_is_no_answer_is_refused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(Refusal.class);
    }

    @Test
    void a_connection_without_a_port_is_refused() {
        SyncAnswer answer = read(
                "{'HostId':'h','Revision':7,'Tasks':[{'TaskId':'%s','Probe':{'FromVmId':'%s','Protocol':'tcp','To':'10.0.0.1'}}]}"
                        .formatted(TASK, VM));
        assertThatThrownBy(() -> answer.tasks().getFirst().task())
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Port");
    }

    private static SyncAnswer read(String text) {
        return SyncAnswer.read(text.replace('\'', '"').getBytes(UTF_8));
    }
}
