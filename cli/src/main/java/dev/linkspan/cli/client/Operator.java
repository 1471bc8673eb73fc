package dev.linkspan.cli.client;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Whoever knows the admin token of a server's data folder. */
public final class Operator implements Caller {

    static final String CALLS = "/linkspan/v1/";

    private final Endpoint endpoint;
    private final AdminToken token;
    private final Map<String, String> headers;

    /** Whether the server showed that it is the token's; one that went away may be followed by another at its address. */
    private volatile boolean known;

    Operator(Endpoint endpoint, String adminToken) {
        this.endpoint = endpoint;
        this.token = new AdminToken(adminToken);
        this.headers = Map.of("Authorization", "Bearer " + adminToken, "Content-Type", "application/json");
    }

    @Override
    public Answer call(String name, ObjectNode arguments) {
        requireKnown();
        try {
            return endpoint.post(CALLS + name, headers, Json.bytes(arguments));
        } catch (ServerUnreachable gone) {
            known = false;
            throw gone;
        }
    }

    /** Makes a call without arguments whose answer is a file; throws {@link CallRefused} where it is refused. */
    public <T> T download(String name, Download<T> download) {
        requireKnown();
        return endpoint.download(CALLS + name, headers, Json.bytes(Json.object()), download);
    }

    private void requireKnown() {
        if (!known) {
            token.requireKnownTo(endpoint);
            known = true;
        }
    }
}
