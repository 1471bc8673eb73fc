package dev.linkspan.server.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Puts in the mutations of a table, one at a time, and demands that each is noticed. */
public final class MutationRun {

    /** One in so many is tried in each run. */
    private static final int SHARE = 4;

    private MutationRun() {}

    /** The table that lies beside the tests under this name. */
    public static List<Mutation> table(String name) {
        try (InputStream table = MutationRun.class.getResourceAsStream("/" + name)) {
            return Mutation.table(new String(table.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param killer what notices a mutation, in words */
    public static void demandNoticed(List<Mutation> mutations, Function<Mutation, Optional<String>> killer) {
        Map<Integer, String> outcomes = new ConcurrentSkipListMap<>();
        IntStream.range(0, mutations.size()).parallel().forEach(i -> {
            Mutation mutation = mutations.get(i);
            Optional<String> noticed = killer.apply(mutation);
            outcomes.put(i, "%-90s %s".formatted(mutation.name(), noticed.orElse("SURVIVED")));
        });
        System.out.printf(
                "%d mutations, and what noticed them:%n%s%n", mutations.size(), String.join("\n", outcomes.values()));
        assertThat(outcomes.values()).hasSize(mutations.size()).noneMatch(outcome -> outcome.endsWith("SURVIVED"));
    }

    /**
     * All of them with {@code --long}, else every fourth, or those that {@code -Dlinkspan.mutation} names by a part of their
     * name or by their scenario; whether each of all has a place in the sources is seen in any case.
     */
    public static List<Mutation> chosen(List<Mutation> all) {
        all.forEach(Mutation::sources);
        Optional<String> named = Optional.ofNullable(System.getProperty("linkspan.mutation"));
        if (named.isPresent()) {
            return all.stream()
                    .filter(mutation -> mutation.name().contains(named.get())
                            || mutation.noticedBy().equals(named))
                    .toList();
        }
        return Boolean.getBoolean("linkspan.long")
                ? all
                : IntStream.range(0, all.size())
                        .filter(i -> i % SHARE == 0)
                        .mapToObj(all::get)
                        .toList();
    }

    /** All sources that the mutations touch, without them. */
    public static Map<String, String> unchanged(List<Mutation> mutations) {
        Map<String, String> sources = new LinkedHashMap<>();
        mutations.stream()
                .flatMap(mutation -> mutation.edits().stream())
                .map(Mutation.Edit::type)
                .forEach(type -> sources.putIfAbsent(type, Mutation.source(type)));
        return sources;
    }
}
