package dev.linkspan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementCacheTest {

    private static final String BY_NAME = "select setting_value from setting where name = :name";

    @TempDir
    private Path temporary;

    private Sqlite sqlite;
    private Handle handle;
    private final List<Statement> used = new ArrayList<>();

    @BeforeEach
    void open() {
        sqlite = Sqlite.open(temporary.resolve("linkspan.db"));
        handle = sqlite.writer().open();
        handle.getConfig(SqlStatements.class).setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                used.add(context.getStatement());
            }
        });
    }

    @AfterEach
    void close() {
        handle.close();
        sqlite.close();
    }

    private void save(String name, String value) {
        handle.createUpdate("insert into setting (name, setting_value) values (:name, :value)")
                .bind("name", name)
                .bind("value", value)
                .execute();
    }

    private Optional<String> value(String name) {
        return handle.createQuery(BY_NAME)
                .bind("name", name)
                .mapTo(String.class)
                .findOne();
    }

    @Test
    void a_text_is_prepared_once_and_answers_anew_each_time() {
        save("one", "1");
        save("two", "2");

        assertThat(value("one")).contains("1");
        assertThat(value("two")).contains("2");
        assertThat(value("three")).isEmpty();
        save("three", "3");
        assertThat(value("three")).contains("3");
        assertThat(used.stream().distinct()).hasSize(2);
    }

    @Test
    void a_second_use_at_the_same_time_gets_a_statement_of_its_own() {
        save("one", "two");
        save("two", "2");

        Optional<String> second = handle.createQuery(BY_NAME)
                .bind("name", "one")
                .map((row, _) -> value(row.getString(1)).orElseThrow())
                .findOne();

        assertThat(second).contains("2");
        assertThat(used.subList(2, 4)).doesNotHaveDuplicates();
        assertThat(value("one")).contains("two");
    }

    @Test
    void lists_of_different_lengths_are_different_texts() {
        IntStream.range(0, 200).forEach(i -> save("name " + i, "value " + i));
        for (int size = 1; size <= 200; size++) {
            List<String> names =
                    IntStream.range(0, size).mapToObj(i -> "name " + i).toList();
            assertThat(handle.createQuery("select name from setting where name in (<names>)")
                            .bindList("names", names)
                            .mapTo(String.class)
                            .list())
                    .containsExactlyInAnyOrderElementsOf(names);
        }
        assertThat(value("name 7")).contains("value 7");
    }

    @Test
    void what_failed_can_be_used_again() {
        save("one", "1");
        assertThatThrownBy(() -> save("one", "again")).isInstanceOf(JdbiException.class);
        save("two", "2");

        assertThat(value("one")).contains("1");
        assertThat(value("two")).contains("2");
        assertThat(used.subList(0, 3).stream().distinct()).hasSize(1);
    }

    @Test
    void a_value_that_is_not_given_is_not_that_of_the_time_before() {
        save("one", "1");
        assertThatThrownBy(() -> handle.createUpdate("insert into setting (name, setting_value) values (:name, :value)")
                        .bind("name", "two")
                        .execute())
                .isInstanceOf(JdbiException.class);
        assertThat(value("two")).isEmpty();
    }

    /** A statement that was left in the middle would keep its reading open, and the log could never be emptied. */
    @Test
    void nothing_remains_under_way_in_the_database() {
        handle.execute("begin immediate");
        save("one", "1");
        save("two", "2");
        handle.createQuery("select setting_value from setting")
                .mapTo(String.class)
                .findFirst();
        value("one");
        handle.createQuery("update setting set setting_value = '3' where name = 'one' returning setting_value")
                .mapTo(String.class)
                .one();
        handle.execute("commit");

        try (Handle other = sqlite.writer().open()) {
            int busy = other.createQuery("pragma wal_checkpoint(truncate)")
                    .map((row, _) -> row.getInt("busy"))
                    .one();
            assertThat(busy).isZero();
        }
    }
}
