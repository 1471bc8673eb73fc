package dev.linkspan.core.event;

import dev.linkspan.core.id.RegionName;
import java.time.Instant;

/**
 * A fact in its place in a Region's log (docs/decisions/0012-what-follows-reads-one-log.md).
 *
 * @param sequence its number in the Region, from 1, without gaps
 * @param at when it became true, by the Region's clock; never earlier than the event before it
 */
public record Event(long sequence, RegionName region, Instant at, Origin origin, Fact fact) {

    /** Whether this id or name is the event's subject, or that of one of its Nets or accounts. */
    public boolean isAbout(String resource) {
        return fact.subject().equals(resource)
                || fact.nets().stream().anyMatch(net -> net.value().equals(resource))
                || fact.accounts().stream().anyMatch(account -> account.value().equals(resource));
    }
}
