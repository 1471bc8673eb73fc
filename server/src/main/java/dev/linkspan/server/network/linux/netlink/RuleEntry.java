package dev.linkspan.server.network.linux.netlink;

/**
 * A routing policy rule: which table decides. Rules are asked in the order of their preference, until a table has a route.
 *
 * @param packets to which it applies
 */
public record RuleEntry(int preference, Packets packets, Action action) {

    /** Which packets a rule is for. */
    public sealed interface Packets {

        record All() implements Packets {}

        /** Those with this mark, which is not 0. */
        record Marked(int mark) implements Packets {}

        /** Those that the namespace itself sends, as long as nothing has marked them. */
        record Own() implements Packets {}
    }

    /** What a rule does with the packets that it applies to. */
    public sealed interface Action {

        record Lookup(int table) implements Action {}

        /** Drops them silently. */
        record Blackhole() implements Action {}

        /** Something that Linkspan never makes; it can be listed and deleted. */
        record Foreign(int kernelAction) implements Action {}
    }

    /** Asks this table about every packet. */
    public static RuleEntry lookup(int preference, int table) {
        return new RuleEntry(preference, new Packets.All(), new Action.Lookup(table));
    }

    /** Asks this table about packets with this mark. */
    public static RuleEntry lookupMarked(int preference, int mark, int table) {
        return new RuleEntry(preference, new Packets.Marked(mark), new Action.Lookup(table));
    }

    /** Asks this table about what the namespace itself sends. */
    public static RuleEntry lookupOwn(int preference, int table) {
        return new RuleEntry(preference, new Packets.Own(), new Action.Lookup(table));
    }

    /** Drops every packet. */
    public static RuleEntry blackhole(int preference) {
        return new RuleEntry(preference, new Packets.All(), new Action.Blackhole());
    }
}
