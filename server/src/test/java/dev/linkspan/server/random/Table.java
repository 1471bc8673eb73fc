package dev.linkspan.server.random;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Counts by row and column, and which of them must not be zero. */
public final class Table {

    private final String title;
    private final Map<String, Map<String, Long>> rows = new LinkedHashMap<>();
    private final Set<String> columns = new LinkedHashSet<>();
    private int demanded;

    public Table(String title) {
        this.title = title;
    }

    public void demand(String row, String column) {
        demanded++;
        columns.add(column);
        rows.computeIfAbsent(row, _ -> new LinkedHashMap<>()).putIfAbsent(column, 0L);
    }

    public void count(String row, String column) {
        columns.add(column);
        rows.computeIfAbsent(row, _ -> new LinkedHashMap<>()).merge(column, 1L, Long::sum);
    }

    /** Counts what another table of the same kind has counted too. */
    public void add(Table other) {
        other.rows.forEach((row, cells) -> cells.forEach((column, count) -> {
            columns.add(column);
            rows.computeIfAbsent(row, _ -> new LinkedHashMap<>()).merge(column, count, Long::sum);
        }));
    }

    public int demanded() {
        return demanded;
    }

    public List<String> holes() {
        List<String> holes = new ArrayList<>();
        rows.forEach((row, cells) -> cells.forEach((column, count) -> {
            if (count == 0) {
                holes.add(row + ": " + column);
            }
        }));
        return holes;
    }

    /** With columns side by side, named by their number where their names are long. */
    public String text() {
        List<String> names = List.copyOf(columns);
        boolean many = names.size() > 3;
        StringBuilder text = new StringBuilder();
        if (many) {
            for (int i = 0; i < names.size(); i++) {
                text.append("  [%d] %s%n".formatted(i + 1, words(names.get(i))));
            }
        }
        text.append("%-40s".formatted(title));
        for (int i = 0; i < names.size(); i++) {
            text.append("%10s".formatted(many ? "[" + (i + 1) + "]" : names.get(i)));
        }
        rows.forEach((row, cells) -> {
            text.append("%n%-40s".formatted(words(row)));
            names.forEach(name -> text.append(
                    cells.containsKey(name) ? String.format(Locale.ROOT, "%,10d", cells.get(name)) : " ".repeat(10)));
        });
        return text.append('\n').toString();
    }

    /** With a line for each row, for rows that have little in common. */
    public String lines() {
        return rows.entrySet().stream()
                .map(row -> "%-20s%s%n"
                        .formatted(
                                row.getKey(),
                                row.getValue().entrySet().stream()
                                        .map(cell ->
                                                String.format(Locale.ROOT, "%s %,d", cell.getKey(), cell.getValue()))
                                        .collect(Collectors.joining(", "))))
                .collect(Collectors.joining());
    }

    private static String words(String name) {
        return name.replace('_', ' ').toLowerCase(Locale.ROOT);
    }
}
