package dev.linkspan.server.history;

import dev.linkspan.server.reachability.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Small histories from which something was learned, each the smallest that shows it, and named for it. */
final class LearnedHistories {

    private static final String ENDING = ".txt";

    private LearnedHistories() {}

    static List<String> names() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static Scenario history(String name) {
        try {
            return Scenario.parse(Files.readString(folder().resolve(name + ENDING)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path folder() {
        try {
            URI folder = LearnedHistories.class.getResource("/histories").toURI();
            return Path.of(folder);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
