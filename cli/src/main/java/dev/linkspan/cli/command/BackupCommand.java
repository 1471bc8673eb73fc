package dev.linkspan.cli.command;

import dev.linkspan.cli.backup.BackupFile;
import dev.linkspan.cli.backup.CompleteBackup;
import dev.linkspan.cli.backup.Examination;
import dev.linkspan.cli.client.FileProblem;
import dev.linkspan.cli.client.Json;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Saves everything that a running server holds. */
@Command(
        name = "backup",
        header = "Save everything that a running server holds as one file.",
        description = {
            "The server goes on meanwhile; the file has its state at the moment when the backup began, also what lies in"
                    + " PostgreSQL. FILE is there whole and checked, or not at all.",
            "It has the accounts' keys and what opens them: keep it as secret as the data folder."
        },
        footer = {
            "  ./linkspan backup /backups/linkspan-$(date +%%F)",
            "  ./linkspan backup - | ssh elsewhere 'cat > linkspan.backup'",
            "  ./linkspan backup --verify linkspan.backup",
            "  ./linkspan restore linkspan.backup --data DIR       fills an empty data folder from it"
        })
final class BackupCommand implements Callable<Integer> {

    private static final String STANDARD_OUTPUT = "-";

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Output output = new Output();

    @Option(names = "--force", description = "Overwrite FILE where it is there.")
    private boolean force;

    @Option(names = "--verify", description = "Check that FILE is a whole backup, and save none. Needs no server.")
    private boolean verify;

    @Parameters(paramLabel = "FILE", description = "Where to save it; - is standard output.")
    private String file = "";

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
        try (Progress progress = new Progress(command.commandLine().getErr())) {
            if (verify) {
                verify(progress);
            } else if (file.equals(STANDARD_OUTPUT)) {
                pass(progress);
            } else {
                save(progress);
            }
        }
        return ExitCode.DONE;
    }

    private void verify(Progress progress) {
        Path path = Path.of(file);
        CompleteBackup whole;
        try (InputStream in = Files.newInputStream(path)) {
            whole = Examination.of(in, progress);
        } catch (IOException broken) {
            throw new CommandFailure("%s is no whole backup: %s".formatted(path, FileProblem.text(broken)), broken);
        }
        progress.close();
        report(
                whole,
                path,
                "%s is whole: %s, made at %s by Linkspan %s"
                        .formatted(
                                path,
                                contents(whole),
                                whole.manifest().path("time").asString(),
                                whole.manifest().path("version").asString()));
    }

    private void save(Progress progress) {
        Path path = Path.of(file);
        BackupFile target = new BackupFile(path, force);
        try {
            target.requireFree();
        } catch (IOException there) {
            throw new CommandFailure(FileProblem.text(there), there);
        }
        CompleteBackup whole = server.operator().download("Backup", body -> target.save(body, progress));
        progress.close();
        report(
                whole,
                path,
                "saved %s to %s%nIt opens everything that the server holds: keep it as secret as the data folder."
                        .formatted(contents(whole), path));
    }

    /** To a program that reads standard output; people are told on standard error. */
    private void pass(Progress progress) {
        if (Progress.onTerminal()) {
            throw new CommandFailure("a backup is not text for a terminal: name a file, or send it to a program");
        }
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        CompleteBackup whole = server.operator().download("Backup", body -> BackupFile.copy(body, out, progress));
        progress.close();
        command.commandLine().getErr().println("linkspan: saved " + contents(whole));
    }

    private void report(CompleteBackup whole, Path path, String text) {
        List<ObjectNode> regions = whole.manifest().path("regions").properties().stream()
                .map(region -> Json.object("RegionName", region.getKey(), "LastSequence", region.getValue()))
                .toList();
        JsonNode manifest = whole.manifest();
        output.print(
                Json.object(
                        "File", path.toString(),
                        "Rows", whole.rows(),
                        "Time", manifest.path("time"),
                        "Version", manifest.path("version"),
                        "Schema", manifest.path("schema"),
                        "Regions", Json.array(regions)),
                out -> out.println(text));
    }

    private static String contents(CompleteBackup whole) {
        String regions = whole.manifest().path("regions").properties().stream()
                .map(region -> "%s up to event %,d"
                        .formatted(region.getKey(), region.getValue().asLong()))
                .collect(Collectors.joining(", "));
        return "%,d rows (%s)".formatted(whole.rows(), regions);
    }
}
