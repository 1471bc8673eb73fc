package dev.linkspan.server.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.host.Host;
import dev.linkspan.core.host.HostName;
import dev.linkspan.core.host.HostReport;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.ProbeAnswer;
import dev.linkspan.core.port.ProbePacket;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Headers;
import dev.linkspan.server.api.json.StrictJson;
import dev.linkspan.server.api.own.HostToken;
import dev.linkspan.server.host.protocol.HostTask;
import dev.linkspan.server.host.protocol.HostedMachine;
import dev.linkspan.server.host.protocol.SyncAnswer;
import dev.linkspan.server.host.protocol.TaskOrder;
import dev.linkspan.server.host.protocol.TaskResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentEndpointTest extends HostScene {

    private static final int LONG_MILLIS = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Host host = host("rack1");
    private final FakeAgent agent = agentOf(host);

    /** A call that has come in and waits: what happens from then on wakes it, however far it is. */
    private CompletableFuture<SyncAnswer> waiting() {
        HostPost post = tasks.post(host.id());
        Optional<HostPost.Visit> before = post.newest();
        CompletableFuture<SyncAnswer> call = CompletableFuture.supplyAsync(
                () -> agent.sync(LONG_MILLIS), work -> Thread.ofVirtual().start(work));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (post.newest().equals(before)) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
        return call;
    }

    private static SyncAnswer answerOf(CompletableFuture<SyncAnswer> call) throws Exception {
        return call.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static List<HostedMachine> machines(SyncAnswer answer) {
        return answer.machines().orElseThrow();
    }

    @Nested
    @Rule("H4")
    class Tokens {

        private int status(String authorization) {
            ApiRequest request = new ApiRequest(
                    "r",
                    "POST",
                    AgentEndpoint.PATH,
                    "",
                    Headers.of(Map.of("Authorization", List.of(authorization))),
                    StrictJson.bytes(agent.request(0)),
                    false,
                    "127.0.0.1");
            int status = endpoint.answer(request).status();
            assertThat(endpoint.knows(request)).isEqualTo(status == 200);
            return status;
        }

        @Test
        void the_token_of_a_host_is_believed() {
            assertThat(status("Bearer " + host.id() + ".rack1")).isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Bearer",
                    "Bearer ",
                    "Bearer rack1",
                    "Bearer .rack1",
                    "Bearer host-00000001.rack1",
                    "Bearer HOST.rack2",
                    "Bearer HOST.",
                    "Bearer HOST",
                    "Basic HOST.rack1",
                    "Bearer HOST.rack1.rack1",
                })
        void what_is_no_hosts_token_is_refused_with_401(String authorization) {
            assertThat(status(authorization.replace("HOST", host.id().value()))).isEqualTo(401);
            assertThat(read(host).report()).isEmpty();
        }

        @Test
        void the_hash_that_is_kept_opens_nothing() {
            assertThat(status("Bearer " + host.id() + "." + host.tokenHash())).isEqualTo(401);
        }

        @Test
        void another_hosts_token_says_nothing_of_this_one_and_is_told_nothing_of_it() {
            agent.sync(0);
            Vm vm = createVm();
            Host other = host("rack2");
            FakeAgent stranger = agentOf(other);
            stranger.capacity = 99;

            SyncAnswer answer = stranger.sync(0);

            assertThat(answer.hostId()).isEqualTo(other.id().value());
            assertThat(machines(answer)).isEmpty();
            assertThat(machines(agent.sync(0))).extracting(HostedMachine::vmId).containsExactly(vm.id());
            assertThat(read(host).capacity()).isEqualTo(10);
            assertThat(read(other).capacity()).isEqualTo(99);
        }

        @Test
        void another_hosts_agent_neither_takes_a_task_nor_answers_it() {
            FakeAgent stranger = agentOf(host("rack2"));
            agent.sync(0);
            stranger.sync(0);
            HostTask task = probe(createVm());
            CompletableFuture<TaskResult> result = tasks.assign(host.id(), task, PATIENCE);

            assertThat(stranger.sync(0, TaskResult.failed(task.id(), "no")).tasks())
                    .isEmpty();

            assertThat(result).isNotDone();
            assertThat(agent.sync(0).tasks()).hasSize(1);
        }

        @Test
        void a_host_that_was_deleted_has_no_token() {
            fixture.change(unit -> {
                hosts.delete(unit, host.id());
                return unit.now();
            });

            assertThat(status("Bearer " + host.id() + ".rack1")).isEqualTo(401);
        }

        @Test
        void a_token_is_the_hosts_in_whichever_region_it_is() {
            Host far = new Fixture(store, Fixture.OTHER_REGION)
                    .change(unit -> hosts.create(
                            unit, new HostName("far"), new SubregionName("us-east-2a"), HostToken.hashOf("far")));

            assertThat(agentOf(far).sync(0).hostId()).isEqualTo(far.id().value());
        }

        @Test
        void a_token_gives_nothing_away_where_it_is_logged() {
            assertThat(new HostToken(host.id(), "rack1"))
                    .hasToString("the token of " + host.id())
                    .extracting(HostToken::text)
                    .isEqualTo(host.id() + ".rack1");
        }
    }

    @Nested
    @Rule("H2")
    class Heartbeats {

        @Test
        void what_the_agent_tells_is_on_record() {
            agent.load = 1.5;
            agent.misses(fixture.nic(subnet, "10.0.1.9").id());

            agent.sync(0);

            assertThat(read(host).report()).contains(new HostReport(fixture.now(), "1.0", 10, 150, 1));
            assertThat(read(host).reachableAt(fixture.now())).isTrue();
        }

        @Test
        void a_heartbeat_is_no_event_and_is_written_down_once_a_second() {
            agent.sync(0);
            long events = fixture.read(snapshot -> snapshot.events().lastSequence());
            HostReport first = read(host).report().orElseThrow();

            store.advance(Duration.ofMillis(999));
            agent.sync(0);
            assertThat(read(host).report()).contains(first);
            store.advance(Duration.ofMillis(1));
            agent.sync(0);

            assertThat(read(host).report().orElseThrow().at()).isEqualTo(fixture.now());
            assertThat(fixture.<Long>read(snapshot -> snapshot.events().lastSequence()))
                    .isEqualTo(events);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'Capacity':-1",
                    "'Load':-0.5",
                    "'Capacity':1000001",
                    "'Links':[{'NicId':'eni-12345678','State':'odd'}]"
                })
        void what_cannot_be_is_refused(String wrong) {
            String good =
                    "{'Boot':'%s','Version':'1','Capacity':1,'Known':-1,'Links':[],'Load':0.1,'Results':[],'WaitMillis':0}"
                            .formatted(UUID.randomUUID());
            String name = wrong.substring(0, wrong.indexOf(':'));
            String body = good.replaceAll(name + ":(\\[\\]|[^,}]*)", wrong.replace("$", "\\$"));

            ApiResponse response =
                    endpoint.answer(agent.post(body.replace('\'', '"').getBytes(UTF_8)));

            assertThat(response.status()).as(body).isEqualTo(400);
            assertThat(read(host).report()).isEmpty();
        }

        @Test
        void a_newer_agent_may_tell_more() {
            String body = "{'Boot':'%s','Version':'9','Capacity':1,'Known':-1,'Load':0.1,'WaitMillis':0,'Mood':'good'}"
                    .formatted(UUID.randomUUID());

            assertThat(endpoint.answer(agent.post(body.replace('\'', '"').getBytes(UTF_8)))
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void only_posts_are_calls() {
            ApiRequest post = agent.post(StrictJson.bytes(agent.request(0)));
            ApiRequest get =
                    new ApiRequest("r", "GET", post.path(), "", post.headers(), new byte[0], false, "127.0.0.1");

            assertThat(endpoint.answer(get).status()).isEqualTo(404);
        }
    }

    @Nested
    class Machines {

        @Test
        void an_agent_that_knows_nothing_is_told_of_every_machine_with_its_nics() {
            agent.sync(0);
            Vm running = createVm();
            Vm stopped = createVm();
            stop(stopped.id());

            SyncAnswer answer = agent.sync(0);

            assertThat(machines(answer))
                    .extracting(HostedMachine::vmId)
                    .containsExactlyInAnyOrder(running.id(), stopped.id());
            assertThat(machines(answer)).allSatisfy(machine -> {
                Nic nic = fixture.<List<Nic>>read(snapshot -> snapshot.nics().ofVm(machine.vmId()))
                        .getFirst();
                assertThat(machine.netId()).isEqualTo(net.id());
                assertThat(machine.nics()).singleElement().satisfies(told -> {
                    assertThat(told.nicId()).isEqualTo(nic.id());
                    assertThat(told.deviceNumber()).isZero();
                    assertThat(told.mac()).isEqualTo(nic.mac());
                    assertThat(told.addresses()).isEqualTo(nic.addresses());
                    assertThat(told.subnetRange()).isEqualTo(subnet.range());
                    assertThat(told.up()).isEqualTo(machine.vmId().equals(running.id()));
                });
            });
        }

        @Test
        void an_agent_that_knows_them_is_told_the_revision_alone() {
            agent.sync(0);
            createVm();
            SyncAnswer first = agent.sync(0);

            SyncAnswer again = agent.sync(0);

            assertThat(again.machines()).isEmpty();
            assertThat(again.revision()).isEqualTo(first.revision());
        }

        @Test
        void any_server_counts_the_same_revision() {
            agent.sync(0);
            createVm();
            long revision = agent.sync(0).revision();
            FakeAgent elsewhere = new FakeAgent(
                    new AgentEndpoint(store, REGIONS, hosts, new HostTasks()),
                    new HostToken(host.id(), "rack1").text());
            elsewhere.known = revision;

            assertThat(elsewhere.sync(0).machines()).isEmpty();
        }

        @Test
        void an_agent_that_waits_is_told_of_a_new_machine() throws Exception {
            agent.sync(0);
            CompletableFuture<SyncAnswer> call = waiting();

            Vm vm = createVm();

            assertThat(machines(answerOf(call))).extracting(HostedMachine::vmId).containsExactly(vm.id());
        }

        @Test
        void changes_of_a_machine_are_told_and_those_of_others_are_not() {
            agent.sync(0);
            Vm vm = createVm();
            agent.sync(0);
            fixture.net(fixture.account(), "10.5.0.0/16");
            assertThat(agent.sync(0).machines()).isEmpty();

            stop(vm.id());
            assertThat(machines(agent.sync(0)).getFirst().nics().getFirst().up())
                    .isFalse();

            fixture.change(unit -> vms.delete(unit, owner, List.of(vm.id())));
            assertThat(machines(agent.sync(0))).isEmpty();
        }

        @Test
        void an_agent_waits_no_longer_than_it_wants() {
            agent.sync(0);
            long began = System.nanoTime();

            SyncAnswer answer = agent.sync(50);

            assertThat(answer.machines()).isEmpty();
            assertThat(System.nanoTime() - began)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(50).toNanos());
        }

        @Test
        void a_server_that_stops_lets_nobody_wait() throws Exception {
            agent.sync(0);
            CompletableFuture<SyncAnswer> call = waiting();

            endpoint.stopWaiting();

            assertThat(answerOf(call).machines()).isEmpty();
        }
    }

    @Nested
    class TasksOfHosts {

        @Test
        void a_task_wakes_the_agent_and_is_told_until_its_result_comes_back() throws Exception {
            agent.sync(0);
            Vm vm = createVm();
            agent.sync(0);
            CompletableFuture<SyncAnswer> call = waiting();
            HostTask task = probe(vm);

            CompletableFuture<TaskResult> result = tasks.assign(host.id(), task, PATIENCE);

            assertThat(answerOf(call).tasks()).extracting(TaskOrder::task).containsExactly(task);
            long began = System.nanoTime();
            assertThat(agent.sync(50).tasks()).extracting(TaskOrder::task).containsExactly(task);
            assertThat(System.nanoTime() - began)
                    .as("it is no news any more")
                    .isGreaterThanOrEqualTo(Duration.ofMillis(50).toNanos());
            TaskResult told = TaskResult.of(task.id(), ProbeAnswer.silence("nobody"));
            assertThat(agent.sync(0, told).tasks()).isEmpty();
            agent.sync(0, told);
            assertThat(result).isCompletedWithValue(told);
        }

        @Test
        void a_task_ends_when_its_time_is_up() {
            CompletableFuture<TaskResult> result =
                    tasks.assign(host.id(), probe(fixture.bareVm(subnet)), Duration.ofMillis(1));

            assertThatThrownBy(result::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TimeoutException.class);
            assertThat(agent.sync(0).tasks()).as("nobody waits for it").isEmpty();
        }

        @Test
        void what_an_agent_took_before_it_was_started_again_is_done_by_nobody() {
            agent.sync(0);
            HostTask taken = probe(fixture.bareVm(subnet));
            HostTask waiting = probe(fixture.bareVm(subnet));
            CompletableFuture<TaskResult> lost = tasks.assign(host.id(), taken, PATIENCE);
            agent.sync(0);
            CompletableFuture<TaskResult> kept = tasks.assign(host.id(), waiting, PATIENCE);

            agent.restart();
            SyncAnswer answer = agent.sync(0);

            assertThat(lost).isDone();
            assertThat(lost.join().failure()).isPresent();
            assertThat(answer.tasks()).extracting(TaskOrder::taskId).containsExactly(waiting.id());
            assertThat(kept).isNotDone();
        }

        @Test
        void a_call_that_the_agent_has_given_up_ends_and_takes_nothing() throws Exception {
            agent.sync(0);
            CompletableFuture<SyncAnswer> former = waiting();
            agent.sync(0);

            assertThat(answerOf(former).tasks()).isEmpty();
        }
    }

    private static HostTask probe(Vm from) {
        return new HostTask.Probe(UUID.randomUUID(), from.id(), new ProbePacket.Echo(Ipv4.parse("10.0.1.9")));
    }
}
