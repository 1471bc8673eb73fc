package dev.linkspan.server.store;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.id.VolumeId;
import dev.linkspan.core.port.VolumeRepository;
import dev.linkspan.core.volume.Volume;
import dev.linkspan.core.volume.VolumeLink;
import dev.linkspan.core.volume.VolumeSpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code volume}. */
record VolumeRows(Handle handle, RegionName region) implements VolumeRepository {

    private static final String IN_ORDER = " and region_name = ? order by created_at, id";

    @Override
    public Optional<Volume> find(VolumeId id) {
        return read("select * from volume where id = ? and region_name = ?", id, region)
                .findOne();
    }

    @Override
    public List<Volume> ofOwner(AccountId owner) {
        return read("select * from volume where account_id = ?" + IN_ORDER, owner, region)
                .list();
    }

    @Override
    public List<Volume> ofVm(VmId vm) {
        return read("select * from volume where vm_id = ?" + IN_ORDER, vm, region)
                .list();
    }

    @Override
    public Optional<Volume> ofClientToken(AccountId owner, String token) {
        return read("""
                        select * from volume
                        where account_id = ? and client_token = ? and region_name = ?
                        """, owner, token, region).findFirst();
    }

    private ResultIterable<Volume> read(String query, Object... arguments) {
        return handle.select(query, arguments).map(VolumeRows::volume);
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return handle.select("select count(*) from volume where account_id = ? and region_name = ?", owner, region)
                .mapTo(Integer.class)
                .one();
    }

    private static final String SAVE = Upsert.by("id", """
            insert into volume
                (id, region_name, account_id, subregion_name, gib, volume_type, iops, throughput, encrypted,
                snapshot, kms_key, vm_id, device, delete_on_vm_deletion, linked_at, client_token,
                changed_at, created_at)
            values
                (:id, :region, :owner, :subregion, :gib, :type, :iops, :throughput, :encrypted,
                :snapshot, :key, :vm, :device, :deleteOnVmDeletion, :linkedAt, :clientToken,
                :changedAt, :createdAt)
            """);

    @Override
    public void save(Volume volume) {
        VolumeSpec spec = volume.spec();
        Optional<VolumeLink> link = volume.link();
        handle.createUpdate(SAVE)
                .bind("id", volume.id())
                .bind("region", region)
                .bind("owner", volume.owner())
                .bind("subregion", volume.subregion())
                .bind("gib", spec.gib())
                .bind("type", spec.type())
                .bind("iops", spec.iops())
                .bind("throughput", spec.throughput())
                .bind("encrypted", spec.encrypted())
                .bind("snapshot", spec.snapshot())
                .bind("key", spec.key())
                .bind("vm", link.map(VolumeLink::vm))
                .bind("device", link.map(VolumeLink::device))
                .bind(
                        "deleteOnVmDeletion",
                        link.filter(VolumeLink::deleteOnVmDeletion).isPresent())
                .bind("linkedAt", link.map(VolumeLink::since))
                .bind("clientToken", volume.clientToken())
                .bind("changedAt", volume.changedAt())
                .bind("createdAt", volume.createdAt())
                .execute();
    }

    @Override
    public void delete(VolumeId id) {
        handle.execute("delete from volume where id = ?", id);
    }

    private static Volume volume(ResultSet row, StatementContext context) throws SQLException {
        return new Volume(
                new VolumeId(Columns.text(row, "id")),
                Columns.owner(row),
                new SubregionName(Columns.text(row, "subregion_name")),
                new VolumeSpec(
                        Columns.number(row, "gib"),
                        Columns.text(row, "volume_type"),
                        Columns.optionalNumber(row, "iops"),
                        Columns.optionalNumber(row, "throughput"),
                        Columns.yes(row, "encrypted"),
                        Columns.optionalText(row, "snapshot"),
                        Columns.optionalText(row, "kms_key")),
                link(row),
                Columns.optionalText(row, "client_token"),
                Columns.optionalInstant(row, "changed_at"),
                Columns.instant(row, "created_at"));
    }

    private static Optional<VolumeLink> link(ResultSet row) throws SQLException {
        Optional<VmId> vm = Columns.optional(row, "vm_id", VmId::new);
        return vm.isEmpty()
                ? Optional.empty()
                : Optional.of(new VolumeLink(
                        vm.get(),
                        Columns.text(row, "device"),
                        Columns.yes(row, "delete_on_vm_deletion"),
                        Columns.instant(row, "linked_at")));
    }
}
