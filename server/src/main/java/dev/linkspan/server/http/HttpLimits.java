package dev.linkspan.server.http;

import java.time.Duration;

/**
 * What whoever reaches the server may take of it. An operator can set each; all of them together keep the server's memory
 * and open files within bounds, whoever comes.
 *
 * @param connections how many there may be at once
 * @param connectionsPerAddress how many of them may come from one address; of IPv6, from one network of 64 bits
 * @param heldBodyBytes how many bytes of large bodies may be held at once, from their first byte to their request's answer
 * @param head how long a client may take for a request's first line and header fields
 * @param body how long it may take for a request's body
 * @param idle how long a connection is kept for a next request
 */
public record HttpLimits(
        int connections, int connectionsPerAddress, long heldBodyBytes, Duration head, Duration body, Duration idle) {

    /** Good for the memory that the launcher gives a server. */
    public static final HttpLimits DEFAULT = new HttpLimits(
            1_000, 250, 32L << 20, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60));

    /** A query of 64 KiB, and room for what stands beside it. */
    static final int LONGEST_HEAD = 80 << 10;

    /** How long a client may take for an answer that is not made as it is sent. */
    static final Duration ANSWER = Duration.ofMinutes(1);

    /** The same with no more connections than so many open files allow; what else the server opens has its share. */
    public HttpLimits within(long openFiles) {
        int most = Math.clamp(openFiles / 2, 8, Integer.MAX_VALUE);
        return new HttpLimits(Math.min(connections, most), connectionsPerAddress, heldBodyBytes, head, body, idle);
    }

    /** How many more are told that there are too many; those beyond are closed without a word. */
    int heardOut() {
        return Math.clamp(connections / 8, 4, 64);
    }
}
