package dev.linkspan.core.securitygroup;

/** Which packets a rule speaks of, by protocol and port or ICMP type (S2). */
public sealed interface Traffic {

    int TCP = 6;
    int UDP = 17;
    int ICMP = 1;

    /** Every protocol: {@code -1}. */
    record All() implements Traffic {}

    /**
     * TCP or UDP to a range of destination ports.
     *
     * @param protocol {@link #TCP} or {@link #UDP}
     * @param from the first port, 0 to 65535
     * @param to the last port
     */
    record Ports(int protocol, int from, int to) implements Traffic {
        public Ports {
            if (protocol != TCP && protocol != UDP) {
                throw new IllegalArgumentException("protocol %d has no ports".formatted(protocol));
            }
            if (from < 0 || to > 65535 || from > to) {
                throw new IllegalArgumentException(
                        "ports %d to %d are not a range within 0 to 65535".formatted(from, to));
            }
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
            if (type < -1 || type > 255 || code < -1 || code > 255 || (type == -1 && code != -1)) {
                throw new IllegalArgumentException(
                        "ICMP type %d code %d: 0 to 255, or -1 for every one, are expected".formatted(type, code));
            }
        }
    }

    /**
     * Any other protocol, whole.
     *
     * @param protocol its number (IANA), 0 to 255, not TCP, UDP or ICMP
     */
    record Other(int protocol) implements Traffic {
        public Other {
            if (protocol < 0 || protocol > 255 || protocol == TCP || protocol == UDP || protocol == ICMP) {
                throw new IllegalArgumentException("protocol number %d is not accepted here".formatted(protocol));
            }
        }
    }
}
