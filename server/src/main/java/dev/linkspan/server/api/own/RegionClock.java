package dev.linkspan.server.api.own;

import dev.linkspan.core.event.Origin;
import java.time.Duration;
import java.time.Instant;

/** The one clock of the server's Regions (T1), as the operator sees and moves it. */
public interface RegionClock {

    /** {@code system} or {@code manual}. */
    String kind();

    Instant now();

    /** Moves a manual clock and answers its new time; refused where the clock is the system's. */
    Instant advance(Duration by, Origin origin);
}
