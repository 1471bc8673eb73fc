package dev.linkspan.server.observe;

import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.peering.PeeringStateName;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Where the figures about a store come from.
 *
 * @param lastSequences per Region, the number of its newest event
 * @param peerings per Region, how many peerings are recorded in each state; costly where there are many
 * @param commits since the start
 * @param changes that those commits held
 * @param waiting changes that wait for their commit
 */
public record StoreFigures(
        Supplier<Map<RegionName, Long>> lastSequences,
        Supplier<Map<RegionName, Map<PeeringStateName, Long>>> peerings,
        LongSupplier commits,
        LongSupplier changes,
        IntSupplier waiting) {}
