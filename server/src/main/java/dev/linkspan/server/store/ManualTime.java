package dev.linkspan.server.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A clock that stands still but for {@link SqlStore#advance} (T1). Where it stands is in the database, so that every server
 * which shares that goes by it, and a server that starts again goes on from there.
 */
final class ManualTime implements StoreClock {

    private final Instant start;

    /** The writer thread's own. */
    private Optional<Instant> batch = Optional.empty();

    ManualTime(Instant start) {
        this.start = start.truncatedTo(ChronoUnit.MILLIS);
    }

    /** A store that went by another clock before has events that may be later. */
    @Override
    public void opened(Handle writer) {
        Optional<Instant> newest = writer.createQuery("select max(last_change_at) as newest from region")
                .map((row, _) -> Columns.optionalInstant(row, "newest"))
                .one();
        SettingRows settings = new SettingRows(writer);
        Instant stands = settings.manualTime().orElse(start);
        settings.saveManualTime(DatabaseClock.later(stands, newest.orElse(start)));
    }

    @Override
    public Instant forRead(Handle reader) {
        return read(reader);
    }

    @Override
    public Instant forChange(Handle writer) {
        Instant time = batch.orElseGet(() -> read(writer));
        batch = Optional.of(time);
        return time;
    }

    private static Instant read(Handle handle) {
        return new SettingRows(handle)
                .manualTime()
                .orElseThrow(() -> new IllegalStateException("BUG: the database has no manual time"));
    }

    @Override
    public Instant notBefore(Instant time) {
        Instant reached = DatabaseClock.later(time, batch.orElse(Instant.EPOCH));
        batch = batch.map(_ -> reached);
        return reached;
    }

    @Override
    public void committed() {
        batch = Optional.empty();
    }

    @Override
    public void undone() {
        batch = Optional.empty();
    }
}
