package dev.linkspan.server.store;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.port.TagRepository;
import dev.linkspan.core.tag.Tag;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Gatherers;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code tag}. */
record TagRows(Handle handle, RegionName region) implements TagRepository {

    /** Not left to the database: what people wrote has another order in each of them. */
    private static final Comparator<Tag> ORDER =
            Comparator.comparing((Tag tag) -> tag.resource().value()).thenComparing(Tag::key);

    /** A statement has room for some tens of thousands of values, and an answer may list more resources than that. */
    private static final int MOST_AT_ONCE = 1000;

    @Override
    public List<Tag> ofResources(AccountId owner, Collection<? extends ResourceId> resources) {
        return resources.stream()
                .gather(Gatherers.windowFixed(MOST_AT_ONCE))
                .flatMap(some -> ofSome(owner, some).stream())
                .sorted(ORDER)
                .toList();
    }

    private List<Tag> ofSome(AccountId owner, List<? extends ResourceId> resources) {
        return handle.createQuery("""
                        select * from tag
                        where account_id = :owner and region_name = :region and resource_id in (<resources>)
                        """)
                .bind("owner", owner)
                .bind("region", region)
                .bindList("resources", resources)
                .map(TagRows::tag)
                .list();
    }

    @Override
    public List<Tag> ofOwner(AccountId owner) {
        return handle
                .select("select * from tag where account_id = ? and region_name = ?", owner, region)
                .map(TagRows::tag)
                .stream()
                .sorted(ORDER)
                .toList();
    }

    @Override
    public List<ResourceId> resourcesOfOwner(AccountId owner) {
        return handle
                .select("select distinct resource_id from tag where account_id = ? and region_name = ?", owner, region)
                .map((row, _) -> resource(row))
                .stream()
                .sorted(Comparator.comparing(ResourceId::value))
                .toList();
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return handle.select("select count(*) from tag where account_id = ? and region_name = ?", owner, region)
                .mapTo(Integer.class)
                .one();
    }

    private static final String SAVE = Upsert.by("resource_id, account_id, tag_key", """
            insert into tag (resource_id, account_id, tag_key, tag_value, region_name)
            values (:resource, :owner, :key, :value, :region)
            """);

    @Override
    public void save(Tag tag) {
        handle.createUpdate(SAVE)
                .bind("resource", tag.resource())
                .bind("owner", tag.owner())
                .bind("key", tag.key())
                .bind("value", tag.value())
                .bind("region", region)
                .execute();
    }

    @Override
    public void delete(Tag tag) {
        handle.execute(
                "delete from tag where resource_id = ? and account_id = ? and tag_key = ?",
                tag.resource(),
                tag.owner(),
                tag.key());
    }

    @Override
    public void deleteOfResource(ResourceId resource) {
        handle.execute("delete from tag where resource_id = ?", resource);
    }

    private static Tag tag(ResultSet row, StatementContext context) throws SQLException {
        return new Tag(resource(row), Columns.owner(row), Columns.text(row, "tag_key"), Columns.text(row, "tag_value"));
    }

    private static ResourceId resource(ResultSet row) throws SQLException {
        String resource = Columns.text(row, "resource_id");
        return ResourceId.tryParse(resource)
                .orElseThrow(() -> new IllegalStateException("BUG: '%s' is tagged".formatted(resource)));
    }
}
