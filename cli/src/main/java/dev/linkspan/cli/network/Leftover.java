package dev.linkspan.cli.network;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/** What a server keeps of a network on this machine, and leaves there when it ends. */
public interface Leftover {

    /** By which it is told from others. */
    Path path();

    /** What is in it, in a few words for people. */
    String contents();

    /** The same for machines, by the names that {@code cleanup --json} gives. */
    ObjectNode particulars();

    /** The process of the server that it belongs to, where that lives. */
    OptionalLong server();

    /** The programs that go on inside, and keep what they need of it. */
    List<ProcessHandle> programs();

    /** Removes it with everything in it; nothing happens where it is gone already. */
    void remove();
}
