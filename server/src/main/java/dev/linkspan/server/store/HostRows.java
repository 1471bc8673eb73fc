package dev.linkspan.server.store;

import dev.linkspan.core.host.Host;
import dev.linkspan.core.host.HostName;
import dev.linkspan.core.host.HostReport;
import dev.linkspan.core.id.HostId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.port.HostRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The tables {@code host} and {@code vm_placement}. */
record HostRows(Handle handle, RegionName region) implements HostRepository {

    @Override
    public Optional<Host> find(HostId id) {
        return handle.select("select * from host where id = ? and region_name = ?", id, region)
                .map(HostRows::host)
                .findOne();
    }

    @Override
    public List<Host> all() {
        return handle.select("select * from host where region_name = ? order by created_at, id", region)
                .map(HostRows::host)
                .list();
    }

    @Override
    public Optional<HostId> ofVm(VmId vm) {
        return handle.select("select host_id from vm_placement where vm_id = ? and region_name = ?", vm, region)
                .map((row, _) -> new HostId(Columns.text(row, "host_id")))
                .findOne();
    }

    @Override
    public List<VmId> vmsOn(HostId host) {
        return handle.select(
                        "select vm_id from vm_placement where region_name = ? and host_id = ? order by vm_id",
                        region,
                        host)
                .map((row, _) -> new VmId(Columns.text(row, "vm_id")))
                .list();
    }

    @Override
    public Map<HostId, Integer> placements() {
        Map<HostId, Integer> placements = new HashMap<>();
        handle.select("""
                        select host_id, count(*) as amount from vm_placement
                        where region_name = ?
                        group by host_id
                        """, region)
                .map((row, _) -> Map.entry(new HostId(Columns.text(row, "host_id")), row.getInt("amount")))
                .forEach(entry -> placements.put(entry.getKey(), entry.getValue()));
        return placements;
    }

    private static final String SAVE = Upsert.by("id", """
            insert into host
                (id, region_name, name, subregion_name, token_hash, reported_at, agent_version, capacity,
                load_percent, missing_links, announced, created_at)
            values
                (:id, :region, :name, :subregion, :tokenHash, :reportedAt, :agentVersion, :capacity,
                :loadPercent, :missingLinks, :announced, :createdAt)
            """);

    @Override
    public void save(Host host) {
        handle.createUpdate(SAVE)
                .bind("id", host.id())
                .bind("region", region)
                .bind("name", host.name())
                .bind("subregion", host.subregion())
                .bind("tokenHash", host.tokenHash())
                .bind("reportedAt", host.report().map(HostReport::at))
                .bind("agentVersion", host.report().map(HostReport::agentVersion))
                .bind("capacity", host.report().map(HostReport::capacity))
                .bind("loadPercent", host.report().map(HostReport::loadPercent))
                .bind("missingLinks", host.report().map(HostReport::missingLinks))
                .bind("announced", host.announced())
                .bind("createdAt", host.createdAt())
                .execute();
    }

    @Override
    public void delete(HostId id) {
        handle.execute("delete from host where id = ?", id);
    }

    @Override
    public void place(VmId vm, HostId host) {
        handle.execute("""
                        insert into vm_placement (vm_id, region_name, host_id)
                        values (?, ?, ?)
                        on conflict (vm_id) do update set host_id = excluded.host_id
                        """, vm, region, host);
    }

    @Override
    public void displace(VmId vm) {
        handle.execute("delete from vm_placement where vm_id = ?", vm);
    }

    private static Host host(ResultSet row, StatementContext context) throws SQLException {
        Optional<Instant> reportedAt = Columns.optionalInstant(row, "reported_at");
        return new Host(
                new HostId(Columns.text(row, "id")),
                new HostName(Columns.text(row, "name")),
                new SubregionName(Columns.text(row, "subregion_name")),
                Columns.text(row, "token_hash"),
                reportedAt.isPresent() ? Optional.of(report(row, reportedAt.get())) : Optional.empty(),
                Columns.yes(row, "announced"),
                Columns.instant(row, "created_at"));
    }

    private static HostReport report(ResultSet row, Instant at) throws SQLException {
        return new HostReport(
                at,
                Columns.text(row, "agent_version"),
                Columns.number(row, "capacity"),
                Columns.number(row, "load_percent"),
                Columns.number(row, "missing_links"));
    }
}
