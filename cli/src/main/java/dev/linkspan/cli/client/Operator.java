package dev.linkspan.cli.client;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Whoever knows the admin token of a server's data folder. */
public final class Operator implements Caller {

    static final String CALLS = "/linkspan/v1/";

    private final Endpoint endpoint;
    private final Map<String, String> headers;

    Operator(Endpoint endpoint, String adminToken) {
        this.endpoint = endpoint;
        this.headers = Map.of("Authorization", "Bearer " + adminToken, "Content-Type", "application/json");
    }

    @Override
    public Answer call(String name, ObjectNode arguments) {
        return endpoint.post(CALLS + name, headers, Json.bytes(arguments));
    }

    /** Makes a call without arguments whose answer is a file; throws {@link CallRefused} where it is refused. */
    public <T> T download(String name, Download<T> download) {
        return endpoint.download(CALLS + name, headers, Json.bytes(Json.object()), download);
    }
}
