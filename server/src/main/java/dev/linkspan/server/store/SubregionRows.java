package dev.linkspan.server.store;

import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import java.time.Instant;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The table {@code failed_subregion}. */
record SubregionRows(Handle handle, RegionName region) {

    Set<SubregionName> failed() {
        return Set.copyOf(handle.select("select name from failed_subregion where region_name = ?", region)
                .map((row, _) -> new SubregionName(Columns.text(row, "name")))
                .list());
    }

    void fail(SubregionName name, Instant at) {
        handle.execute("""
                        insert into failed_subregion (region_name, name, failed_at)
                        values (?, ?, ?)
                        on conflict (region_name, name) do nothing
                        """, region, name, at);
    }

    void heal(SubregionName name) {
        handle.execute("delete from failed_subregion where region_name = ? and name = ?", region, name);
    }
}
