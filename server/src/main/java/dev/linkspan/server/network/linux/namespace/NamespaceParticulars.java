package dev.linkspan.server.network.linux.namespace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What it takes to enter this process's network namespaces from another one, for {@code ReadStatus}.
 *
 * @param runFolder the folder that has them, where there is one, as this process sees it
 * @param pid this process
 * @param rootless whether it lives in a user namespace of its own, whose users are not the machine's
 */
public record NamespaceParticulars(Optional<String> runFolder, long pid, boolean rootless) {

    private static final String EVERYBODY = "^\\s*0\\s+0\\s+4294967295\\s*$";

    /** Of this process, before it has made any. */
    public static NamespaceParticulars withoutFolder() {
        return of(Optional.empty());
    }

    /** Of this process and those that are in this folder. */
    public static NamespaceParticulars in(Path runFolder) {
        return of(Optional.of(runFolder.toString()));
    }

    private static NamespaceParticulars of(Optional<String> runFolder) {
        return new NamespaceParticulars(runFolder, ProcessHandle.current().pid(), isRootless());
    }

    private static boolean isRootless() {
        try {
            return !Files.readString(Path.of("/proc/self/uid_map")).matches(EVERYBODY);
        } catch (IOException notLinux) {
            return false;
        }
    }
}
