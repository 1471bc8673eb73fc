package dev.linkspan.server.host;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.host.Host;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.port.ProbeAnswer;
import dev.linkspan.core.port.ProbePacket;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.host.protocol.TaskOrder;
import dev.linkspan.server.host.protocol.TaskResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class HostProbesTest extends HostScene {

    private static final ProbePacket PACKET = new ProbePacket.Connection(Ipv4.parse("10.0.1.9"), 443);

    private final Host host = host("rack1");
    private final FakeAgent agent = agentOf(host);
    private final HostProbes probes = new HostProbes(store, REGIONS, tasks);

    /** Probes while the agent takes the task and brings such a result. */
    private ProbeAnswer probe(Vm from, Function<TaskOrder, TaskResult> doing) {
        CompletableFuture<Void> work = CompletableFuture.runAsync(() -> {
            TaskOrder order = agent.sync(2_000).tasks().getFirst();
            agent.sync(0, doing.apply(order));
        });
        try {
            return probes.probe(from.id(), PACKET);
        } finally {
            work.join();
        }
    }

    private Vm machine() {
        agent.sync(0);
        Vm vm = createVm();
        agent.sync(0);
        return vm;
    }

    @Test
    void the_agent_of_the_vms_host_sends_the_packet_and_tells_what_came_back() {
        Vm vm = machine();
        ProbeAnswer came = ProbeAnswer.answered(Duration.ofNanos(1_234_000), "it answered");

        ProbeAnswer told = probe(vm, order -> {
            assertThat(order.probe().orElseThrow().fromVmId()).isEqualTo(vm.id());
            assertThat(order.probe().orElseThrow().port()).contains(443);
            return TaskResult.of(order.taskId(), came);
        });

        assertThat(told).isEqualTo(came);
    }

    @Test
    @Rule("H1")
    void a_host_that_cannot_is_not_told_of() {
        Vm vm = machine();

        assertThatThrownBy(() -> probe(vm, order -> TaskResult.failed(order.taskId(), "rack1 has no such machine")))
                .hasMessageNotContainingAny("rack1", host.id().value());
    }

    @Test
    void a_host_whose_agent_never_called_here_is_not_waited_for() {
        host("elsewhere");
        Vm vm = machine();
        HostProbes other = new HostProbes(store, REGIONS, new HostTasks());

        assertRefused(RefusalCode.INVALID_STATE, () -> other.probe(vm.id(), PACKET));
    }

    @Test
    void a_vm_without_a_machine_sends_nothing() {
        Vm vm = fixture.bareVm(subnet);

        assertRefused(RefusalCode.INVALID_STATE, () -> probes.probe(vm.id(), PACKET));
    }
}
