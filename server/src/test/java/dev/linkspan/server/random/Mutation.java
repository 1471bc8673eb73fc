package dev.linkspan.server.random;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A bug that is put into the product on purpose.
 *
 * @param seed of a script that can notice it, if one is known
 * @param noticedBy the name of the scenario that was written to notice it, if one was
 */
public record Mutation(String name, List<Edit> edits, long seed, Optional<String> noticedBy) {

    private static final String BY = "by ";

    private static final Path ROOT = Path.of(System.getProperty("linkspan.root", ".."));

    public Mutation {
        edits = List.copyOf(edits);
    }

    public Mutation(String name, List<Edit> edits, long seed) {
        this(name, edits, seed, Optional.empty());
    }

    /**
     * One place of the source and what comes instead of it. How its words are spread over lines does not matter.
     *
     * @param type the full name of the class whose file it is
     */
    public record Edit(String type, String snippet, String replacement) {

        String edited(String source) {
            String words = Arrays.stream(snippet.strip().split("\\s+", -1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining("\\s+"));
            Matcher place = Pattern.compile(words).matcher(source);
            if (place.results().count() != 1) {
                throw new IllegalStateException(
                        "%s does not have exactly one place like this: %s".formatted(type, snippet));
            }
            return place.replaceFirst(Matcher.quoteReplacement(replacement));
        }
    }

    /** The mutated sources by the names of their classes. */
    public Map<String, String> sources() {
        Map<String, String> sources = new LinkedHashMap<>();
        for (Edit edit : edits) {
            sources.put(edit.type(), edit.edited(sources.getOrDefault(edit.type(), source(edit.type()))));
        }
        return sources;
    }

    public static String source(String type) {
        String module = type.split("\\.", -1)[2];
        try {
            return Files.readString(ROOT.resolve(module, "src", "main", "java", type.replace('.', '/') + ".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it is in this package or below it, such as {@code server.store}. */
    public boolean isIn(String place) {
        return edits.stream().anyMatch(edit -> edit.type().startsWith("dev.linkspan.%s.".formatted(place)));
    }

    /**
     * Reads a table of mutations: blocks, each begun by {@code # name}, with an {@code in module: package.Class}, the
     * lines {@code -} that stand there and the lines {@code +} that come instead. Before them may stand {@code by scenario}.
     */
    public static List<Mutation> table(String text) {
        List<Mutation> mutations = new ArrayList<>();
        for (String block : text.split("(?m)^# ", -1)) {
            if (!block.isBlank()) {
                mutations.add(mutation(block));
            }
        }
        return mutations;
    }

    private static Mutation mutation(String block) {
        String name = block.lines().findFirst().orElseThrow();
        Optional<String> noticedBy = block.lines()
                .filter(line -> line.startsWith(BY))
                .map(line -> line.substring(BY.length()))
                .findFirst();
        List<Edit> edits = new ArrayList<>();
        for (String part : block.substring(name.length()).split("(?m)^in ", -1)) {
            if (!part.isBlank() && !part.strip().startsWith(BY)) {
                String[] place = part.lines().findFirst().orElseThrow().split(": ", -1);
                edits.add(new Edit(
                        "dev.linkspan.%s.%s".formatted(place[0], place[1]), marked(part, "-"), marked(part, "+")));
            }
        }
        return new Mutation(name, edits, 0, noticedBy);
    }

    private static String marked(String part, String mark) {
        return part.lines()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(1).strip())
                .collect(Collectors.joining("\n"));
    }
}
