package dev.linkspan.server.store;

import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.port.SubregionRepository;
import java.time.Instant;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The table {@code failed_subregion}. */
record SubregionRows(Handle handle, RegionName region, Instant now) implements SubregionRepository {

    @Override
    public Set<SubregionName> failed() {
        return Set.copyOf(handle.select("select name from failed_subregion where region_name = ?", region)
                .map((row, _) -> new SubregionName(Columns.text(row, "name")))
                .list());
    }

    @Override
    public void setFailed(SubregionName name, boolean failed) {
        if (failed) {
            fail(name);
        } else {
            heal(name);
        }
    }

    private void fail(SubregionName name) {
        handle.execute("""
                        insert into failed_subregion (region_name, name, failed_at)
                        values (?, ?, ?)
                        on conflict (region_name, name) do nothing
                        """, region, name, now);
    }

    private void heal(SubregionName name) {
        handle.execute("delete from failed_subregion where region_name = ? and name = ?", region, name);
    }
}
