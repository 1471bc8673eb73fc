package dev.linkspan.acceptance.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.core.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls at the same moment: the outcome is that of some order, one after the other. */
@Rule("L10")
class ConcurrencyTest {

    @RegisterExtension
    static final LinkspanServer SERVER = LinkspanServer.with();

    private Account one;
    private Account two;
    private String left;
    private String right;

    @BeforeEach
    void two_tenants_have_a_net_each() {
        one = SERVER.account();
        two = SERVER.account();
        left = one.inhabitedNet("10.1.0.0/16");
        right = two.inhabitedNet("10.2.0.0/16");
    }

    @RepeatedTest(5)
    @Rule("P3")
    void crossing_requests_that_are_all_accepted_leave_one_active() throws Exception {
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            calls.add(() -> acceptedBy(two, one.requestPeering(left, right, two)));
            calls.add(() -> acceptedBy(one, two.requestPeering(right, left, one)));
        }

        atOnce(calls);

        assertThat(one.ask("ReadNetPeerings").list("NetPeerings"))
                .extracting(peering -> peering.path("State").path("Name").asString())
                .containsOnlyOnce("active")
                .doesNotContain("pending-acceptance");
    }

    private static Answer acceptedBy(Account accepter, Answer request) {
        return accepter.call("AcceptNetPeering", "NetPeeringId", request.text("NetPeering", "NetPeeringId"));
    }

    @RepeatedTest(5)
    void accepting_races_with_taking_back() throws Exception {
        String peering = one.requestPeering(left, right, two).orThrow().text("NetPeering", "NetPeeringId");

        List<Answer> answers = atOnce(List.of(
                () -> two.call("AcceptNetPeering", "NetPeeringId", peering),
                () -> one.call("DeleteNetPeering", "NetPeeringId", peering)));

        assertThat(answers.getLast().status()).isEqualTo(200);
        assertThat(answers.getFirst().status()).isIn(200, 409);
        assertThat(one.stateOf(peering)).isEqualTo("deleted");
    }

    @RepeatedTest(5)
    void accepting_races_with_rejecting_and_one_wins() throws Exception {
        String peering = one.requestPeering(left, right, two).orThrow().text("NetPeering", "NetPeeringId");

        List<Answer> answers = atOnce(List.of(
                () -> two.call("AcceptNetPeering", "NetPeeringId", peering),
                () -> two.call("RejectNetPeering", "NetPeeringId", peering)));

        assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 409);
        String winner = answers.getFirst().status() == 200 ? "active" : "rejected";
        assertThat(two.stateOf(peering)).isEqualTo(winner);
    }

    @RepeatedTest(3)
    @Rule({"P9", "P3"})
    void asking_many_times_at_once_makes_one_request() throws Exception {
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(() -> one.requestPeering(left, right, two));
        }

        assertThat(atOnce(calls))
                .extracting(answer -> answer.text("NetPeering", "NetPeeringId"))
                .containsOnly(one.ask("ReadNetPeerings")
                        .list("NetPeerings")
                        .getFirst()
                        .path("NetPeeringId")
                        .asString());
        assertThat(one.ask("ReadNetPeerings").list("NetPeerings")).hasSize(1);
    }

    private static List<Answer> atOnce(List<Callable<Answer>> calls) throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(calls.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> futures = calls.stream()
                    .map(call -> threads.submit(() -> {
                        start.await();
                        return call.call();
                    }))
                    .toList();
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> future : futures) {
                answers.add(future.get());
            }
            return answers;
        }
    }
}
