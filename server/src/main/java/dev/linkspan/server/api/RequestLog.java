package dev.linkspan.server.api;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of the log for each request, and one with the stack trace for each that met a bug. A record's fields travel as
 * its only parameter, a map; whoever formats the log writes them as fields.
 */
public final class RequestLog {

    private static final Logger LOG = System.getLogger("dev.linkspan.request");
    private static final int LONGEST_PATH = 200;
    private static final int FIRST_CLIENT_ERROR = 400;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final int UNAVAILABLE = 503;
    private static final double NANOS_PER_MILLISECOND = 1e6;

    private RequestLog() {}

    /** Monitoring and hosts that are answered well are of no interest to anybody; all else that was asked is. */
    static void answered(ApiRequest request, ApiResponse response, Duration took) {
        Level level = level(response);
        if (LOG.isLoggable(level)) {
            LOG.log(level, request.method() + " " + printable(request.plainPath()), fields(request, response, took));
        }
    }

    private static Level level(ApiResponse response) {
        if (response.status() == UNAVAILABLE) {
            return Level.WARNING;
        }
        if (response.status() >= FIRST_SERVER_ERROR) {
            return Level.ERROR;
        }
        String api = response.access().api();
        boolean hostAnswered = api.equals("agent") && response.status() < FIRST_CLIENT_ERROR;
        return hostAnswered || api.equals("monitoring") ? Level.DEBUG : Level.INFO;
    }

    private static Map<String, Object> fields(ApiRequest request, ApiResponse response, Duration took) {
        AccessRecord access = response.access();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("status", response.status());
        fields.put("duration_ms", took.toNanos() / NANOS_PER_MILLISECOND);
        fields.put("api", access.api());
        fields.put("operation", access.operation());
        putIfKnown(fields, "error", access.error());
        putIfKnown(fields, "account", access.account());
        putIfKnown(fields, "session", access.session());
        putIfKnown(fields, "region", access.region());
        if (access.rehearsed()) {
            fields.put("dry_run", true);
        }
        fields.put("peer", request.peer());
        fields.put("request_id", request.id());
        return fields;
    }

    private static void putIfKnown(Map<String, Object> fields, String name, String value) {
        if (!value.isEmpty()) {
            fields.put(name, value);
        }
    }

    /** A request that the server failed on. */
    public static void failed(ApiRequest request, AccessRecord access, RuntimeException bug) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("operation", access.operation());
        fields.put("request_id", request.id());
        fields.put("thrown", bug);
        LOG.log(Level.ERROR, "BUG: " + request.method() + " " + printable(request.plainPath()), fields);
    }

    /** The path as one word, whatever a client put into it. */
    private static String printable(String path) {
        String shown = path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "...";
        for (int i = 0; i < shown.length(); i++) {
            if (shown.charAt(i) <= ' ' || shown.charAt(i) > '~') {
                return shown.replaceAll("[^\\x21-\\x7e]", "?");
            }
        }
        return shown;
    }
}
