package dev.linkspan.server.host.agent;

import dev.linkspan.core.id.NicId;
import java.util.Optional;

/** What the host's ends of links are called. The name follows from the NIC, so that an agent that starts again finds what it made. */
final class LinkNames {

    private static final String PREFIX = "ls-";
    private static final int LENGTH = "ls-12345678".length();

    private LinkNames() {}

    static String of(NicId nic) {
        return PREFIX + nic.value().substring(NicId.KIND.prefix().length());
    }

    /** The NIC whose link's end is called so; empty for what is none of ours. */
    static Optional<NicId> nic(String device) {
        return device.startsWith(PREFIX) && device.length() == LENGTH
                ? NicId.KIND.tryParse(NicId.KIND.prefix() + device.substring(PREFIX.length()))
                : Optional.empty();
    }
}
