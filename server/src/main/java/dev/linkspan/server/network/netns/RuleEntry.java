package dev.linkspan.server.network.netns;

/**
 * A routing policy rule: which table decides. Rules are asked in the order of their preference, until a table has a route.
 *
 * @param mark the packet mark to which it applies; 0 for every packet
 */
public record RuleEntry(int preference, int mark, Action action) {

    /** What a rule does with the packets that it applies to. */
    public sealed interface Action {

        record Lookup(int table) implements Action {}

        /** Drops them silently. */
        record Blackhole() implements Action {}

        /** Something that Linkspan never makes; it can be listed and deleted. */
        record Foreign(int kernelAction) implements Action {}
    }

    public static RuleEntry lookup(int preference, int table) {
        return new RuleEntry(preference, 0, new Action.Lookup(table));
    }

    public static RuleEntry lookupMarked(int preference, int mark, int table) {
        return new RuleEntry(preference, mark, new Action.Lookup(table));
    }

    public static RuleEntry blackhole(int preference) {
        return new RuleEntry(preference, 0, new Action.Blackhole());
    }
}
