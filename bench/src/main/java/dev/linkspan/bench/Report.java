package dev.linkspan.bench;

import dev.linkspan.cli.client.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * All figures of a run.
 *
 * @param left the benchmarks that were asked for and could not be run without packets
 */
record Report(Load before, Load after, Map<Benchmark, List<Figure>> figures, List<Benchmark> left) {

    private static final String ROW = "  %-50s %14s  %-20s  %-14s  %s%n";

    String asText() {
        StringBuilder text = new StringBuilder();
        figures.forEach((benchmark, its) -> {
            text.append("%n%s: %s%n".formatted(benchmark.name(), benchmark.question()));
            text.append(ROW.formatted("", "median", "10 % to 90 %", "target", "compared"));
            its.forEach(figure -> text.append(row(figure)));
        });
        left.forEach(benchmark -> text.append(
                "%n%s: not measured, for it needs packets (LINKSPAN_NETWORK=none)%n".formatted(benchmark.name())));
        text.append("%nload average %.1f before and %.1f after, on %d processors%n"
                .formatted(before.average(), after.average(), before.processors()));
        if (before.isNoisy()) {
            text.append(
                    "The machine was busy with other things: believe the comparisons, not the times.%n".formatted());
        }
        return text.toString();
    }

    private static String row(Figure figure) {
        Samples samples = figure.samples();
        String unit = figure.unit().symbol();
        return ROW.formatted(
                        figure.what(),
                        number(samples.median()) + " " + unit,
                        samples.count() > 1 ? number(samples.low()) + " to " + number(samples.high()) : "",
                        figure.below()
                                .map(target ->
                                        "< %s %s".formatted(number(target), figure.meetsTarget() ? "ok" : "MISSED"))
                                .orElse(""),
                        figure.comparison().map(Report::compared).orElse(""))
                .replaceAll("(?m) +$", "");
    }

    private static String compared(Figure.Comparison comparison) {
        Samples ratios = comparison.ratios();
        String spread = ratios.count() > 1 ? " (%s to %s)".formatted(number(ratios.low()), number(ratios.high())) : "";
        return "%s x%s %s".formatted(number(ratios.median()), spread, comparison.against());
    }

    /** Three digits that mean something. */
    private static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    String asJson() {
        List<ObjectNode> rows = figures.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(figure -> json(entry.getKey(), figure)))
                .toList();
        return Json.line(Json.object(
                        "processors", before.processors(),
                        "loadBefore", before.average(),
                        "loadAfter", after.average(),
                        "noisy", before.isNoisy(),
                        "figures", rows,
                        "notMeasured", left.stream().map(Benchmark::name).toList()))
                + "\n";
    }

    private static ObjectNode json(Benchmark benchmark, Figure figure) {
        Samples samples = figure.samples();
        ObjectNode row = Json.object(
                "benchmark", benchmark.name(),
                "what", figure.what(),
                "unit", figure.unit().symbol(),
                "samples", samples.count(),
                "median", samples.median(),
                "p10", samples.low(),
                "p90", samples.high());
        figure.below().ifPresent(target -> row.put("below", target).put("meetsTarget", figure.meetsTarget()));
        figure.comparison()
                .ifPresent(comparison -> row.put("against", comparison.against())
                        .put("ratio", comparison.ratios().median())
                        .put("ratioP10", comparison.ratios().low())
                        .put("ratioP90", comparison.ratios().high()));
        return row;
    }
}
