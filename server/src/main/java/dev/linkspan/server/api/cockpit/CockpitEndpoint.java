package dev.linkspan.server.api.cockpit;

import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Endpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Everything below {@code /cockpit/}: the session, the events, and else the files. Every answer, a refusal too, tells the
 * browser that it may run and load nothing but what comes from here, and show it in nobody's frame.
 */
public final class CockpitEndpoint implements Endpoint {

    /** What an answer has where it does not say otherwise itself. */
    private static final Map<String, String> DEFAULTS = Map.of(
            ContentSecurityPolicy.HEADER,
            ContentSecurityPolicy.plain(),
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private final Endpoint files;
    private final Map<String, Endpoint> calls;

    /** @param calls by their whole path */
    public CockpitEndpoint(Endpoint files, Map<String, Endpoint> calls) {
        this.files = files;
        this.calls = Map.copyOf(calls);
    }

    @Override
    public ApiResponse answer(ApiRequest request) {
        ApiResponse answer = dispatch(request);
        Map<String, String> headers = new HashMap<>(DEFAULTS);
        headers.putAll(answer.headers());
        return answer.with(headers);
    }

    private ApiResponse dispatch(ApiRequest request) {
        String path = request.plainPath();
        if (!path.startsWith(CockpitFiles.PATH)) {
            return redirect();
        }
        return Optional.ofNullable(calls.get(path)).orElse(files).answer(request);
    }

    static ApiResponse redirect() {
        return ApiResponse.text(302, "see " + CockpitFiles.PATH + "\n", AccessRecord.on("cockpit", "File"))
                .with(Map.of("Location", CockpitFiles.PATH));
    }
}
