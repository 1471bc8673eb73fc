package dev.linkspan.server.store;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.LaunchTemplateId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.net.LaunchTemplate;
import dev.linkspan.core.net.LaunchTemplate.Version;
import dev.linkspan.core.port.LaunchTemplateRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The tables {@code launch_template} and {@code launch_template_version}. */
record LaunchTemplateRows(Handle handle, RegionName region) implements LaunchTemplateRepository {

    @Override
    public Optional<LaunchTemplate> find(LaunchTemplateId id) {
        return read("select * from launch_template where id = ? and region_name = ?", id, region).stream()
                .findFirst();
    }

    @Override
    public List<LaunchTemplate> ofOwner(AccountId owner) {
        return read("""
                        select * from launch_template
                        where account_id = ? and region_name = ?
                        order by created_at, id
                        """, owner, region);
    }

    private List<LaunchTemplate> read(String query, Object... arguments) {
        return handle.select(query, arguments).map(this::template).list();
    }

    private List<Version> versions(LaunchTemplateId id) {
        return handle.select("select * from launch_template_version where launch_template_id = ? order by number", id)
                .map(LaunchTemplateRows::version)
                .list();
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return handle.select(
                        "select count(*) from launch_template where account_id = ? and region_name = ?", owner, region)
                .mapTo(Integer.class)
                .one();
    }

    private static final String SAVE = Upsert.by("id", """
            insert into launch_template
                (id, region_name, account_id, name, default_version, client_token, created_at)
            values
                (:id, :region, :owner, :name, :defaultVersion, :clientToken, :createdAt)
            """);

    @Override
    public void save(LaunchTemplate template) {
        handle.createUpdate(SAVE)
                .bind("id", template.id())
                .bind("region", region)
                .bind("owner", template.owner())
                .bind("name", template.name())
                .bind("defaultVersion", template.defaultVersion())
                .bind("clientToken", template.clientToken())
                .bind("createdAt", template.createdAt())
                .execute();
        for (Version version : template.versions()) {
            handle.createUpdate("""
                            insert into launch_template_version
                                (launch_template_id, number, description, data, created_at)
                            values (:id, :number, :description, :data, :createdAt)
                            on conflict (launch_template_id, number) do nothing
                            """)
                    .bind("id", template.id())
                    .bind("number", version.number())
                    .bind("description", version.description())
                    .bind("data", version.data())
                    .bind("createdAt", version.createdAt())
                    .execute();
        }
    }

    @Override
    public void delete(LaunchTemplateId id) {
        handle.execute("delete from launch_template where id = ?", id);
    }

    private LaunchTemplate template(ResultSet row, StatementContext context) throws SQLException {
        LaunchTemplateId id = new LaunchTemplateId(Columns.text(row, "id"));
        return new LaunchTemplate(
                id,
                Columns.owner(row),
                Columns.text(row, "name"),
                Columns.number(row, "default_version"),
                versions(id),
                Columns.optionalText(row, "client_token"),
                Columns.instant(row, "created_at"));
    }

    private static Version version(ResultSet row, StatementContext context) throws SQLException {
        return new Version(
                Columns.number(row, "number"),
                Columns.optionalText(row, "description"),
                Columns.text(row, "data"),
                Columns.instant(row, "created_at"));
    }
}
