package dev.linkspan.core.event;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import java.util.Set;

/**
 * Something that a unit of work made true.
 *
 * @param subject the id or name of what it happened to
 * @param accounts whose audit trail shows it
 * @param nets the Nets whose packets it may concern: they are planned again (decision 5)
 * @param detail one line for people; holds no secret, and nothing that one of the accounts may not see
 */
public record Fact(EventType type, String subject, Set<AccountId> accounts, Set<NetId> nets, String detail) {

    public Fact {
        accounts = Set.copyOf(accounts);
        nets = Set.copyOf(nets);
    }
}
