package dev.linkspan.cli.client;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a server answered to a call.
 *
 * @param call the path that was asked, such as {@code /api/v1/ReadNets}
 * @param status the HTTP status
 */
public record Answer(String call, int status, JsonNode body) {

    private static final int FIRST_ERROR_STATUS = 400;

    public boolean refused() {
        return status >= FIRST_ERROR_STATUS;
    }

    /** The value at this path, such as {@code at("NetPeering", "State", "Name")}; a missing node where there is none. */
    public JsonNode at(String... names) {
        JsonNode node = body;
        for (String name : names) {
            node = node.path(name);
        }
        return node;
    }

    /** The text at this path; empty where there is none. */
    public String text(String... names) {
        return at(names).asString("");
    }

    /** The objects in the list at this path. */
    public List<JsonNode> list(String... names) {
        return at(names).valueStream().toList();
    }

    /** The code of the first error, such as {@code 5035}; empty where the call went well. */
    public String errorCode() {
        return body.path("Errors").path(0).path("Code").asString("");
    }

    public String errorType() {
        return body.path("Errors").path(0).path("Type").asString("");
    }

    public String errorDetails() {
        return body.path("Errors").path(0).path("Details").asString("");
    }

    /** This answer, if the call went well. */
    public Answer orThrow() {
        if (refused()) {
            throw new CallRefused(this);
        }
        return this;
    }
}
