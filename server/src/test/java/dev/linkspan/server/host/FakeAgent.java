package dev.linkspan.server.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.id.NicId;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Endpoint;
import dev.linkspan.server.api.Headers;
import dev.linkspan.server.api.json.StrictJson;
import dev.linkspan.server.host.protocol.LinkReport;
import dev.linkspan.server.host.protocol.LinkState;
import dev.linkspan.server.host.protocol.SyncAnswer;
import dev.linkspan.server.host.protocol.SyncRequest;
import dev.linkspan.server.host.protocol.TaskResult;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Calls as an agent does, and does nothing of what it is told. */
final class FakeAgent {

    private final Endpoint endpoint;
    private final String token;
    private UUID boot = UUID.randomUUID();
    int capacity = 10;
    double load = 0.25;
    String version = "1.0";
    List<LinkReport> links = List.of();
    long known = SyncRequest.NOTHING_KNOWN;

    FakeAgent(Endpoint endpoint, String token) {
        this.endpoint = endpoint;
        this.token = token;
    }

    void restart() {
        boot = UUID.randomUUID();
        known = SyncRequest.NOTHING_KNOWN;
    }

    void misses(NicId nic) {
        links = List.of(LinkReport.of(nic, LinkState.MISSING));
    }

    SyncRequest request(int waitMillis, TaskResult... results) {
        return new SyncRequest(boot, version, capacity, known, links, load, List.of(results), waitMillis);
    }

    /** Calls, and takes what it is answered as what it knows. */
    SyncAnswer sync(int waitMillis, TaskResult... results) {
        ApiResponse response = send(request(waitMillis, results));
        assertThat(response.status()).isEqualTo(200);
        SyncAnswer answer = SyncAnswer.read(response.body());
        known = answer.revision();
        return answer;
    }

    ApiResponse send(SyncRequest told) {
        return endpoint.answer(post(StrictJson.bytes(told)));
    }

    ApiRequest post(byte[] body) {
        Headers headers = Headers.of(Map.of("Authorization", List.of("Bearer " + token)));
        return new ApiRequest("r", "POST", AgentEndpoint.PATH, "", headers, body, false, "127.0.0.1");
    }
}
