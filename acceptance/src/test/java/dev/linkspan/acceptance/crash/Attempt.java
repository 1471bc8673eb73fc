package dev.linkspan.acceptance.crash;

import dev.linkspan.core.event.EventType;

/**
 * A change that somebody asked for, as the event log must show it if it happened.
 *
 * @param actor the account that asked
 * @param subject what it happens to; empty where that is yet to get its id
 */
record Attempt(String actor, EventType type, String subject) {

    boolean explains(LoggedEvent event) {
        return actor.equals(event.actor())
                && type.name().equals(event.type())
                && (subject.isEmpty() || subject.equals(event.subject()));
    }
}
