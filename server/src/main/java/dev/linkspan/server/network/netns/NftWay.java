package dev.linkspan.server.network.netns;

import dev.linkspan.server.network.linux.nftables.NftTable.NftChain;
import dev.linkspan.server.network.linux.nftables.NftTable.NftSet;
import java.util.List;
import java.util.Map;

/**
 * A way that packets take out of a Net besides its peerings: what it adds to the chains of the router's filter ({@link
 * NftCompiler}). Where the Net has no such way, it adds nothing.
 */
interface NftWay {

    /** Sets and maps of its own. */
    default Map<String, NftSet> sets() {
        return Map.of();
    }

    /** Chains of its own. */
    default Map<String, NftChain> chains() {
        return Map.of();
    }

    /** The mark of the flows that belong to each of its links. */
    default Map<String, String> marks() {
        return Map.of();
    }

    /** The mark of the route table that decides for what comes from each of its links, where one does. */
    default Map<String, String> tables() {
        return Map.of();
    }

    /** What judges packets from each of its links, and the answers that go there. */
    default Map<String, String> verdicts() {
        return Map.of();
    }

    /** Rules that let packets in, before anything else is known of them. */
    default List<String> prerouting() {
        return List.of();
    }

    /** Rules that bind a flow that begins to the way. */
    default List<String> begins() {
        return List.of();
    }

    /** Rules that drop what may not take the way, whatever the groups say. */
    default List<String> forward() {
        return List.of();
    }

    /** Rules for answers that do not come from the address that was asked. */
    default List<String> answers() {
        return List.of();
    }

    /** Rules that say who judges what the sender's groups have let out. */
    default List<String> admitting() {
        return List.of();
    }

    /** Rules that drop answers which did not come by the way that the routes lead (R6). */
    default List<String> replies() {
        return List.of();
    }

    /** How packets are told that came in by the way from elsewhere. */
    default List<String> entrance() {
        return List.of();
    }

    /** How packets are told that came in by the way, and need not be asked whether routes lead back there. */
    default List<String> inside() {
        return List.of();
    }

    /** Rules that let ICMP errors about a flow in, which routers on the way may send. */
    default List<String> errors() {
        return List.of();
    }
}
