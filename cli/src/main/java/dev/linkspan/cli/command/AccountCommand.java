package dev.linkspan.cli.command;

import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes and lists accounts. */
@Command(
        name = "account",
        header = "Make and list accounts.",
        synopsisSubcommandLabel = "create|list",
        subcommands = {AccountCommand.Create.class, AccountCommand.ListAll.class},
        footer = {"  ./linkspan account create --email ops@example.com", "  ./linkspan account list --json"})
final class AccountCommand {

    /** Makes an account and its first access key, whose secret is shown this once. */
    @Command(
            name = "create",
            header = "Make an account with an access key.",
            description = "The secret key is printed once and cannot be read again.",
            footer = {"  ./linkspan account create", "  ./linkspan account create --email ops@example.com --json"})
    static final class Create implements Callable<Integer> {

        @Mixin
        private ServerOptions server = new ServerOptions();

        @Mixin
        private Output output = new Output();

        @Option(names = "--email", paramLabel = "ADDRESS", description = "An address to keep with the account.")
        private String email = "";

        @Override
        public Integer call() {
            ObjectNode arguments = email.isEmpty() ? Json.object() : Json.object("Email", email);
            Answer answer = server.operator().call("CreateAccount", arguments).orThrow();
            ObjectNode made = Json.object(
                    "AccountId", answer.text("Account", "AccountId"),
                    "AccessKeyId", answer.text("AccessKey", "AccessKeyId"),
                    "SecretKey", answer.text("AccessKey", "SecretKey"));
            output.print(made, out -> {
                out.println("Account      " + made.path("AccountId").asString());
                out.println("Access key   " + made.path("AccessKeyId").asString());
                out.println("Secret key   " + made.path("SecretKey").asString() + "   (shown this once)");
            });
            return ExitCode.DONE;
        }
    }

    /** Lists every account of the server. */
    @Command(
            name = "list",
            header = "List the accounts.",
            footer = {"  ./linkspan account list"})
    static final class ListAll implements Callable<Integer> {

        @Mixin
        private ServerOptions server = new ServerOptions();

        @Mixin
        private Output output = new Output();

        @Override
        public Integer call() {
            Answer answer = server.operator().ask("ReadAccounts");
            output.print(answer.at("Accounts"), out -> {
                Table table = new Table("ACCOUNT", "EMAIL");
                for (JsonNode account : answer.list("Accounts")) {
                    table.row(
                            account.path("AccountId").asString(),
                            account.path("Email").asString("-"));
                }
                table.print(out);
            });
            return ExitCode.DONE;
        }
    }
}
