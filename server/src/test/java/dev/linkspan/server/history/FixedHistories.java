package dev.linkspan.server.history;

import dev.linkspan.server.random.RecordLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * The same histories every time, until one shows a surprise: those from which something was learned, and then this many
 * random ones. Public for {@code Mutant}.
 */
public final class FixedHistories implements Function<Integer, Optional<String>> {

    @Override
    public Optional<String> apply(Integer random) {
        List<HistoryRun.NamedHistory> histories = new ArrayList<>();
        LearnedHistories.names()
                .forEach(
                        name -> histories.add(new HistoryRun.NamedHistory(name, () -> LearnedHistories.history(name))));
        LongStream.range(0, random).mapToObj(HistoryRun.NamedHistory::random).forEach(histories::add);
        try {
            return new HistoryRun(histories)
                    .play()
                    .map(failure -> "%s, %s".formatted(failure.name(), RecordLine.of((Record)
                            failure.surprise().step())));
        } catch (IllegalStateException broken) {
            return Optional.of("the network cannot be made: " + broken.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
