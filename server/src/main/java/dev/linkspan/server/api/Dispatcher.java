package dev.linkspan.server.api;

import dev.linkspan.core.refusal.Refusal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Gives each request to the API whose path it is, and tells the log and whoever observes about it. */
public final class Dispatcher implements Endpoint {

    private static final AccessRecord NOBODYS = AccessRecord.on("none", "");

    private record Route(String path, Endpoint endpoint) {

        /** A path that ends in a slash stands for everything below it, but for the root, which is only itself. */
        boolean matches(String requested) {
            return path.endsWith("/") && path.length() > 1 ? requested.startsWith(path) : requested.equals(path);
        }
    }

    private final List<Route> routes;
    private final Endpoint elsewhere;
    private final CallObserver observer;

    /** @param endpoints by path; the longest path that matches wins */
    public Dispatcher(Map<String, Endpoint> endpoints, CallObserver observer) {
        this(endpoints, _ -> ApiResponse.text(404, "not found\n", NOBODYS), observer);
    }

    /**
     * @param endpoints by path; the longest path that matches wins
     * @param elsewhere at every other path
     */
    public Dispatcher(Map<String, Endpoint> endpoints, Endpoint elsewhere, CallObserver observer) {
        this.observer = observer;
        this.elsewhere = elsewhere;
        this.routes = endpoints.entrySet().stream()
                .map(entry -> new Route(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt((Route route) -> route.path().length())
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

    private ApiResponse dispatch(ApiRequest request, Function<Endpoint, ApiResponse> asked) {
        String path = request.plainPath();
        try {
            return routes.stream()
                    .filter(route -> route.matches(path))
                    .findFirst()
                    .map(Route::endpoint)
                    .map(asked)
                    .orElseGet(() -> asked.apply(elsewhere));
        } catch (RuntimeException bug) {
            RequestLog.failed(request, NOBODYS, bug);
            return ApiResponse.text(
                    500, "BUG: request " + request.id() + " failed; the server's log says why\n", NOBODYS);
        }
    }
}
