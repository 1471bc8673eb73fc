package dev.linkspan.server.host.protocol;

import dev.linkspan.server.api.json.Required;
import java.util.List;
import java.util.UUID;

/**
 * What a host's agent tells, and asks with it what must be there.
 *
 * @param boot this process of the agent: another one says that it was started again
 * @param version of the agent's program
 * @param capacity how many machines the host takes
 * @param known the revision of the machines that it has applied; {@link #NOTHING_KNOWN} where it has none
 * @param links every NIC that the agent connects, as it is now
 * @param load the host's load average of the last minute, divided by its processors
 * @param results of tasks that it was given, until the server has them: one that is repeated changes nothing
 * @param waitMillis how long the answer may wait for something to tell
 */
public record SyncRequest(
        @Required UUID boot,
        @Required String version,
        @Required int capacity,
        @Required long known,
        List<LinkReport> links,
        @Required double load,
        List<TaskResult> results,
        @Required int waitMillis) {

    /** The revision of an agent that knows none. */
    public static final long NOTHING_KNOWN = -1;

    /** Holds lists that do not change. */
    public SyncRequest {
        links = List.copyOf(links);
        results = List.copyOf(results);
    }
}
