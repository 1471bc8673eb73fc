package dev.linkspan.cli;

import dev.linkspan.cli.command.Linkspan;

/** Runs one command and exits with its code. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Linkspan.commandLine().execute(arguments));
    }
}
