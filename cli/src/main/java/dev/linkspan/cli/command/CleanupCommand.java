package dev.linkspan.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "cleanup")
final class CleanupCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        return 0;
    }
}
