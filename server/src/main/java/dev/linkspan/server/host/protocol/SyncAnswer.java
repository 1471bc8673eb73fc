package dev.linkspan.server.host.protocol;

import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.json.StrictJson;
import java.util.List;
import java.util.Optional;

/**
 * What a host must have.
 *
 * @param hostId as the operator knows the host
 * @param revision of the machines: the number that the agent says it knows once it has applied them
 * @param machines all of them, and no others; absent where the agent knows this revision
 * @param tasks what is to be done once
 */
public record SyncAnswer(
        @Required String hostId,
        @Required long revision,
        Optional<List<HostedMachine>> machines,
        List<TaskOrder> tasks) {

    /** Holds lists that do not change. */
    public SyncAnswer {
        machines = machines.map(List::copyOf);
        tasks = List.copyOf(tasks);
    }

    /**
     * Reads one, of a server that may be newer: what this version does not know is passed over. Throws
     * {@link dev.linkspan.core.refusal.Refusal} where it is no answer.
     */
    public static SyncAnswer read(byte[] json) {
        return StrictJson.readKnown(json, SyncAnswer.class);
    }
}
