package dev.linkspan.server.api;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Gives each request to the API whose path it is, and writes one log line about it. */
public final class Dispatcher implements Endpoint {

    private static final Logger LOG = System.getLogger("dev.linkspan.request");

    private record Route(String path, Endpoint endpoint) {

        /** A path that ends in a slash stands for everything below it, but for the root, which is only itself. */
        boolean matches(String requested) {
            return path.endsWith("/") && path.length() > 1 ? requested.startsWith(path) : requested.equals(path);
        }
    }

    private final List<Route> routes;

    /** @param endpoints by path; the longest path that matches wins */
    public Dispatcher(Map<String, Endpoint> endpoints) {
        this.routes = endpoints.entrySet().stream()
                .map(entry -> new Route(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt((Route route) -> route.path().length())
                        .reversed())
                .toList();
    }

    @Override
    public ApiResponse answer(ApiRequest request) {
        long start = System.nanoTime();
        ApiResponse response = dispatch(request);
        log(request, response, Duration.ofNanos(System.nanoTime() - start));
        return response;
    }

    private ApiResponse dispatch(ApiRequest request) {
        String path = request.plainPath();
        try {
            return routes.stream()
                    .filter(route -> route.matches(path))
                    .findFirst()
                    .map(route -> route.endpoint().answer(request))
                    .orElseGet(() -> ApiResponse.text(404, "not found\n"));
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, "BUG: request " + request.id() + " to " + path, bug);
            return ApiResponse.text(500, "BUG: request " + request.id() + " failed; the server's log says why\n");
        }
    }

    private static void log(ApiRequest request, ApiResponse response, Duration took) {
        Level level = response.status() >= 500 ? Level.ERROR : Level.INFO;
        LOG.log(
                level,
                () -> "%s %s %d %.1f ms %s %s %s"
                        .formatted(
                                request.method(),
                                printable(request.plainPath()),
                                response.status(),
                                took.toNanos() / 1e6,
                                request.peer(),
                                request.id(),
                                response.remark())
                        .strip());
    }

    /** The path as one word of a log line, whatever a client put into it. */
    private static String printable(String path) {
        String safe = path.replaceAll("[^\\x21-\\x7e]", "?");
        return safe.length() <= 200 ? safe : safe.substring(0, 200) + "...";
    }
}
