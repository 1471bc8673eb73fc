package dev.linkspan.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.cli.command.Linkspan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** {@code docs/commands.md} is what every command says of itself; the launcher prints its pages before anything is built. */
class CommandsDocumentTest {

    private static final Path DOCUMENT = Repository.root().resolve("docs").resolve("commands.md");
    private static final int WIDTH = 100;

    /** The commands that are programs of their own, with the class that knows their options. */
    private static final Map<String, String> PROGRAMS = Map.of(
            "linkspan serve",
            "dev.linkspan.server.Main",
            "linkspan restore",
            "dev.linkspan.server.RestoreMain",
            "linkspan ovn-cleanup",
            "dev.linkspan.server.OvnCleanupMain",
            "linkspan agent",
            "dev.linkspan.server.AgentMain",
            "linkspan nic",
            "dev.linkspan.server.NicMain");

    @Test
    void it_has_the_page_of_every_command() throws Exception {
        StringBuilder document = new StringBuilder("""
                # Commands

                What `./linkspan --help`, `./linkspan help COMMAND` and `./linkspan COMMAND --help` print.
                """);
        for (Map.Entry<String, String> page : pages().entrySet()) {
            document.append("\n## %s\n\n```text\n%s\n```\n"
                    .formatted(page.getKey(), page.getValue().strip()));
        }
        if (Boolean.getBoolean("linkspan.docs.write")) {
            Files.writeString(DOCUMENT, document);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("-Dlinkspan.docs.write=true writes it anew")
                .isEqualTo(document.toString());
    }

    @Test
    void the_launcher_prints_its_pages() throws Exception {
        assertThat(launcher("--help")).contains("explain", "bench", "First steps:");
        assertThat(launcher("help", "account", "create"))
                .startsWith("Make an account")
                .contains("--email");
        assertThat(launcher("bench", "--help")).contains("--quick");
        assertThat(launcher("explain", "i-1234abcd", "10.1.1.4", "--help")).contains("Usage: linkspan explain");
    }

    private static Map<String, String> pages() throws IOException, InterruptedException {
        CommandLine commands = Linkspan.commandLine();
        Map<String, String> pages = new TreeMap<>();
        collect(commands, pages);
        for (Map.Entry<String, String> program : PROGRAMS.entrySet()) {
            List<String> command = new ArrayList<>(TestedServer.command(List.of("--help")));
            command.set(command.indexOf("dev.linkspan.server.Main"), program.getValue());
            pages.put(program.getKey(), said(command));
        }
        return pages;
    }

    private static void collect(CommandLine command, Map<String, String> pages) {
        command.setUsageHelpAutoWidth(false);
        command.setUsageHelpWidth(WIDTH);
        pages.put(command.getCommandSpec().qualifiedName(" "), command.getUsageMessage(Ansi.OFF));
        command.getSubcommands().values().forEach(below -> collect(below, pages));
    }

    private static String launcher(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Repository.root().resolve("linkspan").toString()));
        command.addAll(List.of(arguments));
        return said(command);
    }

    private static String said(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
