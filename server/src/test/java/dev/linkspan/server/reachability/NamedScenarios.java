package dev.linkspan.server.reachability;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Scenarios that are always the same: those of the first seeds, and small ones that were written by hand for what chance seldom
 * makes decisive.
 */
final class NamedScenarios {

    private static final String SEED = "seed ";

    private NamedScenarios() {}

    /** The names of this many drawn ones, in the order of the alphabet. */
    static List<String> drawn(int count) {
        return LongStream.range(0, count)
                .mapToObj(seed -> "%s%03d".formatted(SEED, seed))
                .toList();
    }

    static boolean isWritten(String name) {
        return !name.startsWith(SEED);
    }

    static Scenario scenario(String name) {
        return isWritten(name)
                ? Scenario.parse(written(name))
                : Generator.scenario(Long.parseLong(name.substring(SEED.length())));
    }

    private static String written(String name) {
        try (InputStream file = NamedScenarios.class.getResourceAsStream("/wire/%s.txt".formatted(name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
