package dev.linkspan.cli.command;

import dev.linkspan.cli.client.Json;
import dev.linkspan.cli.network.Leftover;
import dev.linkspan.cli.network.Networks;
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
import tools.jackson.databind.node.ObjectNode;

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
        for (Leftover folder : chosen()) {
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
    private List<Leftover> chosen() {
        List<Leftover> all = Networks.leftovers();
        return only.isEmpty()
                ? all
                : only.stream()
                        .map(path -> among(all, path.toAbsolutePath().normalize()))
                        .toList();
    }

    private Leftover among(List<Leftover> all, Path path) {
        return all.stream()
                .filter(leftover -> leftover.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        all.isEmpty()
                                ? "%s is no run folder: there is none on this machine".formatted(path)
                                : "%s is no run folder; there are %s".formatted(path, listed(all))));
    }

    private static String listed(List<Leftover> folders) {
        return folders.stream().map(folder -> folder.path().toString()).collect(Collectors.joining(", "));
    }

    private JsonNode clean(Leftover leftover) {
        ObjectNode answer = leftover.particulars();
        OptionalLong server = leftover.server();
        boolean spared = server.isPresent() && !force;
        String told = spared
                ? "left alone  %s: its server runs (process %d); --force removes it all the same"
                        .formatted(leftover.path(), server.getAsLong())
                : "removed     %s: %s%s".formatted(leftover.path(), leftover.contents(), lingering(leftover));
        if (!spared) {
            leftover.remove();
        }
        return answer.put("Removed", !spared).put("Told", told);
    }

    private static String lingering(Leftover leftover) {
        List<ProcessHandle> programs = leftover.programs();
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
