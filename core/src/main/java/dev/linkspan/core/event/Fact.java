package dev.linkspan.core.event;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Something that a unit of work made true.
 *
 * @param subject the id or name of what it happened to
 * @param accounts whose audit trail shows it
 * @param nets the Nets whose packets it may concern: they are planned again
 *     (docs/decisions/0032-each-net-is-planned-alone.md)
 * @param detail one line for people; holds no secret, and nothing that one of the accounts may not see
 */
public record Fact(EventType type, String subject, Set<AccountId> accounts, Set<NetId> nets, String detail) {

    private static final int MOST_LISTED = 5;
    private static final int LONGEST_LISTED = 80;

    public Fact {
        accounts = Set.copyOf(accounts);
        nets = Set.copyOf(nets);
    }

    /** Several things in the one line of a detail: the first few of them, each in a few words, and how many more. */
    public static String listed(List<String> things) {
        String told = things.stream().limit(MOST_LISTED).map(Fact::cut).collect(Collectors.joining(", "));
        return things.size() <= MOST_LISTED ? told : "%s and %d more".formatted(told, things.size() - MOST_LISTED);
    }

    private static String cut(String thing) {
        int characters = thing.codePointCount(0, thing.length());
        return characters <= LONGEST_LISTED
                ? thing
                : thing.substring(0, thing.offsetByCodePoints(0, LONGEST_LISTED)) + "…";
    }
}
