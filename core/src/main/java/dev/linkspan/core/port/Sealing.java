package dev.linkspan.core.port;

import java.util.Optional;

/** Makes texts that only servers with the same master key can read, and that nobody else can make. */
public interface Sealing {

    /** @param name what the text belongs to: it opens for no other */
    String seal(String text, String name);

    /** The text, if it was sealed here for this name, whatever was given. */
    Optional<String> tryOpen(String sealed, String name);
}
