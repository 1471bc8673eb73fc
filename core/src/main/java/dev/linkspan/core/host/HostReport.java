package dev.linkspan.core.host;

import java.time.Duration;
import java.time.Instant;

/**
 * What a host's agent told of it last.
 *
 * @param at by the Region's clock
 * @param agentVersion of the agent's program
 * @param capacity how many VMs the host takes
 * @param loadPercent how busy its processors are; above 100 work waits for them
 * @param missingLinks how many NICs of its VMs it could not connect
 */
public record HostReport(Instant at, String agentVersion, int capacity, int loadPercent, int missingLinks) {

    /** One that says the same is written down this often, and not with each call of the agent. */
    private static final Duration WRITTEN_EVERY = Duration.ofSeconds(1);

    public HostReport {
        if (capacity < 0 || loadPercent < 0 || missingLinks < 0) {
            throw new IllegalArgumentException("the report of a host has a number below zero");
        }
    }

    /** Whether it is to be written down over the one before. */
    public boolean replaces(HostReport before) {
        return capacity != before.capacity
                || !agentVersion.equals(before.agentVersion)
                || !at.isBefore(before.at.plus(WRITTEN_EVERY));
    }
}
