package dev.linkspan.cli.client;

import tools.jackson.databind.node.ObjectNode;

/** Someone who may make calls: an account or the operator. */
public interface Caller {

    /** Makes the call, whatever the answer. */
    Answer call(String name, ObjectNode arguments);

    /** Makes the call with arguments given as names and values in turn, whatever the answer. */
    default Answer call(String name, Object... namesAndValues) {
        return call(name, Json.object(namesAndValues));
    }

    /** Makes a call that has to go well; throws {@link CallRefused} otherwise. */
    default Answer ask(String name, Object... namesAndValues) {
        return call(name, namesAndValues).orThrow();
    }
}
