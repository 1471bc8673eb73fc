package dev.linkspan.bench;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param packets whether network namespaces may be used
 * @param demo whether the demo is played to see how much memory its server takes
 * @param starts how often a server is started
 * @param changes how often two Nets are connected
 * @param rounds how often a raw and a peered line take turns
 * @param round how long one line is measured in a round
 * @param pairs how many pairs of Nets are peered by many connections
 * @param lonePairs how many by one connection
 * @param warmUpPairs how many before that, uncounted
 * @param crowds how many peerings are present when some are read, in ascending order
 * @param ec2Crowds how many are present when some are described, in ascending order
 * @param reads how often they are read each way in a round
 * @param machines how many VMs the Regions have in which paths are traced, in ascending order
 * @param stores with which peerings are made
 */
record Extent(
        boolean packets,
        boolean demo,
        int starts,
        int changes,
        int rounds,
        Duration round,
        int pairs,
        int lonePairs,
        int warmUpPairs,
        List<Integer> crowds,
        List<Integer> ec2Crowds,
        int reads,
        List<Integer> machines,
        List<StoreUnderTest> stores) {

    private static final List<StoreUnderTest> SQLITE = List.of(StoreUnderTest.SQLITE);

    /** What figures are to be quoted from. */
    static final Extent FULL = new Extent(
            true,
            true,
            7,
            100,
            12,
            Duration.ofSeconds(1),
            1_000,
            200,
            300,
            List.of(1_000, 100_000, 1_000_000),
            List.of(10, 1_000, 10_000),
            40,
            List.of(10, 1_000, 10_000),
            SQLITE);

    /** What shows in seconds that everything works. */
    static final Extent QUICK = new Extent(
            true,
            false,
            1,
            3,
            2,
            Duration.ofMillis(100),
            32,
            8,
            8,
            List.of(1_000, 2_000),
            List.of(10, 1_000),
            2,
            List.of(10, 20),
            SQLITE);

    Extent withoutPackets() {
        return new Extent(
                false,
                false,
                starts,
                changes,
                rounds,
                round,
                pairs,
                lonePairs,
                warmUpPairs,
                crowds,
                ec2Crowds,
                reads,
                machines,
                stores);
    }

    /** Measures this store too. */
    Extent with(StoreUnderTest store) {
        List<StoreUnderTest> both = List.of(StoreUnderTest.SQLITE, store);
        return new Extent(
                packets,
                demo,
                starts,
                changes,
                rounds,
                round,
                pairs,
                lonePairs,
                warmUpPairs,
                crowds,
                ec2Crowds,
                reads,
                machines,
                both);
    }
}
