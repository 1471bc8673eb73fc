package dev.linkspan.acceptance.concurrency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks for an order that explains a history, and where there is none says why, in short and in a file. */
final class Examination {

    private static final Path FILES = Path.of("target", "histories");

    private Examination() {}

    /** What is wrong with it, for people; empty where it is explained. */
    static Optional<String> faultOf(History history, String name) {
        Lifecycle lifecycle = history.specification();
        return switch (Linearizability.check(lifecycle, history.operations())) {
            case Verdict.Explained<LifecycleState, Operation> _ -> Optional.empty();
            case Verdict.Undecided<LifecycleState, Operation>(long visited) ->
                Optional.of("undecided after %,d places: %s".formatted(visited, saved(history.told(), name)));
            case Verdict.Unexplained<LifecycleState, Operation> _ -> Optional.of(contradiction(history, name));
        };
    }

    private static String contradiction(History history, String name) {
        Lifecycle lifecycle = history.specification();
        History small =
                new History(history.world(), history.start(), new Reduction<>(lifecycle).of(history.operations()));
        String why = "";
        if (Linearizability.check(lifecycle, small.operations())
                instanceof Verdict.Unexplained<LifecycleState, Operation>(var longest, var state, var stuck)) {
            why = """
                    No order explains this (start %s, Nets %s):
                    %s

                    The longest beginning of an order that does:
                    %s

                    It leads to %s, where these would have answered something else:
                    %s
                    """.formatted(
                    small.start(),
                    small.world().nets().values(),
                    small.told(),
                    lines(small, longest),
                    state,
                    stuck.stream()
                            .map(it -> small.line(it) + "\n    but " + lifecycle.expected(state, it.operation()))
                            .collect(Collectors.joining("\n")));
        }
        return why + "\n" + saved(why + "\n\nThe whole history:\n" + history.told(), name);
    }

    private static String lines(History history, List<Recorded<Operation>> operations) {
        return operations.stream().map(history::line).collect(Collectors.joining("\n"));
    }

    private static String saved(String text, String name) {
        try {
            Path file = Files.createDirectories(FILES).resolve(name.replace(' ', '-') + ".txt");
            Files.writeString(file, text);
            return "saved as " + file.toAbsolutePath();
        } catch (IOException failed) {
            return "not saved: " + failed;
        }
    }
}
