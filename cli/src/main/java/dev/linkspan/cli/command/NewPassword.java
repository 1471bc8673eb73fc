package dev.linkspan.cli.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A password to set. It is never an argument: arguments are in the list of processes and in the shell's history. */
final class NewPassword {

    @Option(
            names = "--password-stdin",
            description = "Read the password, which is one line, from standard input. It has 8 to 256 characters.")
    private boolean fromStandardInput;

    /** The line, where it was asked for. */
    Optional<String> read() {
        return fromStandardInput ? Optional.of(line()) : Optional.empty();
    }

    /** The line, or what is typed at the terminal, twice and without being shown. */
    String readOrAsk() {
        return read().orElseGet(NewPassword::typed);
    }

    private static String line() {
        try {
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            String line = input.readLine();
            if (line == null || line.isEmpty()) {
                throw new CommandFailure("--password-stdin: there is no password on standard input");
            }
            return line;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String typed() {
        Console console = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .orElseThrow(() ->
                        new CommandFailure("no terminal to ask for a password at: give it with --password-stdin"));
        String once = typed(console, "New password: ");
        String again = typed(console, "The same again: ");
        if (!once.equals(again)) {
            throw new CommandFailure("the two are not the same: nothing was changed");
        }
        return once;
    }

    private static String typed(Console console, String prompt) {
        char[] typed = console.readPassword(prompt);
        if (typed == null) {
            throw new CommandFailure("no password was typed: nothing was changed");
        }
        return new String(typed);
    }
}
