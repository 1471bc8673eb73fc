package dev.linkspan.server.reachability;

import dev.linkspan.server.random.RecordLine;
import java.util.List;
import java.util.stream.Collectors;

/** Steps, one after the other. Its text has a line for each, and can be read again. */
public record Scenario(List<Step> steps) {

    public Scenario {
        steps = List.copyOf(steps);
    }

    public String text() {
        return steps.stream().map(step -> RecordLine.of((Record) step) + "\n").collect(Collectors.joining());
    }

    public static Scenario parse(String text) {
        return new Scenario(text.lines()
                .filter(line -> !line.isBlank())
                .map(line -> RecordLine.readOneOf(Step.class, line))
                .toList());
    }
}
