package dev.linkspan.core.port;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RegionName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How far the network has followed what is true. */
public interface NetworkStatus extends FlowTables {

    Report report();

    /**
     * One look at it.
     *
     * @param standingBy whether another server that shares the store carries the network, so that this one does nothing
     */
    record Report(Carrier carrier, boolean standingBy, Progress progress) {

        /** Whether this process carries packets. */
        public boolean carries() {
            return carrier.carriesPackets() && !standingBy;
        }
    }

    /**
     * What carries the packets, or does not.
     *
     * @param name by which {@code serve --network} knows it
     * @param carriesPackets false for a control plane alone
     * @param particulars what else an operator is told of it: an answer shows the components of this record among its own
     */
    record Carrier(String name, boolean carriesPackets, Record particulars) {}

    /**
     * How far it is.
     *
     * @param appliedSequences per Region, the event up to which everything was applied; equal to the Region's last
     *     sequence when packets do what the API says
     * @param lag how long the oldest change that is not applied yet has been waiting; zero when none is
     * @param waiting how many Nets are to be compared with what is true, and have not been yet
     * @param failing the Nets that could not be made as planned at the last try, and why; they are tried again
     * @param initialSync how far it is with what was there when it began; empty once each Net has been applied or has failed
     */
    record Progress(
            Map<RegionName, Long> appliedSequences,
            Duration lag,
            int waiting,
            Map<NetId, String> failing,
            Optional<InitialSync> initialSync) {}

    /** @param done how many of the Nets; of none while they are not counted yet */
    record InitialSync(int done, int of) {}
}
