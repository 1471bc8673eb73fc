package dev.linkspan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class UpsertTest {

    @Test
    void every_column_but_those_of_the_key_is_replaced() {
        String statement = Upsert.by("owner, name", """
                insert into thing
                    (owner, name, size,
                    colour)
                values (:owner, :name, :size, :colour)
                """);

        assertThat(statement).isEqualTo("""
                insert into thing
                    (owner, name, size,
                    colour)
                values (:owner, :name, :size, :colour)
                on conflict (owner, name) do update set size = excluded.size, colour = excluded.colour""");
    }
}
