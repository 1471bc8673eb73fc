package dev.linkspan.server;

import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.own.RegionClock;
import dev.linkspan.server.store.SqlStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The two clocks that a server can go by (T1), as the operator's calls see them. */
final class Clocks {

    private Clocks() {}

    /** The machine's. */
    record SystemClock(InstantSource source) implements RegionClock {

        @Override
        public String kind() {
            return "system";
        }

        @Override
        public Instant now() {
            return source.instant();
        }

        @Override
        public Instant advance(Duration by, Origin origin) {
            throw new Refusal(
                    RefusalCode.INVALID_STATE,
                    "The clock is the system's and moves by itself: start the server with --clock manual to move it.");
        }
    }

    /**
     * One that moves only when it is told to, for every server of the store.
     *
     * @param home the Region whose time is told; they all have the same
     * @param afterwards what else is due when time has jumped
     */
    record MovableClock(SqlStore store, RegionName home, Runnable afterwards) implements RegionClock {

        @Override
        public String kind() {
            return "manual";
        }

        @Override
        public Instant now() {
            return store.read(home, Snapshot::now);
        }

        @Override
        public Instant advance(Duration by, Origin origin) {
            Instant now = store.advance(by, origin);
            afterwards.run();
            return now;
        }
    }
}
