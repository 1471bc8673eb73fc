package dev.linkspan.server.network.ovsdb;

import java.util.Arrays;

/**
 * Why a server refused.
 *
 * @param code as it came
 * @param details for people
 */
public record OvsdbError(String code, String details) {

    /** The reasons that clients tell apart (RFC 7047, sections 3.1, 4.1 and 5.2). */
    public enum Kind {
        /** A {@code wait} that did not come true in time. */
        NOT_AS_AWAITED("timed out"),
        CONSTRAINT_VIOLATION("constraint violation"),
        REFERENTIAL_INTEGRITY_VIOLATION("referential integrity violation"),
        DUPLICATE_UUID_NAME("duplicate uuid-name"),
        DOMAIN_ERROR("domain error"),
        RANGE_ERROR("range error"),
        /** An {@code assert} of a lock that somebody else holds. */
        NOT_OWNER("not owner"),
        ABORTED("aborted"),
        RESOURCES_EXHAUSTED("resources exhausted"),
        IO_ERROR("I/O error"),
        NOT_SUPPORTED("not supported"),
        PERMISSION_ERROR("permission error"),
        /** A member of a cluster that is not its leader, or has no leader. */
        NOT_LEADER("not leader"),
        UNKNOWN_DATABASE("unknown database"),
        UNKNOWN_METHOD("unknown method"),
        SYNTAX_ERROR("syntax error"),
        OTHER("");

        private final String code;

        Kind(String code) {
            this.code = code;
        }
    }

    /** Which of the reasons it is. */
    public Kind kind() {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.code.equals(code))
                .findFirst()
                .orElse(Kind.OTHER);
    }

    static OvsdbError of(Json error) {
        return switch (error) {
            case Json.Text(String code) -> new OvsdbError(code, "");
            case Json.Members members
            when members.get("error") instanceof Json.Text(String code) ->
                new OvsdbError(code, members.get("details") instanceof Json.Text(String details) ? details : "");
            default -> new OvsdbError("unknown", error.text());
        };
    }

    @Override
    public String toString() {
        return details.isEmpty() ? code : code + ": " + details;
    }
}
