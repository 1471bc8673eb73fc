package dev.linkspan.cli.command;

import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Json;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes and lists accounts, and sets their passwords. */
@Command(
        name = "account",
        header = "Make and list accounts, and set their passwords.",
        synopsisSubcommandLabel = "create|list|password",
        subcommands = {AccountCommand.Create.class, AccountCommand.ListAll.class, AccountCommand.Password.class},
        footer = {"  ./linkspan account create --email ops@example.com", "  ./linkspan account list --json"})
final class AccountCommand {

    /** Makes an account and its first access key, whose secret is shown this once. */
    @Command(
            name = "create",
            header = "Make an account with an access key.",
            description =
                    "The secret key is printed once and cannot be read again. With an e-mail address and a password the account"
                            + " can also sign in to Cockpit, at /cockpit/ of the server's address.",
            footer = {
                "  ./linkspan account create",
                "  ./linkspan account create --email ops@example.com --json",
                "  eval \"$(./linkspan account create --export ALICE)\"     sets ALICE_ACCOUNT_ID and the like",
                "  ./linkspan account create --email ops@example.com --password-stdin < FILE"
            })
    static final class Create implements Callable<Integer> {

        @Mixin
        private ServerOptions server = new ServerOptions();

        @Mixin
        private Output output = new Output();

        @Option(names = "--email", paramLabel = "ADDRESS", description = "An address that no other account has.")
        private String email = "";

        @Option(
                names = "--export",
                paramLabel = "NAME",
                description = "Print lines for a shell instead, that set NAME_ACCOUNT_ID, NAME_ACCESS_KEY and"
                        + " NAME_SECRET_KEY. With OSC for NAME they are what ./linkspan explain asks as.")
        private Optional<String> export = Optional.empty();

        @Mixin
        private NewPassword password = new NewPassword();

        @Spec
        private CommandSpec command = CommandSpec.create();

        @Override
        public Integer call() {
            export.filter(name -> !name.matches("[A-Za-z_][A-Za-z0-9_]*")).ifPresent(name -> {
                throw new ParameterException(
                        command.commandLine(),
                        "--export: '%s' is no name for a variable: letters, digits and _ are expected".formatted(name));
            });
            ObjectNode arguments = email.isEmpty() ? Json.object() : Json.object("Email", email);
            password.read().ifPresent(text -> arguments.put("Password", text));
            Answer answer = server.operator().call("CreateAccount", arguments).orThrow();
            ObjectNode made = Json.object(
                    "AccountId", answer.text("Account", "AccountId"),
                    "AccessKeyId", answer.text("AccessKey", "AccessKeyId"),
                    "SecretKey", answer.text("AccessKey", "SecretKey"));
            output.print(made, out -> {
                if (export.isPresent()) {
                    out.println("export %s_ACCOUNT_ID=%s"
                            .formatted(export.get(), made.path("AccountId").asString()));
                    out.println("export %s_ACCESS_KEY=%s"
                            .formatted(export.get(), made.path("AccessKeyId").asString()));
                    out.println("export %s_SECRET_KEY=%s"
                            .formatted(export.get(), made.path("SecretKey").asString()));
                    return;
                }
                out.println("Account      " + made.path("AccountId").asString());
                out.println("Access key   " + made.path("AccessKeyId").asString());
                out.println("Secret key   " + made.path("SecretKey").asString() + "   (shown this once)");
            });
            return ExitCode.DONE;
        }
    }

    /** Sets the password with which an account signs in to Cockpit. */
    @Command(
            name = "password",
            header = "Set the password of an account.",
            description = "Whoever is signed in as this account is signed out. Its access keys stay as they are.",
            footer = {
                "  ./linkspan account password --account 123456789012",
                "  ./linkspan account password --account 123456789012 --email ops@example.com --password-stdin < FILE"
            })
    static final class Password implements Callable<Integer> {

        @Mixin
        private ServerOptions server = new ServerOptions();

        @Mixin
        private Output output = new Output();

        @Mixin
        private NewPassword password = new NewPassword();

        @Option(names = "--account", required = true, paramLabel = "ID", description = "The account, 12 digits.")
        private String account = "";

        @Option(
                names = "--email",
                paramLabel = "ADDRESS",
                description = "The address to sign in with, where the account has none or another one.")
        private String email = "";

        @Override
        public Integer call() {
            ObjectNode arguments = Json.object("AccountId", account, "Password", password.readOrAsk());
            if (!email.isEmpty()) {
                arguments.put("Email", email);
            }
            Answer answer = server.operator().call("UpdateAccount", arguments).orThrow();
            output.print(
                    answer.at("Account"),
                    out -> out.println("%s signs in as %s with the new password"
                            .formatted(account, answer.text("Account", "Email"))));
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
