package dev.linkspan.server.store;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ImageId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.ReservationId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmSettings;
import dev.linkspan.core.net.VmState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code vm}. */
record VmRows(Handle handle, RegionName region) {

    Optional<Vm> one(VmId id) {
        return handle.createQuery("select * from vm where id = :id and region_name = :region")
                .bind("id", id)
                .bind("region", region)
                .map(VmRows::vm)
                .findOne();
    }

    List<Vm> of(AccountId owner) {
        return handle.createQuery("""
                        select * from vm
                        where account_id = :owner and region_name = :region
                        order by created_at, id
                        """)
                .bind("owner", owner)
                .bind("region", region)
                .map(VmRows::vm)
                .list();
    }

    List<Vm> of(NetId net) {
        return handle.createQuery("""
                        select * from vm
                        where net_id = :net and region_name = :region
                        order by created_at, id
                        """)
                .bind("net", net)
                .bind("region", region)
                .map(VmRows::vm)
                .list();
    }

    List<Vm> byClientToken(AccountId owner, String token) {
        return handle.createQuery("""
                        select * from vm
                        where account_id = :owner and client_token = :token and region_name = :region
                        order by created_at, id
                        """)
                .bind("owner", owner)
                .bind("token", token)
                .bind("region", region)
                .map(VmRows::vm)
                .list();
    }

    boolean anyExistsIn(NetId net) {
        return handle.createQuery("""
                        select count(*) from (
                            select 1 from vm
                            where net_id = :net and region_name = :region and state <> 'TERMINATED'
                            limit 1
                        ) as existing
                        """)
                        .bind("net", net)
                        .bind("region", region)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** By state; states in which none is are left out. */
    Map<VmState, Long> countVisible(Instant now) {
        Map<VmState, Long> visible = new EnumMap<>(VmState.class);
        handle.createQuery("""
                        select state, count(*) as amount from vm
                        where region_name = :region and (state <> 'TERMINATED' or since > :hourAgo)
                        group by state
                        """)
                .bind("region", region)
                .bind("hourAgo", now.minus(Vm.VISIBLE_AFTER_TERMINATION))
                .map((row, _) -> Map.entry(VmState.valueOf(Columns.text(row, "state")), row.getLong("amount")))
                .forEach(entry -> visible.put(entry.getKey(), entry.getValue()));
        return visible;
    }

    List<Vm> terminatedBy(Instant time, int limit) {
        return handle.createQuery("""
                        select * from vm
                        where state = 'TERMINATED' and since <= :time and region_name = :region
                        order by since, id
                        limit :limit
                        """)
                .bind("time", time)
                .bind("region", region)
                .bind("limit", limit)
                .map(VmRows::vm)
                .list();
    }

    void save(Vm vm) {
        VmSettings settings = vm.settings();
        handle.createUpdate("""
                        insert into vm
                            (id, region_name, account_id, net_id, subnet_id, placed_subnet_id, subregion_name,
                            reservation_id, launch_number, client_token, image_id, state, since, vm_type, keypair,
                            user_data, deletion_protection, shutdown_behavior, performance, bsu_optimized,
                            nested_virtualization, stop_protection, created_at)
                        values
                            (:id, :region, :owner, :net, :subnet, :placed, :subregion,
                            :reservation, :launchNumber, :clientToken, :image, :state, :since, :type, :keypair,
                            :userData, :deletionProtection, :shutdownBehavior, :performance, :bsuOptimized,
                            :nestedVirtualization, :stopProtection, :createdAt)
                        on conflict (id) do update set
                            region_name = excluded.region_name, account_id = excluded.account_id,
                            net_id = excluded.net_id, subnet_id = excluded.subnet_id,
                            placed_subnet_id = excluded.placed_subnet_id, subregion_name = excluded.subregion_name,
                            reservation_id = excluded.reservation_id, launch_number = excluded.launch_number,
                            client_token = excluded.client_token, image_id = excluded.image_id,
                            state = excluded.state, since = excluded.since, vm_type = excluded.vm_type,
                            keypair = excluded.keypair, user_data = excluded.user_data,
                            deletion_protection = excluded.deletion_protection,
                            shutdown_behavior = excluded.shutdown_behavior, performance = excluded.performance,
                            bsu_optimized = excluded.bsu_optimized,
                            nested_virtualization = excluded.nested_virtualization,
                            stop_protection = excluded.stop_protection, created_at = excluded.created_at
                        """)
                .bind("id", vm.id())
                .bind("region", region)
                .bind("owner", vm.owner())
                .bind("net", vm.net())
                .bind("subnet", vm.subnet())
                .bind("placed", vm.exists() ? Optional.of(vm.subnet()) : Optional.empty())
                .bind("subregion", vm.subregion())
                .bind("reservation", vm.reservation())
                .bind("launchNumber", vm.launchNumber())
                .bind("clientToken", vm.clientToken())
                .bind("image", vm.image())
                .bind("state", vm.state())
                .bind("since", vm.stateSince())
                .bind("type", settings.type())
                .bind("keypair", settings.keypair())
                .bind("userData", settings.userData())
                .bind("deletionProtection", settings.deletionProtection())
                .bind("shutdownBehavior", settings.shutdownBehavior())
                .bind("performance", settings.performance())
                .bind("bsuOptimized", settings.bsuOptimized())
                .bind("nestedVirtualization", settings.nestedVirtualization())
                .bind("stopProtection", settings.stopProtection())
                .bind("createdAt", vm.createdAt())
                .execute();
    }

    void delete(VmId id) {
        handle.createUpdate("delete from vm where id = :id").bind("id", id).execute();
    }

    private static Vm vm(ResultSet row, StatementContext context) throws SQLException {
        return new Vm(
                new VmId(Columns.text(row, "id")),
                Columns.owner(row),
                Columns.net(row),
                Columns.subnet(row),
                new SubregionName(Columns.text(row, "subregion_name")),
                new ReservationId(Columns.text(row, "reservation_id")),
                Columns.number(row, "launch_number"),
                Columns.optionalText(row, "client_token"),
                new ImageId(Columns.text(row, "image_id")),
                VmState.valueOf(Columns.text(row, "state")),
                Columns.instant(row, "since"),
                settings(row),
                Columns.instant(row, "created_at"));
    }

    private static VmSettings settings(ResultSet row) throws SQLException {
        return new VmSettings(
                Columns.text(row, "vm_type"),
                Columns.optionalText(row, "keypair"),
                Columns.text(row, "user_data"),
                Columns.yes(row, "deletion_protection"),
                Columns.text(row, "shutdown_behavior"),
                Columns.text(row, "performance"),
                Columns.yes(row, "bsu_optimized"),
                Columns.yes(row, "nested_virtualization"),
                Columns.yes(row, "stop_protection"));
    }
}
