package dev.linkspan.server.network;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.NetworkStatus.InitialSync;
import dev.linkspan.server.network.DirtyNets.DirtyNet;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How far the network is with what was there when it began. Until each of those Nets has been applied once, packets do not
 * do what the API says, whatever has happened since.
 */
final class InitialSynchronization {

    private static final Logger LOG = System.getLogger(InitialSynchronization.class.getName());
    private static final Duration TOLD_EVERY = Duration.ofSeconds(10);

    private final long began = System.nanoTime();
    private final Set<RegionName> uncounted;
    private final Set<DirtyNet> left = new HashSet<>();
    private int all;
    private long toldAt = began;

    InitialSynchronization(List<RegionName> regions) {
        this.uncounted = new HashSet<>(regions);
    }

    /** These are the Nets of the Region. */
    synchronized void expect(RegionName region, Collection<NetId> nets) {
        if (uncounted.remove(region)) {
            nets.forEach(net -> left.add(new DirtyNet(region, net)));
            all += nets.size();
        }
    }

    /** This Net was applied, or cannot be for now, which is told elsewhere. */
    synchronized void done(DirtyNet net) {
        if (!left.remove(net)) {
            return;
        }
        long now = System.nanoTime();
        boolean overAfterLong = isOver() && now - began > TOLD_EVERY.toNanos();
        if (overAfterLong || now - toldAt > TOLD_EVERY.toNanos()) {
            toldAt = now;
            LOG.log(
                    Level.INFO,
                    "after the start {0} of {1} Nets are on the wire, after {2} s",
                    all - left.size(),
                    all,
                    Duration.ofNanos(now - began).toSeconds());
        }
    }

    /** Empty once it is over. */
    synchronized Optional<InitialSync> progress() {
        return isOver() ? Optional.empty() : Optional.of(new InitialSync(all - left.size(), all));
    }

    /** When it began (in {@link System#nanoTime()}); empty once it is over. */
    synchronized OptionalLong since() {
        return isOver() ? OptionalLong.empty() : OptionalLong.of(began);
    }

    private boolean isOver() {
        return uncounted.isEmpty() && left.isEmpty();
    }
}
