package dev.linkspan.server.network.ovn;

import dev.linkspan.server.network.ovsdb.OvsdbSettings.Limits;
import java.time.Duration;

/**
 * What the driver is opened with.
 *
 * @param inForce how long it may take until every host forwards as was written
 */
public record OvnSettings(OvnAccess access, Limits limits, Duration inForce) {

    private static final Duration IN_FORCE = Duration.ofSeconds(10);

    /** With the standard limits. */
    public static OvnSettings of(OvnAccess access) {
        return new OvnSettings(access, Limits.STANDARD, IN_FORCE);
    }

    /** The same with another patience for hosts. */
    public OvnSettings withInForce(Duration patience) {
        return new OvnSettings(access, limits, patience);
    }
}
