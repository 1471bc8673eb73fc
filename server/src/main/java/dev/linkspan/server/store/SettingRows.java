package dev.linkspan.server.store;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code setting}. */
record SettingRows(Handle handle) {

    private static final String MANUAL_TIME = "manual_time";

    Optional<Instant> manualTime() {
        return handle.createQuery("select setting_value from setting where name = :name")
                .bind("name", MANUAL_TIME)
                .map((row, _) -> Instant.parse(Columns.text(row, "setting_value")))
                .findOne();
    }

    void saveManualTime(Instant time) {
        handle.createUpdate("""
                        insert into setting (name, setting_value) values (:name, :value)
                        on conflict (name) do update set setting_value = excluded.setting_value
                        """)
                .bind("name", MANUAL_TIME)
                .bind("value", time.toString())
                .execute();
    }
}
