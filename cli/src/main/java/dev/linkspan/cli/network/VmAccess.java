package dev.linkspan.cli.network;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The way into the VMs of a server on this machine, and to what is outside all Nets there. */
public interface VmAccess {

    /** All that a command in a VM gets: what the operator's own holds, keys and passwords among it, is no tenant's. */
    Map<String, String> ENVIRONMENT = Map.of(
            "HOME", "/",
            "LANG", "C.UTF-8",
            "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "TERM", "xterm-256color");

    /** Why no command can run in this VM; nothing where one can. */
    Optional<String> obstacle(String vm);

    /** The command line that runs this command in the VM. */
    List<String> enter(String vm, List<String> command);

    /** Why no command can run outside; nothing where one can. */
    Optional<String> obstacleOutside();

    /** The command line that runs this command outside. */
    List<String> enterOutside(List<String> command);

    /** What runs this command line, with nothing of the environment that this process has. */
    static ProcessBuilder process(List<String> commandLine) {
        ProcessBuilder process = new ProcessBuilder(commandLine);
        process.environment().clear();
        process.environment().putAll(ENVIRONMENT);
        return process;
    }
}
