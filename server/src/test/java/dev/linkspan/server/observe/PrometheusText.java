package dev.linkspan.server.observe;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A strict reader of Prometheus' text format, version 0.0.4, and of the conventions for names: it throws at the first
 * thing that the description does not allow.
 */
final class PrometheusText {

    private static final Pattern HELP =
            Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) ((?:[^\\\\\\n]|\\\\\\\\|\\\\n)*)");
    private static final Pattern TYPE =
            Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)");
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (NaN|[+-]Inf|[-+]?[0-9]*\\.?[0-9]+(?:[eE][-+]?[0-9]+)?)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\\\\\|\\\\\"|\\\\n)*)\"(,|$)");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    private final Map<String, String> types = new HashMap<>();
    private final Map<String, Double> samples = new LinkedHashMap<>();
    private final Map<String, Map<String, Double>> buckets = new LinkedHashMap<>();
    private final Set<String> closed = new HashSet<>();
    private String family = "";

    static PrometheusText parse(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        require(text.endsWith("\n"), "the last line does not end");
        require(!text.contains("\r"), "a carriage return");
        PrometheusText parsed = new PrometheusText();
        text.lines().forEach(parsed::read);
        parsed.requireWholeHistograms();
        return parsed;
    }

    private void read(String line) {
        if (line.startsWith("# HELP ")) {
            Matcher help = matched(HELP, line);
            begin(help.group(1));
        } else if (line.startsWith("# TYPE ")) {
            Matcher type = matched(TYPE, line);
            begin(type.group(1));
            require(types.put(type.group(1), type.group(2)) == null, "two types: " + line);
            require(
                    !type.group(2).equals("counter") || type.group(1).endsWith("_total"),
                    "a counter's name ends in _total: " + line);
            require(
                    type.group(2).equals("counter") || !type.group(1).endsWith("_total"),
                    "only a counter's name ends in _total: " + line);
        } else if (!line.startsWith("#")) {
            sample(line);
        }
    }

    /** All lines of a metric are one group. */
    private void begin(String name) {
        if (!name.equals(family)) {
            require(closed.add(family), "the group of " + family + " is split");
            require(!closed.contains(name), "the group of " + name + " is split");
            family = name;
        }
    }

    private void sample(String line) {
        Matcher sample = matched(SAMPLE, line);
        String name = sample.group(1);
        String type = types.getOrDefault(family, "none");
        require(
                switch (type) {
                    case "histogram" ->
                        List.of(family + "_bucket", family + "_sum", family + "_count")
                                .contains(name);
                    case "summary" ->
                        List.of(family, family + "_sum", family + "_count").contains(name);
                    case "none" -> false;
                    default -> name.equals(family);
                },
                "not of " + family + ", a " + type + ": " + line);
        Map<String, String> labels = labels(sample.group(2) == null ? "" : sample.group(2), line);
        double value = Double.parseDouble(sample.group(3).replace("Inf", "Infinity"));
        require(!type.equals("counter") || value >= 0, "a counter below zero: " + line);
        require(samples.put(key(name, labels), value) == null, "twice: " + line);
        if (name.endsWith("_bucket") && type.equals("histogram")) {
            String bound = labels.remove("le");
            require(bound != null, "a bucket without a bound: " + line);
            buckets.computeIfAbsent(key(family, labels), _ -> new LinkedHashMap<>())
                    .put(bound, value);
        }
    }

    private static Map<String, String> labels(String text, String line) {
        Map<String, String> labels = new LinkedHashMap<>();
        Matcher label = LABEL.matcher(text);
        int end = 0;
        while (end < text.length()) {
            require(label.find(end) && label.start() == end, "labels: " + line);
            String value = ESCAPE.matcher(label.group(2))
                    .replaceAll(
                            escape -> Matcher.quoteReplacement(escape.group(1).equals("n") ? "\n" : escape.group(1)));
            require(labels.put(label.group(1), value) == null, "a label twice: " + line);
            end = label.end();
        }
        return labels;
    }

    private void requireWholeHistograms() {
        buckets.forEach((histogram, counts) -> {
            double before = 0;
            double bound = Double.NEGATIVE_INFINITY;
            for (Map.Entry<String, Double> bucket : counts.entrySet()) {
                double next = Double.parseDouble(bucket.getKey().replace("Inf", "Infinity"));
                require(next > bound, "bounds of " + histogram + " do not grow");
                require(bucket.getValue() >= before, "counts of " + histogram + " shrink");
                bound = next;
                before = bucket.getValue();
            }
            require(bound == Double.POSITIVE_INFINITY, histogram + " has no bucket for the rest");
            int labels = histogram.indexOf('{');
            String count = histogram.substring(0, labels) + "_count" + histogram.substring(labels);
            require(samples.get(count) == before, histogram + " has another count than its buckets");
        });
    }

    /** A sample's value, by its name and its labels in any order: {@code value("calls_total", "api", "oapi")}. */
    double value(String name, String... labels) {
        Map<String, String> pairs = new HashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            pairs.put(labels[i], labels[i + 1]);
        }
        Double value = samples.get(key(name, pairs));
        require(value != null, "no sample " + key(name, pairs) + " among " + samples.keySet());
        return value;
    }

    boolean has(String name) {
        return samples.keySet().stream().anyMatch(key -> key.startsWith(name + "{"));
    }

    Set<String> names() {
        return types.keySet();
    }

    Set<String> keys() {
        return samples.keySet();
    }

    private static String key(String name, Map<String, String> labels) {
        List<String> sorted = new ArrayList<>();
        labels.forEach((label, value) -> sorted.add(label + "=" + value));
        sorted.sort(null);
        return name + sorted.toString().replaceFirst("^\\[", "{").replaceFirst("]$", "}");
    }

    private static Matcher matched(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        require(matcher.matches(), line);
        return matcher;
    }

    private static void require(boolean allowed, String what) {
        if (!allowed) {
            throw new AssertionError("not in Prometheus' text format: " + what);
        }
    }
}
