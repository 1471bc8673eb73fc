package dev.linkspan.server.api.call;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.wording.Sentence;
import dev.linkspan.server.api.Download;
import dev.linkspan.server.turn.RecentActivity;
import dev.linkspan.server.turn.Turns;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Whose turn it is to read. The store has connections for twice as many as read at once here, so that what does not wait
 * for a turn, such as looking up who signed a request, finds one; and one account has half of the turns at most.
 *
 * <p>An answer that nobody asked for in pages is whole, however long. A long one is sent as it is written, and is held while
 * its client takes it: there are few of those at once, and one for each account.
 */
public final class ReadTurns {

    /** How many read at once. */
    public static final int AT_ONCE = Math.max(4, Runtime.getRuntime().availableProcessors());

    /** An answer with more items than a page has is a long one. */
    public static final int LONG = 1_000;

    private static final int IN_LINE = 200;
    private static final int LONG_AT_ONCE = 4;
    private static final int LONG_IN_LINE = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Sentence SLOWER =
            Sentence.of("Too many calls of this account are waiting to read. Make fewer at a time.");
    private static final Sentence IN_PAGES = Sentence.of(
            "Too many long answers are being sent at this moment. Ask for pages, or try again in some seconds.");

    private final Turns turns;
    private final Turns longAnswers;

    public ReadTurns() {
        this(new RecentActivity());
    }

    /** @param activity who would notice that one reads for long */
    public ReadTurns(RecentActivity activity) {
        this(standard(PATIENCE), activity);
    }

    /** @param patience how long one waits for a turn */
    public ReadTurns(Duration patience) {
        this(standard(patience), new RecentActivity());
    }

    private ReadTurns(Turns.Limits limits, RecentActivity activity) {
        this.turns = new Turns(limits, SLOWER, activity);
        this.longAnswers =
                new Turns(new Turns.Limits(LONG_AT_ONCE, 1, LONG_IN_LINE, limits.patience()), IN_PAGES, activity);
    }

    private static Turns.Limits standard(Duration patience) {
        return new Turns.Limits(AT_ONCE, AT_ONCE / 2, IN_LINE, patience);
    }

    /** Reads when it is the account's turn. */
    public <T> T taking(AccountId whose, Supplier<T> read) {
        return turns.taking(whose.value(), read);
    }

    /** How long the read that has waited longest has waited. */
    public Duration longestWait() {
        return turns.longestWait();
    }

    /** Writes an answer, all of it. */
    @FunctionalInterface
    public interface Written {
        void to(OutputStream out) throws IOException;
    }

    /**
     * Reads when it is the account's turn. Where the answer is a long one and there is no room for it, what was read is given
     * up together with the turn, so that whoever waits for room holds nothing; it is read again when there is room.
     *
     * @param read is given the room that a long answer takes
     */
    public <A> A answering(AccountId whose, Function<LongRoom, A> read) {
        LongRoom room = new LongRoom(whose.value());
        try {
            return turns.taking(whose.value(), () -> read.apply(room));
        } catch (NoRoom taken) {
            room.await();
            return turns.taking(whose.value(), () -> read.apply(room));
        } finally {
            room.leaveUnused();
        }
    }

    /** The answer cannot be made yet. */
    private static final class NoRoom extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoRoom() {
            super("no room for a long answer", null, false, false);
        }
    }

    /** The room that a long answer has until it is sent. */
    public final class LongRoom {

        private final String whose;
        private boolean held;
        private boolean used;

        private LongRoom(String whose) {
            this.whose = whose;
        }

        private void await() {
            longAnswers.take(whose);
            held = true;
        }

        private void leaveUnused() {
            if (held && !used) {
                longAnswers.giveBack(whose);
            }
        }

        /** The last thing to be done while reading: the room is left when the download is closed. */
        public Download filledWith(String contentType, Written answer) {
            if (!held && !longAnswers.tryTake(whose)) {
                throw new NoRoom();
            }
            held = true;
            used = true;
            return new LongDownload(whose, contentType, answer);
        }
    }

    private final class LongDownload implements Download {

        private final String whose;
        private final String contentType;
        private final Written answer;
        private final AtomicBoolean sent = new AtomicBoolean();

        LongDownload(String whose, String contentType, Written answer) {
            this.whose = whose;
            this.contentType = contentType;
            this.answer = answer;
        }

        @Override
        public String contentType() {
            return contentType;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            answer.to(out);
        }

        @Override
        public void close() {
            if (sent.compareAndSet(false, true)) {
                longAnswers.giveBack(whose);
            }
        }
    }
}
