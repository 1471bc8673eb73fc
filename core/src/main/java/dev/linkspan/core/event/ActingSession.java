package dev.linkspan.core.event;

import dev.linkspan.core.id.AccountId;

/**
 * Who stands behind what an account did in a role session.
 *
 * @param by the account that assumed the role
 * @param role the role's name, without spaces
 * @param name what whoever assumed the role called the session, without spaces
 */
public record ActingSession(AccountId by, String role, String name) {

    private static final String SEPARATOR = " ";

    /** As it is kept: its components in their order, a space between them. */
    public String text() {
        return String.join(SEPARATOR, by.value(), role, name);
    }

    /** Reads what {@link #text} wrote. */
    public static ActingSession parse(String text) {
        String[] parts = text.split(SEPARATOR, -1);
        return new ActingSession(new AccountId(parts[0]), parts[1], parts[2]);
    }
}
