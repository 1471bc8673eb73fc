package dev.linkspan.server;

import dev.linkspan.server.backup.UnusableBackup;
import dev.linkspan.server.observe.Logging;
import dev.linkspan.server.store.Restore;
import dev.linkspan.server.store.UnusableDataFolder;
import dev.linkspan.server.store.UnusableDatabase;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Fills an empty data folder or database from a backup: {@code linkspan restore}. */
public final class RestoreMain {

    private static final Set<String> OPTIONS = Set.of("--data", "--store", "--config");

    private RestoreMain() {}

    public static void main(String[] arguments) {
        List<String> given = List.of(arguments);
        if (Program.isAskedForHelp(given)) {
            System.out.print(help());
            return;
        }
        Logging.start(Logging.Format.TEXT);
        try {
            restore(Request.of(given, System.getenv()));
        } catch (InvalidSettings wrong) {
            Program.exit(Program.WRONG_USE, wrong.getMessage());
        } catch (UnusableBackup | UnusableDataFolder | UnusableDatabase | UncheckedIOException expected) {
            Program.exit(Program.FAILED, expected.getMessage());
        }
    }

    /** What is to be restored, and to where. */
    private record Request(Path file, Settings settings) {

        static Request of(List<String> arguments, Map<String, String> environment) {
            List<String> files = new ArrayList<>();
            List<String> options = new ArrayList<>();
            for (int i = 0; i < arguments.size(); i++) {
                String argument = arguments.get(i);
                if (!argument.startsWith("--")) {
                    files.add(argument);
                    continue;
                }
                String[] parts = argument.split("=", 2);
                if (!OPTIONS.contains(parts[0])) {
                    throw new InvalidSettings("restore has no option '%s': accepted are --data, --store and --config."
                            .formatted(parts[0]));
                }
                options.add(argument);
                if (parts.length == 1 && i + 1 < arguments.size()) {
                    options.add(arguments.get(++i));
                }
            }
            if (files.size() != 1) {
                throw new InvalidSettings("restore needs one FILE, the backup: %s given. See ./linkspan restore --help."
                        .formatted(files.isEmpty() ? "none is" : files + " are"));
            }
            return new Request(Path.of(files.getFirst()), Settings.of(options, environment));
        }
    }

    private static void restore(Request request) {
        Settings settings = request.settings();
        Restore.Restored restored = new Restore(request.file(), settings.data(), settings.store(), _ -> {}).run();
        String regions = restored.manifest().regions().entrySet().stream()
                .map(region -> "%s up to event %,d".formatted(region.getKey(), region.getValue()))
                .collect(Collectors.joining(", "));
        System.out.printf(
                "restored %,d rows (%s) from %s, made at %s by Linkspan %s%n",
                restored.totals().all(),
                regions,
                request.file(),
                restored.manifest().madeAt(),
                restored.manifest().version());
        System.out.printf(
                "Start the server: ./linkspan serve --data %s%s%n",
                settings.data(), settings.store().isPresent() ? " --store URL" : "");
    }

    private static String help() {
        return """
                Usage: linkspan restore FILE [OPTION...]

                Fills an empty data folder or database from a backup that ./linkspan backup has made, whatever kind of
                database it came from. No server may be running on it. What is not empty is refused and left alone. When
                the restore fails or dies in the middle, no server starts on what it leaves, and it can be run again.

                Options:
                %s
                %s
                  --config FILE                      a YAML file with the same names, one 'name: value' a line

                Examples:
                  ./linkspan restore linkspan.backup --data /var/lib/linkspan
                  ./linkspan restore linkspan.backup --data DIR --store jdbc:postgresql://localhost/linkspan
                  ./linkspan backup --verify linkspan.backup       checks a file and restores nothing
                """.formatted(Setting.DATA.help(), Setting.STORE.help());
    }
}
