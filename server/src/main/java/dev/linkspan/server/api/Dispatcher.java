package dev.linkspan.server.api;

import dev.linkspan.core.refusal.Refusal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Gives each request to the API whose path it is, and tells the log and whoever observes about it. */
public final class Dispatcher implements Endpoint {

    private static final AccessRecord NOBODYS = AccessRecord.on("none", "");

    /** What is answered at everything below a path. */
    private record Below(String path, Endpoint endpoint) {

        boolean matches(String requested) {
            return requested.startsWith(path);
        }
    }

    private final Map<String, Endpoint> exact;
    private final List<Below> below;
    private final Endpoint elsewhere;
    private final CallObserver observer;

    /** Answers at every other path that nothing is there. */
    public Dispatcher(Map<String, Endpoint> endpoints, CallObserver observer) {
        this(endpoints, _ -> ApiResponse.text(404, "not found\n", NOBODYS), observer);
    }

    /**
     * Gives requests to these.
     *
     * @param endpoints by path; one that ends in a slash stands for everything below it too, but for the root, which is
     *     only itself. The longest path that matches wins
     * @param elsewhere at every other path
     */
    public Dispatcher(Map<String, Endpoint> endpoints, Endpoint elsewhere, CallObserver observer) {
        this.observer = observer;
        this.elsewhere = elsewhere;
        this.exact = Map.copyOf(endpoints);
        this.below = endpoints.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("/") && entry.getKey().length() > 1)
                .map(entry -> new Below(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt((Below each) -> each.path().length())
                        .reversed())
                .toList();
    }

    @Override
    public ApiResponse answer(ApiRequest request) {
        return told(request, endpoint -> endpoint.answer(request));
    }

    @Override
    public ApiResponse refuse(ApiRequest request, Refusal refusal) {
        return told(request, endpoint -> endpoint.refuse(request, refusal));
    }

    private ApiResponse told(ApiRequest request, Function<Endpoint, ApiResponse> asked) {
        long start = System.nanoTime();
        observer.began();
        ApiResponse response = dispatch(request, asked);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        RequestLog.answered(request, response, took);
        observer.answered(response.access(), response.status(), took);
        return response;
    }

    private Optional<Endpoint> endpoint(String path) {
        return Optional.ofNullable(exact.get(path))
                .or(() -> below.stream()
                        .filter(each -> each.matches(path))
                        .findFirst()
                        .map(Below::endpoint));
    }

    private ApiResponse dispatch(ApiRequest request, Function<Endpoint, ApiResponse> asked) {
        String path = request.plainPath();
        try {
            return asked.apply(endpoint(path).orElse(elsewhere));
        } catch (RuntimeException bug) {
            RequestLog.failed(request, NOBODYS, bug);
            return ApiResponse.text(
                    500, "BUG: request " + request.id() + " failed; the server's log says why\n", NOBODYS);
        }
    }
}
