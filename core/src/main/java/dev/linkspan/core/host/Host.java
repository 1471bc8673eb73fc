package dev.linkspan.core.host;

import dev.linkspan.core.id.HostId;
import dev.linkspan.core.id.SubregionName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A computer on which machines of VMs run, in one Subregion (H1). The operator's alone: no tenant sees one.
 *
 * @param tokenHash of the token that its agent shows; the token itself is nowhere kept (H4)
 * @param report empty until its agent was heard for the first time
 * @param announced whether the log's last word about it is that it can be reached
 */
public record Host(
        HostId id,
        HostName name,
        SubregionName subregion,
        String tokenHash,
        Optional<HostReport> report,
        boolean announced,
        Instant createdAt) {

    /** A host that is silent for this long is unreachable (H2). */
    public static final Duration SILENCE = Duration.ofSeconds(5);

    /** Whether its agent was heard within the last seconds (H2). */
    public boolean reachableAt(Instant now) {
        return report.filter(it -> now.isBefore(it.at().plus(SILENCE))).isPresent();
    }

    /** How many VMs it takes: none that anybody knows of before its agent has told. */
    public int capacity() {
        return report.map(HostReport::capacity).orElse(0);
    }

    public Host withReport(HostReport heard) {
        return new Host(id, name, subregion, tokenHash, Optional.of(heard), announced, createdAt);
    }

    public Host withAnnounced(boolean reachable) {
        return new Host(id, name, subregion, tokenHash, report, reachable, createdAt);
    }
}
