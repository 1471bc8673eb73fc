package dev.linkspan.server.store;

import dev.linkspan.core.catalogue.ImageSystem;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ImageId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.ReservationId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmOptions;
import dev.linkspan.core.net.VmSettings;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.port.VmRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code vm}. */
record VmRows(Handle handle, RegionName region, Instant now) implements VmRepository {

    private static final String IN_ORDER = " and region_name = ? order by created_at, id";

    @Override
    public Optional<Vm> find(VmId id) {
        return read("select * from vm where id = ? and region_name = ?", id, region)
                .findOne();
    }

    @Override
    public List<Vm> ofOwner(AccountId owner) {
        return read("select * from vm where account_id = ?" + IN_ORDER, owner, region)
                .list();
    }

    @Override
    public List<Vm> ofNet(NetId net) {
        return read("select * from vm where net_id = ?" + IN_ORDER, net, region).list();
    }

    private ResultIterable<Vm> read(String query, Object... arguments) {
        return handle.select(query, arguments).map(VmRows::vm);
    }

    @Override
    public List<Vm> ofClientToken(AccountId owner, String token) {
        return read("""
                        select * from vm
                        where account_id = ? and client_token = ? and region_name = ?
                        order by created_at, id
                        """, owner, token, region).list();
    }

    @Override
    public boolean existsIn(NetId net) {
        return handle.select("""
                        select count(*) from (
                            select 1 from vm
                            where net_id = ? and region_name = ? and state <> 'TERMINATED'
                            limit 1
                        ) as existing
                        """, net, region).mapTo(Integer.class).one() > 0;
    }

    @Override
    public Map<VmState, Long> countByState() {
        Map<VmState, Long> visible = new EnumMap<>(VmState.class);
        handle.select("""
                        select state, count(*) as amount from vm
                        where region_name = ? and (state <> 'TERMINATED' or since > ?)
                        group by state
                        """, region, now.minus(Vm.VISIBLE_AFTER_TERMINATION))
                .map((row, _) -> Map.entry(VmState.valueOf(Columns.text(row, "state")), row.getLong("amount")))
                .forEach(entry -> visible.put(entry.getKey(), entry.getValue()));
        return visible;
    }

    @Override
    public List<Vm> terminatedBy(Instant time, int limit) {
        return read("""
                        select * from vm
                        where state = 'TERMINATED' and since <= ? and region_name = ?
                        order by since, id
                        limit ?
                        """, time, region, limit).list();
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return handle.select(
                        "select count(*) from vm where account_id = ? and region_name = ? and state <> 'TERMINATED'",
                        owner,
                        region)
                .mapTo(Integer.class)
                .one();
    }

    private static final String SAVE = Upsert.by("id", """
            insert into vm
                (id, region_name, account_id, net_id, subnet_id, placed_subnet_id, subregion_name,
                reservation_id, launch_number, client_token, image_id, state, since, vm_type, keypair,
                user_data, deletion_protection, shutdown_behavior, performance, bsu_optimized,
                nested_virtualization, stop_protection, public_ip, architecture, os_family, root_device,
                boot_mode, monitored, cpu_credits, instance_profile, metadata_endpoint, metadata_tokens,
                metadata_hop_limit, metadata_ipv6, metadata_tags, created_at)
            values
                (:id, :region, :owner, :net, :subnet, :placed, :subregion,
                :reservation, :launchNumber, :clientToken, :image, :state, :since, :type, :keypair,
                :userData, :deletionProtection, :shutdownBehavior, :performance, :bsuOptimized,
                :nestedVirtualization, :stopProtection, :publicIp, :architecture, :osFamily, :rootDevice,
                :bootMode, :monitored, :cpuCredits, :instanceProfile, :metadataEndpoint, :metadataTokens,
                :metadataHopLimit, :metadataIpv6, :metadataTags, :createdAt)
            """);

    @Override
    public void save(Vm vm) {
        VmSettings settings = vm.settings();
        VmOptions options = vm.options();
        handle.createUpdate(SAVE)
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
                .bind("publicIp", vm.publicIp())
                .bind("architecture", vm.system().architecture())
                .bind("osFamily", vm.system().osFamily())
                .bind("rootDevice", vm.system().rootDevice())
                .bind("bootMode", vm.system().bootMode())
                .bind("monitored", options.monitored())
                .bind("cpuCredits", options.cpuCredits())
                .bind("instanceProfile", options.instanceProfile())
                .bind("metadataEndpoint", options.metadata().endpoint())
                .bind("metadataTokens", options.metadata().tokensRequired())
                .bind("metadataHopLimit", options.metadata().hopLimit())
                .bind("metadataIpv6", options.metadata().ipv6())
                .bind("metadataTags", options.metadata().tags())
                .bind("createdAt", vm.createdAt())
                .execute();
    }

    @Override
    public void delete(VmId id) {
        handle.execute("delete from vm where id = ?", id);
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
                system(row),
                VmState.valueOf(Columns.text(row, "state")),
                Columns.instant(row, "since"),
                settings(row),
                options(row),
                Columns.yes(row, "public_ip"),
                Columns.instant(row, "created_at"));
    }

    private static ImageSystem system(ResultSet row) throws SQLException {
        return new ImageSystem(
                Columns.text(row, "architecture"),
                Columns.text(row, "os_family"),
                Columns.text(row, "root_device"),
                Columns.text(row, "boot_mode"));
    }

    private static VmOptions options(ResultSet row) throws SQLException {
        return new VmOptions(
                new VmOptions.Metadata(
                        Columns.yes(row, "metadata_endpoint"),
                        Columns.yes(row, "metadata_tokens"),
                        Columns.number(row, "metadata_hop_limit"),
                        Columns.yes(row, "metadata_ipv6"),
                        Columns.yes(row, "metadata_tags")),
                Columns.yes(row, "monitored"),
                Columns.optionalText(row, "cpu_credits"),
                Columns.optionalText(row, "instance_profile"));
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
