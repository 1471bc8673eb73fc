package dev.linkspan.server.network.ovsdb;

import dev.linkspan.server.network.ovsdb.OvsdbSettings.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A database for tests: boxes, which have names of their own, hold things, each of which is in some box. */
final class TestDatabase {

    static final String NAME = "Test";
    static final String BOX = "Box";
    static final String THING = "Thing";

    /** So short that tests of what does not come are short too. */
    static final Limits LIMITS = new Limits(
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            1 << 20);

    static final Map<String, Set<String>> MONITORED = Map.of(
            BOX,
            Set.of("name", "size", "labels", "marks", "open", "things", "of_a_later_version"),
            THING,
            Set.of("note"),
            "Table_of_a_later_version",
            Set.of("name"));

    private static final String SCHEMA = """
            {"name": "Test", "version": "1.0.0", "tables": {
              "Box": {"isRoot": true, "indexes": [["name"]], "columns": {
                "name": {"type": "string"},
                "size": {"type": {"key": {"type": "integer", "minInteger": 0}}},
                "labels": {"type": {"key": "string", "value": "string", "min": 0, "max": "unlimited"}},
                "marks": {"type": {"key": "string", "min": 0, "max": "unlimited"}},
                "open": {"type": {"key": "boolean", "min": 0, "max": 1}},
                "things": {"type": {"key": {"type": "uuid", "refTable": "Thing"}, "min": 0, "max": "unlimited"}}}},
              "Thing": {"columns": {"note": {"type": "string"}}}}}
            """;

    private TestDatabase() {}

    static Path schema(Path folder) throws IOException {
        return Files.writeString(folder.resolve("test.ovsschema"), SCHEMA);
    }

    static OvsdbSettings settings(Endpoint... members) {
        return OvsdbSettings.of(List.of(members), NAME, MONITORED)
                .with(LIMITS)
                .indexedBy(row -> row.get("labels").at("owner"));
    }

    static Operation.Insert box(String name) {
        return new Operation.Insert(BOX, Optional.empty(), Row.of("name", Value.text(name)));
    }

    /** Demands that no box has this name. */
    static Operation.Wait noBox(String name) {
        return Operation.Wait.demand(
                BOX, List.of(Condition.equal("name", Value.text(name))), List.of("name"), List.of());
    }

    static Set<String> boxes(OvsdbClient client) {
        return client.tables()
                .read(view -> view.rows(BOX).values().stream()
                        .map(row -> row.text("name"))
                        .collect(Collectors.toSet()));
    }
}
