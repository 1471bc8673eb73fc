package dev.linkspan.server.history;

import dev.linkspan.server.network.netns.NetworkNamespaces;
import dev.linkspan.server.random.RecordLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** The same histories every time, this many, until one shows a surprise. Public for {@code Mutant}. */
public final class FixedHistories implements Function<Integer, Optional<String>> {

    @Override
    public Optional<String> apply(Integer histories) {
        Path folder = newFolder();
        try {
            History.Ground ground = new History.Ground(folder, History.PATIENT);
            HistoryCoverage coverage = new HistoryCoverage();
            for (long seed = 0; seed < histories; seed++) {
                Optional<History.Surprise> surprise = History.play(Histories.history(seed), ground, coverage);
                if (surprise.isPresent()) {
                    return surprise.map(
                            it -> "%,6d packets, %s".formatted(coverage.packets(), RecordLine.of(it.said())));
                }
            }
            return Optional.empty();
        } finally {
            NetworkNamespaces.cleanUp(folder);
        }
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("linkspan-history-");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
