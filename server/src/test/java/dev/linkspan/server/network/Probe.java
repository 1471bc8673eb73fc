package dev.linkspan.server.network;

import dev.linkspan.core.address.Ipv4;

/** A packet that a test sends from a VM, by its name, to find out who receives it. */
public sealed interface Probe {

    /** The source of a probe that leaves the choice to its VM. */
    Ipv4 ANY = Ipv4.parse("0.0.0.0");

    String from();

    /** The address of the VM from which it is sent. */
    Ipv4 source();

    Ipv4 to();

    /** One datagram, which whoever receives it sends back. */
    record Udp(String from, Ipv4 source, Ipv4 to, int port) implements Probe {

        public Udp(String from, Ipv4 to, int port) {
            this(from, ANY, to, port);
        }
    }

    /** A connection, with one message over it. */
    record Tcp(String from, Ipv4 source, Ipv4 to, int port) implements Probe {

        public Tcp(String from, Ipv4 to, int port) {
            this(from, ANY, to, port);
        }
    }

    /**
     * A message of ICMP (RFC 792, RFC 950): a request that the receiver's kernel answers, or a reply that nobody asked for.
     *
     * @param type {@link #ECHO}, {@link #TIMESTAMP} or {@link #ADDRESS_MASK_REPLY}
     */
    record Icmp(String from, Ipv4 source, Ipv4 to, int type) implements Probe {

        public static final int ECHO = 8;
        public static final int TIMESTAMP = 13;
        public static final int ADDRESS_MASK_REPLY = 18;

        public Icmp(String from, Ipv4 to) {
            this(from, ANY, to, ECHO);
        }
    }

    /**
     * A packet of a protocol without ports, which whoever receives it sends back. Connection tracking knows its flows by
     * their two addresses alone, so two probes between the same addresses are not independent of each other.
     */
    record Experimental(String from, Ipv4 source, Ipv4 to) implements Probe {

        /** Kept free for experiments (RFC 3692). */
        public static final int PROTOCOL = 253;
    }
}
