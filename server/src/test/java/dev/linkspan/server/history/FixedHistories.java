package dev.linkspan.server.history;

import dev.linkspan.server.random.RecordLine;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;

/** The same histories every time, this many, until one shows a surprise. Public for {@code Mutant}. */
public final class FixedHistories implements Function<Integer, Optional<String>> {

    @Override
    public Optional<String> apply(Integer histories) {
        HistoryRun run = new HistoryRun(LongStream.range(0, histories).boxed().toList());
        try {
            return run.play()
                    .map(failure -> "history %2d, %s"
                            .formatted(
                                    failure.number(),
                                    RecordLine.of(failure.surprise().said())));
        } catch (IllegalStateException broken) {
            return Optional.of("the network cannot be made: " + broken.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
