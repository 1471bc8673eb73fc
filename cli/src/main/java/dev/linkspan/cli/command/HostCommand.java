package dev.linkspan.cli.command;

import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes, lists and removes the hosts on which machines run. */
@Command(
        name = "host",
        header = "Make, list and remove the hosts on which machines run.",
        description = {
            "Where the network needs hosts, an agent on each of these computers makes the machines that are placed on",
            "it. The networks netns and none need none: their machines are where the server is."
        },
        synopsisSubcommandLabel = "create|list|remove",
        subcommands = {HostCommand.Create.class, HostCommand.ListAll.class, HostCommand.Remove.class},
        footer = {
            "  ./linkspan host create rack1-7 --subregion eu-west-2a",
            "  ./linkspan host list",
            "  ./linkspan host remove host-1234abcd"
        })
final class HostCommand {

    /** Makes a host, with the token for its agent. */
    @Command(
            name = "create",
            header = "Make a host, with the token for its agent.",
            description = "The token is printed once and cannot be read again. It speaks for this host alone.",
            footer = {"  ./linkspan host create rack1-7 --subregion eu-west-2a --json"})
    static final class Create implements Callable<Integer> {

        @Mixin
        private ServerOptions server = new ServerOptions();

        @Mixin
        private Output output = new Output();

        @Parameters(paramLabel = "NAME", description = "What to call it, such as the name of its computer.")
        private String name = "";

        @Option(
                names = "--subregion",
                required = true,
                paramLabel = "NAME",
                description = "Where it is, such as eu-west-2a.")
        private String subregion = "";

        @Override
        public Integer call() {
            Answer answer = server.operator().ask("CreateHost", "HostName", name, "SubregionName", subregion);
            ObjectNode made = Json.object(
                    "HostId", answer.text("Host", "HostId"),
                    "HostName", answer.text("Host", "HostName"),
                    "SubregionName", answer.text("Host", "SubregionName"),
                    "Token", answer.text("Token"));
            output.print(made, out -> {
                out.println("Host    " + made.path("HostId").asString());
                out.println("Token   " + made.path("Token").asString() + "   (shown this once)");
            });
            return ExitCode.DONE;
        }
    }

    /** Lists the hosts, and how they are. */
    @Command(
            name = "list",
            header = "List the hosts, and how they are.",
            description = "A host whose agent has been silent for five seconds is unreachable.",
            footer = {"  ./linkspan host list", "  ./linkspan host list --json"})
    static final class ListAll implements Callable<Integer> {

        @Mixin
        private ServerOptions server = new ServerOptions();

        @Mixin
        private Output output = new Output();

        @Override
        public Integer call() {
            Answer answer = server.operator().ask("ReadHosts");
            output.print(answer.at("Hosts"), out -> {
                Table table = new Table("HOST", "NAME", "SUBREGION", "STATE", "MACHINES", "LAST HEARD", "AGENT");
                for (JsonNode host : answer.list("Hosts")) {
                    table.row(
                            host.path("HostId").asString(),
                            host.path("HostName").asString(),
                            host.path("SubregionName").asString(),
                            host.path("State").asString(),
                            "%d of %d"
                                    .formatted(
                                            host.path("VmIds").size(),
                                            host.path("Capacity").asInt()),
                            host.path("LastHeard").asString("-"),
                            host.path("AgentVersion").asString("-"));
                }
                table.print(out);
            });
            return ExitCode.DONE;
        }
    }

    /** Removes a host that has no machines. */
    @Command(
            name = "remove",
            header = "Remove a host that has no machines; its token is worth nothing from then on.",
            footer = {"  ./linkspan host remove host-1234abcd"})
    static final class Remove implements Callable<Integer> {

        @Mixin
        private ServerOptions server = new ServerOptions();

        @Mixin
        private Output output = new Output();

        @Parameters(paramLabel = "HOST", description = "The host's id, such as host-1234abcd.")
        private String host = "";

        @Override
        public Integer call() {
            server.operator().ask("DeleteHost", "HostId", host);
            output.print(Json.object("HostId", host), out -> out.println(host + " is removed"));
            return ExitCode.DONE;
        }
    }
}
