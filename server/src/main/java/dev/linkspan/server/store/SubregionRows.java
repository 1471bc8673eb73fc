package dev.linkspan.server.store;

import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import java.time.Instant;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The table {@code failed_subregion}. */
record SubregionRows(Handle handle, RegionName region) {

    Set<SubregionName> failed() {
        return Set.copyOf(handle.createQuery("select name from failed_subregion where region_name = :region")
                .bind("region", region)
                .map((row, _) -> new SubregionName(Columns.text(row, "name")))
                .list());
    }

    void fail(SubregionName name, Instant at) {
        handle.createUpdate("""
                        insert into failed_subregion (region_name, name, failed_at)
                        values (:region, :name, :at)
                        on conflict (region_name, name) do nothing
                        """)
                .bind("region", region)
                .bind("name", name)
                .bind("at", at)
                .execute();
    }

    void heal(SubregionName name) {
        handle.createUpdate("delete from failed_subregion where region_name = :region and name = :name")
                .bind("region", region)
                .bind("name", name)
                .execute();
    }
}
