package dev.linkspan.server;

import dev.linkspan.server.network.ovn.NotInForce;
import dev.linkspan.server.network.ovn.OvnAccess;
import dev.linkspan.server.network.ovn.OvnDriver;
import dev.linkspan.server.network.ovn.OvnSettings;
import dev.linkspan.server.network.ovsdb.OvsdbException;
import dev.linkspan.server.observe.Logging;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Removes from OVN what servers have left there: {@code linkspan ovn-cleanup}. */
public final class OvnCleanupMain {

    private OvnCleanupMain() {}

    public static void main(String[] arguments) {
        List<String> given = List.of(arguments);
        if (Program.isAskedForHelp(given)) {
            System.out.print(help());
            return;
        }
        Logging.start(Logging.Format.TEXT);
        try {
            System.out.println(cleanUp(given, System.getenv()));
        } catch (InvalidSettings | IllegalArgumentException wrong) {
            Program.exit(Program.WRONG_USE, wrong.getMessage());
        } catch (OvsdbException | NotInForce failed) {
            Program.exit(Program.FAILED, failed.getMessage());
        }
    }

    /** Says what it has removed. */
    static String cleanUp(List<String> arguments, Map<String, String> environment) {
        arguments.stream()
                .filter(argument -> argument.startsWith("--"))
                .map(argument -> argument.split("=", 2)[0])
                .filter(option -> !option.startsWith("--ovn-") && !option.equals("--config"))
                .findFirst()
                .ifPresent(option -> {
                    throw new InvalidSettings(
                            "ovn-cleanup has no option '%s': accepted are those about OVN and --config."
                                    .formatted(option));
                });
        OvnAccess access = OvnOptions.access(GivenSettings.of(arguments, environment));
        int nets = OvnDriver.cleanUp(OvnSettings.of(access));
        return "removed %d Nets of '%s' from OVN".formatted(nets, access.network());
    }

    private static String help() {
        String options =
                OvnOptions.settings().stream().map(Setting::help).collect(Collectors.joining(System.lineSeparator()));
        return """
                Usage: linkspan ovn-cleanup [OPTION...]

                Removes from OVN every Net that servers with this --ovn-network have written, and nothing of others. Stop
                them first: one that runs is refused by OVN from then on. Options:

                %s
                  --config FILE                      a YAML file with the same names, one 'name: value' a line

                Examples:
                  ./linkspan ovn-cleanup --ovn-network cell-1 --ovn-nb unix:/run/ovn/ovnnb_db.sock --ovn-sb unix:/run/ovn/ovnsb_db.sock
                  ./linkspan ovn-cleanup --config linkspan.yaml
                """.formatted(options);
    }
}
