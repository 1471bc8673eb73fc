package dev.linkspan.server.network.ovsdb;

import java.time.Duration;

/** What goes wrong with a database. Whether something may have happened all the same, its type tells. */
public abstract sealed class OvsdbException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private OvsdbException(String message) {
        super(message);
    }

    /** Whether what was asked for may have been done, or be done yet: who wants to know must read again. */
    public boolean outcomeUnknown() {
        return false;
    }

    /** No member can be reached, or none of them may be written to; nothing was done. */
    public static final class Unavailable extends OvsdbException {
        private static final long serialVersionUID = 1L;

        Unavailable(String message) {
            super(message);
        }
    }

    /** The connection ended before the answer. */
    public static final class ConnectionLost extends OvsdbException {
        private static final long serialVersionUID = 1L;

        ConnectionLost(String message) {
            super(message);
        }

        @Override
        public boolean outcomeUnknown() {
            return true;
        }
    }

    /** No answer came in time. */
    public static final class NoAnswer extends OvsdbException {
        private static final long serialVersionUID = 1L;

        NoAnswer(String method, Duration within) {
            super("no answer to '%s' within %d ms".formatted(method, within.toMillis()));
        }

        @Override
        public boolean outcomeUnknown() {
            return true;
        }
    }

    /** What came is not what the protocol has there. */
    public static final class Malformed extends OvsdbException {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }

        @Override
        public boolean outcomeUnknown() {
            return true;
        }
    }

    /** The server refused; nothing was done. */
    public static final class Refused extends OvsdbException {
        private static final long serialVersionUID = 1L;

        private final transient OvsdbError error;

        Refused(String what, OvsdbError error) {
            super("%s: %s".formatted(what, error));
            this.error = error;
        }

        /** Why. */
        public OvsdbError error() {
            return error;
        }
    }
}
