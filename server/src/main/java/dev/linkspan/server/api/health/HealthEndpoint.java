package dev.linkspan.server.api.health;

import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Endpoint;
import dev.linkspan.server.api.json.StrictJson;
import java.util.List;

/**
 * Answers {@code /healthz}, which only needs all threads to be alive that the server cannot do without, and {@code /readyz}, which tells check by check
 * whether it can do its work. Anybody may ask: neither tells anything about accounts.
 */
public final class HealthEndpoint implements Endpoint {

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final Readiness readiness;

    private record Health(String status) {}

    private record Answer(String status, List<Check> checks) {}

    public HealthEndpoint(Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    public ApiResponse answer(ApiRequest request) {
        boolean readiness = request.plainPath().equals("/readyz");
        AccessRecord access = AccessRecord.on("monitoring", readiness ? "readyz" : "healthz");
        if (!request.isRead()) {
            return ApiResponse.onlyReads(access);
        }
        return readiness ? ready(access) : alive(access);
    }

    private ApiResponse alive(AccessRecord access) {
        boolean ended = readiness.ended().isPresent();
        return answer(ended ? UNAVAILABLE : OK, new Health(ended ? "ended" : "alive"), access);
    }

    private ApiResponse ready(AccessRecord access) {
        List<Check> checks = readiness.checks();
        boolean ready = checks.stream().allMatch(Check::passed);
        return answer(ready ? OK : UNAVAILABLE, new Answer(ready ? "ready" : "not ready", checks), access);
    }

    private static ApiResponse answer(int status, Record body, AccessRecord access) {
        return ApiResponse.json(status, StrictJson.bytes(body), access);
    }
}
