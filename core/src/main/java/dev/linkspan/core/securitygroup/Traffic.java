package dev.linkspan.core.securitygroup;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.core.wording.Term;
import java.util.Optional;
import java.util.OptionalInt;

/** Which packets a rule speaks of, by protocol and port or ICMP type (S2). */
public sealed interface Traffic {

    int TCP = 6;
    int UDP = 17;
    int ICMP = 1;

    /** ICMP of IPv6 (RFC 4443). */
    int ICMPV6 = 58;

    /** Every ICMP type, or every code of one. */
    int ANY = -1;

    /** Whether all packets of the other traffic are of this one too; a single packet is a traffic as well. */
    boolean covers(Traffic other);

    /**
     * Reads a rule's protocol and ports as both APIs write them; refuses what is none.
     *
     * @param protocol {@code tcp}, {@code udp}, {@code icmp}, {@code icmpv6}, {@code -1} for all, or a number (IANA)
     * @param from the first port, or the ICMP type; ignored where the protocol has neither
     * @param to the last port, or the ICMP code
     */
    static Traffic parse(String protocol, Optional<Integer> from, Optional<Integer> to) {
        return switch (protocol) {
            case "-1" -> new All();
            case "tcp", "6" -> ports(TCP, from, to);
            case "udp", "17" -> ports(UDP, from, to);
            case "icmp", "1" -> icmp(from, to);
            case "icmpv6" -> new Other(ICMPV6);
            default -> new Other(number(protocol));
        };
    }

    private static Ports ports(int protocol, Optional<Integer> from, Optional<Integer> to) {
        int first = from.orElseThrow(() -> missingPort(Parameter.FROM_PORT));
        int last = to.orElseThrow(() -> missingPort(Parameter.TO_PORT));
        if (first < 0 || last > Ports.LAST || first > last) {
            throw malformed(first + " to " + last, "a range within 0 to 65535 is expected");
        }
        return new Ports(protocol, first, last);
    }

    private static Refusal malformed(String value, String accepted) {
        return new Refusal(
                RefusalCode.MALFORMED_VALUE,
                "The value '%s' of %s and %s is malformed: %s.",
                value,
                Parameter.FROM_PORT,
                Parameter.TO_PORT,
                accepted);
    }

    private static Refusal missingPort(Term parameter) {
        return new Refusal(RefusalCode.MISSING_PARAMETER, "The parameter '%s' is required for tcp and udp.", parameter);
    }

    private static Icmp icmp(Optional<Integer> from, Optional<Integer> to) {
        int type = from.orElse(ANY);
        int code = to.orElse(ANY);
        if (!Icmp.possible(type, code)) {
            throw malformed(
                    type + " and " + code, "an ICMP type and code of 0 to 255, or -1 for every one, are expected");
        }
        return new Icmp(type, code);
    }

    private static int number(String protocol) {
        if (!protocol.matches("0|[1-9][0-9]{0,2}") || !isOctet(Integer.parseInt(protocol))) {
            throw Refusal.malformed(
                    Parameter.IP_PROTOCOL,
                    protocol,
                    "tcp, udp, icmp, icmpv6, -1 for all, or a number from 0 to 255 is expected");
        }
        return Integer.parseInt(protocol);
    }

    /** What both APIs write for ports where the protocol has none. */
    int NO_PORT = -1;

    /** The first port, or the ICMP type; -1 where neither restricts. */
    default int firstShown() {
        return switch (this) {
            case Ports(int _, int from, int _) -> from;
            case Icmp(int type, int _) -> type;
            case All _, Other _ -> NO_PORT;
        };
    }

    /** The last port, or the ICMP code; -1 where neither restricts. */
    default int lastShown() {
        return switch (this) {
            case Ports(int _, int _, int to) -> to;
            case Icmp(int _, int code) -> code;
            case All _, Other _ -> NO_PORT;
        };
    }

    /** The protocol's number (IANA); empty where every one is meant. */
    default OptionalInt protocolNumber() {
        return switch (this) {
            case All _ -> OptionalInt.empty();
            case Ports(int protocol, int _, int _) -> OptionalInt.of(protocol);
            case Icmp _ -> OptionalInt.of(ICMP);
            case Other(int protocol) -> OptionalInt.of(protocol);
        };
    }

    /** How both APIs write the protocol. */
    default String protocolName() {
        return switch (this) {
            case All _ -> "-1";
            case Ports(int protocol, int _, int _) -> protocol == TCP ? "tcp" : "udp";
            case Icmp _ -> "icmp";
            case Other(int protocol) -> Integer.toString(protocol);
        };
    }

    /** Every protocol: {@code -1}. */
    record All() implements Traffic {
        @Override
        public boolean covers(Traffic other) {
            return true;
        }
    }

    /**
     * TCP or UDP to a range of destination ports.
     *
     * @param protocol {@link #TCP} or {@link #UDP}
     * @param from the first port, 0 to 65535
     * @param to the last port
     */
    record Ports(int protocol, int from, int to) implements Traffic {

        public static final int LAST = 65_535;

        public Ports {
            if (protocol != TCP && protocol != UDP) {
                throw new IllegalArgumentException("protocol %d has no ports".formatted(protocol));
            }
            if (from < 0 || to > LAST || from > to) {
                throw new IllegalArgumentException(
                        "ports %d to %d are not a range within 0 to 65535".formatted(from, to));
            }
        }

        @Override
        public boolean covers(Traffic other) {
            return other instanceof Ports(int otherProtocol, int first, int last)
                    && protocol == otherProtocol
                    && from <= first
                    && last <= to;
        }
    }

    /**
     * ICMP (RFC 792).
     *
     * @param type 0 to 255, or -1 for every type
     * @param code 0 to 255, or -1 for every code
     */
    record Icmp(int type, int code) implements Traffic {

        public Icmp {
            if (!possible(type, code)) {
                throw new IllegalArgumentException(
                        "ICMP type %d code %d: 0 to 255, or -1 for every one, are expected".formatted(type, code));
            }
        }

        /** Whether ICMP can have them: a code is one of a certain type. */
        public static boolean possible(int type, int code) {
            return (isOctet(type) && (isOctet(code) || code == ANY)) || (type == ANY && code == ANY);
        }

        @Override
        public boolean covers(Traffic other) {
            return other instanceof Icmp(int otherType, int otherCode)
                    && (type == ANY || type == otherType)
                    && (code == ANY || code == otherCode);
        }
    }

    /**
     * Any other protocol, whole.
     *
     * @param protocol its number (IANA), 0 to 255, not TCP, UDP or ICMP
     */
    record Other(int protocol) implements Traffic {

        public Other {
            if (!isOctet(protocol) || protocol == TCP || protocol == UDP || protocol == ICMP) {
                throw new IllegalArgumentException("protocol number %d is not accepted here".formatted(protocol));
            }
        }

        @Override
        public boolean covers(Traffic other) {
            return equals(other);
        }
    }

    private static boolean isOctet(int number) {
        return number >= 0 && number <= 255;
    }
}
