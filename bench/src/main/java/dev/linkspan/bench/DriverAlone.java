package dev.linkspan.bench;

import dev.linkspan.core.port.NetworkDriver;
import dev.linkspan.server.network.netns.NetnsDriver;
import java.util.Map;

/** Two Nets like those that a server connects, with nothing but the driver behind them: no calls, store or planner. */
final class DriverAlone implements AutoCloseable {

    private final CleanupStack undoing = new CleanupStack();
    private final NetworkDriver driver;
    private final PlannedNet near = new PlannedNet(1);
    private final PlannedNet far = new PlannedNet(2);

    DriverAlone() {
        driver = NetnsDriver.open(RunFolders.folder("driver", undoing));
        undoing.later(driver::close);
        part();
    }

    /** Makes the changes that an acceptance and two routes cause, and returns how many nanoseconds they took. */
    long connect() {
        long began = System.nanoTime();
        driver.apply(near.peered(far, Map.of()));
        driver.apply(far.peered(near, Map.of()));
        driver.apply(near.peered(far, near.wayTo(far)));
        driver.apply(far.peered(near, far.wayTo(near)));
        return System.nanoTime() - began;
    }

    void part() {
        driver.apply(near.alone());
        driver.apply(far.alone());
    }

    @Override
    public void close() {
        undoing.close();
    }
}
