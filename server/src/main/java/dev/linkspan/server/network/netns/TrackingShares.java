package dev.linkspan.server.network.netns;

import dev.linkspan.server.network.FlowLimits;
import dev.linkspan.server.network.linux.nftables.NftTable.NftSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much of a router's connection tracking one link may take: a NIC by the flows that it opens, a peering by those that the
 * peer opens through it, the exit by those that begin outside (docs/decisions/0031-a-share-of-each-routers-flows.md).
 *
 * <p>The kernel counts (nftables' {@code ct count}), so an entry gives its place back whenever and however it ends. To count,
 * it walks a list of what a link has opened, at each flow that begins but at most once a tick; so a share is counted in parts
 * that each have a short list. Flows are dealt to the parts in turn. They end in no order, so a share may be full a little
 * before all of it is taken.
 */
record TrackingShares(FlowLimits limits) {

    /** A list that is walked in well under a millisecond. */
    private static final int PART = 1_024;

    /** The label (of connection tracking) of flows that are counted: one that is not answered yet counts as new. */
    private static final int COUNTED = 2;

    private static final int SMALLEST_SET = 1_024;
    private static final int GROWTH = 4;

    /**
     * How long flows are remembered that nobody keeps alive, in seconds. What has ended is forgotten soon, since the kernel
     * does not count it; what is established lives longer than the two hours after which TCP keepalive asks (RFC 5382).
     */
    static final Map<String, String> TIMEOUTS = timeouts();

    /**
     * What counts a flow that begins, and drops it where the share is full.
     *
     * @param others the links to peers and to the outside
     */
    Counting counting(int nics, int others) {
        int parts = nics * parts(limits.perNic()) + others * parts(limits.perPeering());
        int size = SMALLEST_SET;
        while (size < parts) {
            size *= GROWTH;
        }
        // A set's size cannot change: one for more links is another set, which begins to count anew.
        String set = "shares_" + size;
        return new Counting(
                set,
                new NftSet("set", "typeof iifname . meta mark; flags dynamic; size %d;".formatted(size), Map.of()),
                List.of(
                        "ct label %d return".formatted(COUNTED),
                        NftCompiler.FROM_NIC + " " + dropBeyond(set, limits.perNic()),
                        NftCompiler.FROM_ELSEWHERE + " " + dropBeyond(set, limits.perPeering()),
                        "ct label set " + COUNTED));
    }

    /** @param rules for packets that everything else has let pass */
    record Counting(String setName, NftSet set, List<String> rules) {}

    private static String dropBeyond(String set, int share) {
        int parts = parts(share);
        return "add @%s { iifname . numgen inc mod %d ct count over %d } drop".formatted(set, parts, share / parts);
    }

    private static int parts(int share) {
        return Math.max(1, share / PART);
    }

    private static Map<String, String> timeouts() {
        Map<String, String> values = new LinkedHashMap<>();
        // Neither answered nor kept alive.
        values.put("tcp_timeout_syn_sent", "20");
        values.put("tcp_timeout_syn_recv", "20");
        values.put("udp_timeout", "20");
        values.put("icmp_timeout", "10");
        // Answered: RFC 4787 wants two minutes at least, RFC 5382 two hours and four minutes.
        values.put("udp_timeout_stream", "120");
        values.put("generic_timeout", "120");
        values.put("tcp_timeout_established", "7800");
        values.put("tcp_timeout_unacknowledged", "120");
        values.put("tcp_timeout_max_retrans", "120");
        // Over, or nearly.
        values.put("tcp_timeout_fin_wait", "60");
        values.put("tcp_timeout_close_wait", "60");
        values.put("tcp_timeout_last_ack", "20");
        values.put("tcp_timeout_time_wait", "10");
        values.put("tcp_timeout_close", "5");
        Map<String, String> paths = new LinkedHashMap<>();
        values.forEach((name, seconds) -> paths.put("net/netfilter/nf_conntrack_" + name, seconds));
        return paths;
    }
}
