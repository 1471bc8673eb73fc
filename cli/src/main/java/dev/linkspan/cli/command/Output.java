package dev.linkspan.cli.command;

import dev.linkspan.cli.client.Json;
import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import tools.jackson.databind.JsonNode;

/** Prints data: for people, or as it came when {@code --json} asks for it. */
final class Output {

    @Spec(Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--json", description = "Print one line of JSON instead of text.")
    private boolean json;

    /** Where to tell people what happens on the way: not between the lines of JSON. */
    PrintWriter aside() {
        return json ? command.commandLine().getErr() : command.commandLine().getOut();
    }

    void print(JsonNode data, Consumer<PrintWriter> text) {
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(Json.line(data));
        } else {
            text.accept(out);
        }
        out.flush();
    }
}
