package dev.linkspan.server;

import dev.linkspan.server.host.agent.Agent;
import dev.linkspan.server.host.agent.AgentSettings;
import dev.linkspan.server.host.agent.HostSettings;
import dev.linkspan.server.host.agent.SwitchFiles;
import dev.linkspan.server.network.linux.SystemCallException;
import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import dev.linkspan.server.observe.Logging;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes a host one of a server's: {@code linkspan agent}. */
public final class AgentMain {

    private static final Path OWN_NAMESPACE = Path.of("/proc/self/ns/net");

    private AgentMain() {}

    public static void main(String[] arguments) {
        List<String> given = List.of(arguments);
        if (Program.isAskedForHelp(given)) {
            System.out.print(AgentOptions.help());
            return;
        }
        Logging.start(Logging.Format.TEXT);
        try {
            start(AgentOptions.of(given));
        } catch (InvalidSettings wrong) {
            Program.exit(Program.WRONG_USE, wrong.getMessage());
        } catch (SystemCallException | UncheckedIOException refused) {
            Program.exit(Program.FAILED, "the agent cannot make namespaces, which takes root: " + refused.getMessage());
        } catch (IllegalArgumentException unusable) {
            Program.exit(Program.FAILED, unusable.getMessage());
        }
    }

    private static void start(AgentOptions options) {
        warnOfPlainText(options);
        NetworkNamespaces machines = NetworkNamespaces.open(options.machines());
        Agent agent = Agent.start(
                new AgentSettings(
                        options.server(), options.token(), options.authority(), options.capacity(), version()),
                new HostSettings(
                        machines,
                        machines.other("host", OWN_NAMESPACE),
                        options.ovs(),
                        new SwitchFiles(options.ovs())::control,
                        options.mtu()));
        Runnable stop = () -> {
            agent.close();
            machines.close();
        };
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(stop));
        StopSignals.handle(
                () -> Thread.ofPlatform().name("stop-signal").daemon(false).start(() -> System.exit(0)));
        System.out.println("linkspan agent ready");
        System.out.flush();
    }

    /** The token goes with each call. */
    private static void warnOfPlainText(AgentOptions options) {
        String host = options.server().getHost();
        boolean here = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
        if (options.server().getScheme().equals("http") && !here) {
            System.getLogger(AgentMain.class.getName())
                    .log(
                            Level.WARNING,
                            "{0} is not encrypted: whoever is on the way to it reads this host''s token",
                            options.server());
        }
    }

    private static String version() {
        return Optional.ofNullable(AgentMain.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
