package dev.linkspan.server.api.own;

import dev.linkspan.core.event.ActingSession;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.server.api.json.StrictJson;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An event as it is shown.
 *
 * @param requestId what its causer was given to refer to it; whoever else looks is not told
 * @param session the role session in which its causer acted; whoever else looks is not told
 */
public record EventAnswer(
        RegionName region,
        long sequence,
        Instant time,
        EventType type,
        String subject,
        String actor,
        Optional<String> requestId,
        Optional<ActingSessionAnswer> session,
        List<AccountId> accounts,
        List<NetId> nets,
        String detail) {

    /**
     * A role session.
     *
     * @param accountId who assumed the role
     */
    record ActingSessionAnswer(AccountId accountId, String roleName, String sessionName) {

        static ActingSessionAnswer of(ActingSession session) {
            return new ActingSessionAnswer(session.by(), session.role(), session.name());
        }
    }

    static EventAnswer of(Event event) {
        return new EventAnswer(
                event.region(),
                event.sequence(),
                event.at(),
                event.fact().type(),
                event.fact().subject(),
                event.origin().actor(),
                Optional.of(event.origin().requestId()),
                event.origin().session().map(ActingSessionAnswer::of),
                event.fact().accounts().stream().sorted().toList(),
                event.fact().nets().stream()
                        .sorted(Comparator.comparing(NetId::value))
                        .toList(),
                event.fact().detail());
    }

    /** An event that names this account, as that may see it. */
    public static EventAnswer of(Event event, AccountId viewer) {
        EventAnswer whole = of(event);
        if (event.origin().actor().equals(viewer.value())) {
            return whole;
        }
        return new EventAnswer(
                whole.region,
                whole.sequence,
                whole.time,
                whole.type,
                whole.subject,
                whole.actor,
                Optional.empty(),
                Optional.empty(),
                whole.accounts,
                whole.nets,
                whole.detail);
    }

    /** One line of JSON. */
    public byte[] json() {
        return StrictJson.bytes(this);
    }
}
