package dev.linkspan.server.store;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code setting}. */
record SettingRows(Handle handle) {

    /** Stands where a restore has begun and not ended. */
    static final String RESTORE = "restore_under_way";

    private static final String MANUAL_TIME = "manual_time";
    private static final String WRITE_PROBE = "write_probe";

    /** Something that was sealed with the master key, to tell whether another is the same. */
    private static final String MASTER_KEY_PROOF = "master_key_proof";

    Optional<Instant> manualTime() {
        return value(MANUAL_TIME).map(Instant::parse);
    }

    void saveManualTime(Instant time) {
        save(MANUAL_TIME, time);
    }

    /** Of no interest to anybody: it is there to be written. */
    void saveWriteProbe(Instant time) {
        save(WRITE_PROBE, time);
    }

    boolean restoreIsUnderWay() {
        return value(RESTORE).isPresent();
    }

    void beginRestore() {
        save(RESTORE, Instant.now());
    }

    void endRestore() {
        handle.execute("delete from setting where name = ?", RESTORE);
    }

    private void save(String name, Instant time) {
        handle.execute("""
                        insert into setting (name, setting_value) values (?, ?)
                        on conflict (name) do update set setting_value = excluded.setting_value
                        """, name, time.toString());
    }

    /** Whether the secrets here are encrypted with this master key; the first one that asks is the one. */
    boolean masterKeyIs(SecretBox secrets) {
        handle.execute("""
                        insert into setting (name, setting_value) values (?, ?)
                        on conflict (name) do nothing
                        """, MASTER_KEY_PROOF, secrets.seal("linkspan", MASTER_KEY_PROOF));
        return value(MASTER_KEY_PROOF)
                .filter(proof -> secrets.opens(proof, MASTER_KEY_PROOF))
                .isPresent();
    }

    private Optional<String> value(String name) {
        return handle.select("select setting_value from setting where name = ?", name)
                .mapTo(String.class)
                .findOne();
    }
}
