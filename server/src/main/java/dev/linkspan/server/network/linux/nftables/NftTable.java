package dev.linkspan.server.network.linux.nftables;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the packet filter of a Net's router holds for one family of packets, as text that nft reads: sets and maps with their
 * elements, and chains with their rules.
 *
 * @param name what the kernel calls it, beginning with the family
 * @param sets by name
 * @param chains by name, in an order in which a chain stands behind those that it jumps to
 */
public record NftTable(String name, Map<String, NftSet> sets, Map<String, NftChain> chains) {

    public NftTable {
        sets = Collections.unmodifiableMap(new LinkedHashMap<>(sets));
        chains = Collections.unmodifiableMap(new LinkedHashMap<>(chains));
    }

    /**
     * A named set, or a map where elements have a value.
     *
     * @param kind {@code set} or {@code map}
     * @param declaration its type and flags
     * @param elements each key with its value; the empty text in a set
     */
    public record NftSet(String kind, String declaration, Map<String, String> elements) {

        public NftSet {
            elements = Collections.unmodifiableMap(new LinkedHashMap<>(elements));
        }

        /** A set of these keys. */
        public static NftSet set(String type, Iterable<String> keys) {
            Map<String, String> elements = new LinkedHashMap<>();
            keys.forEach(key -> elements.put(key, ""));
            return new NftSet("set", "type " + type + ";", elements);
        }

        /** A map. */
        public static NftSet map(String type, Map<String, String> elements) {
            return new NftSet("map", "type " + type + ";", elements);
        }

        /** The same, whose keys may be ranges. */
        public NftSet withIntervals() {
            return new NftSet(kind, declaration + " flags interval;", elements);
        }
    }

    /**
     * A chain.
     *
     * @param declaration its hook and policy; empty for one that others jump to
     */
    public record NftChain(String declaration, List<String> rules) {

        public NftChain {
            rules = List.copyOf(rules);
        }
    }
}
