package dev.linkspan.server.network.linux.netlink;

import java.util.List;
import java.util.stream.Collectors;

/** Requests that the kernel refused. The other requests of the same batch were carried out. */
public final class NetlinkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Failure> failures;

    /**
     * One refused request.
     *
     * @param errno why, as an error number
     * @param reason why, in the kernel's words
     */
    public record Failure(Object request, int errno, String reason) {

        @Override
        public String toString() {
            return "%s: %s".formatted(request, reason);
        }
    }

    NetlinkException(List<Failure> failures) {
        super(failures.stream().map(Failure::toString).collect(Collectors.joining("; ")));
        this.failures = List.copyOf(failures);
    }

    /** In the order of the requests. */
    public List<Failure> failures() {
        return failures;
    }
}
