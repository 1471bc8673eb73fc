package dev.linkspan.server.network;

import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.Lease;
import dev.linkspan.core.port.Store;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a network is opened in.
 *
 * @param lease decides which of the servers that share the store carries it; empty for a server that is alone
 * @param verifyEvery how often every Net is compared with its plan, when nothing else is to do
 */
public record NetworkContext(
        Store store,
        List<RegionName> regions,
        Optional<Supplier<Lease>> lease,
        DriverSettings driver,
        Duration verifyEvery) {}
