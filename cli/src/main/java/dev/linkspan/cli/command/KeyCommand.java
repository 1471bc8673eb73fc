package dev.linkspan.cli.command;

import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes and lists access keys. */
@Command(
        name = "key",
        header = "Make and list the access keys of an account.",
        synopsisSubcommandLabel = "create|list",
        subcommands = {KeyCommand.Create.class, KeyCommand.ListAll.class},
        footer = {"  ./linkspan key create --account 123456789012", "  ./linkspan key list --account 123456789012"})
final class KeyCommand {

    /** Makes another access key for an account. */
    @Command(
            name = "create",
            header = "Make an access key for an account.",
            description = "The secret key is printed once and cannot be read again.",
            footer = {"  ./linkspan key create --account 123456789012 --json"})
    static final class Create implements Callable<Integer> {

        @Mixin
        private ServerOptions server = new ServerOptions();

        @Mixin
        private Output output = new Output();

        @Option(names = "--account", required = true, paramLabel = "ID", description = "The account, 12 digits.")
        private String account = "";

        @Override
        public Integer call() {
            Answer answer = server.operator().ask("CreateAccessKey", "AccountId", account);
            ObjectNode made = Json.object(
                    "AccountId", account,
                    "AccessKeyId", answer.text("AccessKey", "AccessKeyId"),
                    "SecretKey", answer.text("AccessKey", "SecretKey"));
            output.print(made, out -> {
                out.println("Access key   " + made.path("AccessKeyId").asString());
                out.println("Secret key   " + made.path("SecretKey").asString() + "   (shown this once)");
            });
            return ExitCode.DONE;
        }
    }

    /** Lists the access keys of an account, without their secrets. */
    @Command(
            name = "list",
            header = "List the access keys of an account.",
            footer = {"  ./linkspan key list --account 123456789012"})
    static final class ListAll implements Callable<Integer> {

        @Mixin
        private ServerOptions server = new ServerOptions();

        @Mixin
        private Output output = new Output();

        @Option(names = "--account", required = true, paramLabel = "ID", description = "The account, 12 digits.")
        private String account = "";

        @Override
        public Integer call() {
            Answer answer = server.operator().ask("ReadAccessKeys", "AccountId", account);
            output.print(answer.at("AccessKeys"), out -> {
                Table table = new Table("ACCESS KEY", "STATE", "CREATED");
                for (JsonNode key : answer.list("AccessKeys")) {
                    table.row(
                            key.path("AccessKeyId").asString(),
                            key.path("State").asString("-"),
                            key.path("CreationDate").asString("-"));
                }
                table.print(out);
            });
            return ExitCode.DONE;
        }
    }
}
