package dev.linkspan.server.lifecycle;

import dev.linkspan.server.random.RecordLine;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Steps, one after the other, with the server's settings that they run under. Its text has a line for each step, such as
 * {@code AcceptNetPeering peering=p0 by=bob in=west}, and can be read again; what is empty, zero or false is left out.
 *
 * @param requiresVm rule P6
 * @param overlappingPeers rule P13: whether the network keeps overlapping peers of one Net apart
 */
record Script(boolean requiresVm, boolean overlappingPeers, List<Step> steps) {

    Script {
        steps = List.copyOf(steps);
    }

    Script with(List<Step> others) {
        return new Script(requiresVm, overlappingPeers, others);
    }

    /** The settings as the line that a script begins with. */
    private record Settings(boolean requiresVm, boolean overlappingPeers) {}

    String text() {
        String settings = RecordLine.of(new Settings(requiresVm, overlappingPeers));
        return settings + "\n" + steps.stream().map(step -> line(step) + "\n").collect(Collectors.joining());
    }

    static Script parse(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        Settings settings = RecordLine.read(Settings.class, lines.getFirst());
        List<Step> steps = lines.subList(1, lines.size()).stream()
                .map(line -> RecordLine.readOneOf(Step.class, line))
                .toList();
        return new Script(settings.requiresVm(), settings.overlappingPeers(), steps);
    }

    static String line(Step step) {
        return RecordLine.of((Record) step);
    }
}
