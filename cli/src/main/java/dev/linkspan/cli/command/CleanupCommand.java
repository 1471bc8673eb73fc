package dev.linkspan.cli.command;

import dev.linkspan.cli.client.Json;
import dev.linkspan.cli.leftover.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Removes the networks that servers left behind. */
@Command(
        name = "cleanup",
        header = "Remove the networks that servers left behind, also crashed ones.",
        description = {
            "A server leaves its network when it stops, so that flows go on until it is back. This removes the network namespaces"
                    + " with their links, routes and filters, but nothing of a server that runs. Without root a network"
                    + " ends by itself, with the last process in it."
        },
        footer = {
            "  ./linkspan cleanup",
            "  ./linkspan cleanup /run/linkspan/3f2a91c0     one network, by the folder that status shows",
            "  ./linkspan cleanup --force                    also those of a server that runs"
        })
final class CleanupCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Output output = new Output();

    @Option(names = "--force", description = "Remove the network of a server that runs, too.")
    private boolean force;

    @Parameters(
            paramLabel = "RUN_FOLDER",
            arity = "0..*",
            description = "Remove these only; without any, all that there are.")
    private List<Path> only = List.of();

    @Override
    public Integer call() {
        List<JsonNode> told = new ArrayList<>();
        for (RunFolder folder : chosen()) {
            told.add(clean(folder));
        }
        output.print(Json.array(told), out -> {
            if (told.isEmpty()) {
                out.println("Nothing to remove.");
            }
            told.forEach(folder -> out.println(folder.path("Told").asString()));
        });
        boolean all = told.stream().allMatch(folder -> folder.path("Removed").asBoolean());
        return all ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** Nothing is removed where one of them is no run folder. */
    private List<RunFolder> chosen() {
        List<RunFolder> all = RunFolder.all();
        List<RunFolder> chosen = only.stream()
                .map(path -> new RunFolder(path.toAbsolutePath().normalize()))
                .toList();
        chosen.stream().filter(folder -> !all.contains(folder)).findFirst().ifPresent(stranger -> {
            throw new ParameterException(
                    spec.commandLine(),
                    all.isEmpty()
                            ? "%s is no run folder: there is none on this machine".formatted(stranger.path())
                            : "%s is no run folder; there are %s".formatted(stranger.path(), listed(all)));
        });
        return only.isEmpty() ? all : chosen;
    }

    private static String listed(List<RunFolder> folders) {
        return folders.stream().map(folder -> folder.path().toString()).collect(Collectors.joining(", "));
    }

    private JsonNode clean(RunFolder folder) {
        List<String> namespaces = folder.namespaces();
        OptionalLong server = folder.server();
        boolean spared = server.isPresent() && !force;
        String told = spared
                ? "left alone  %s: its server runs (process %d); --force removes it all the same"
                        .formatted(folder.path(), server.getAsLong())
                : "removed     %s: %s%s".formatted(folder.path(), counted(namespaces), lingering(folder));
        if (!spared) {
            folder.remove();
        }
        return Json.object(
                "RunFolder", folder.path().toString(), "Namespaces", namespaces, "Removed", !spared, "Told", told);
    }

    private static String counted(List<String> namespaces) {
        long machines =
                namespaces.stream().filter(name -> name.startsWith("i-")).count();
        return counted(machines, "VM") + " and " + counted(namespaces.size() - machines, "router");
    }

    private static String counted(long number, String what) {
        return "%d %s%s".formatted(number, what, number == 1 ? "" : "s");
    }

    private static String lingering(RunFolder folder) {
        List<ProcessHandle> programs = folder.programs();
        return programs.isEmpty()
                ? ""
                : programs.stream()
                        .map(program -> program.pid()
                                + program.info()
                                        .command()
                                        .map(" (%s)"::formatted)
                                        .orElse(""))
                        .collect(Collectors.joining(
                                ", ", "; processes go on inside, and with them their namespaces: ", ""));
    }
}
