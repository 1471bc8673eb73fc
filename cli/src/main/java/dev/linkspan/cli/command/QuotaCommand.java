package dev.linkspan.cli.command;

import dev.linkspan.cli.client.Answer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sets what an account may have. */
@Command(
        name = "quota",
        header = "Set what an account may have.",
        synopsisSubcommandLabel = "set",
        subcommands = QuotaCommand.Set.class,
        footer = {"  ./linkspan quota set --account 123456789012 active-peerings-per-net 200"})
final class QuotaCommand {

    /** Sets one quota of one account. */
    @Command(
            name = "set",
            header = "Set a quota of an account.",
            description =
                    "What exists already stays, also above the new quota. The account reads its quotas with ReadQuotas.",
            footer = {"  ./linkspan quota set --account 123456789012 active-peerings-per-net 200"})
    static final class Set implements Callable<Integer> {

        @Mixin
        private ServerOptions server = new ServerOptions();

        @Mixin
        private Output output = new Output();

        @Option(names = "--account", required = true, paramLabel = "ID", description = "The account, 12 digits.")
        private String account = "";

        @Parameters(index = "0", paramLabel = "NAME", description = "The quota's name, as ReadQuotas shows it.")
        private String name = "";

        @Parameters(index = "1", paramLabel = "NUMBER", description = "How many it may have.")
        private long limit;

        @Override
        public Integer call() {
            Answer answer = server.operator().ask("UpdateQuota", "AccountId", account, "Name", name, "MaxValue", limit);
            output.print(answer.body(), out -> out.println("%s may have %d: %s".formatted(account, limit, name)));
            return ExitCode.DONE;
        }
    }
}
