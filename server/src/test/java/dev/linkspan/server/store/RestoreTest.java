package dev.linkspan.server.store;

import dev.linkspan.core.Slow;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** From either database into either. */
@Slow
final class RestoreTest {

    private static StoreUnderTest sqlite(Path folder) {
        return new StoreUnderTest(folder, Optional.empty());
    }

    private static StoreUnderTest postgres(Path folder) {
        return new StoreUnderTest(folder, Optional.of(PostgresServer.shared().freshDatabase()));
    }

    private static StoreUnderTest postgresWithSchema(Path folder) {
        return new StoreUnderTest(folder, Optional.of(FreshStores.postgresDatabase()));
    }

    @Nested
    final class FromSqliteToSqlite extends RestoreContract {
        @Override
        protected StoreUnderTest newSource(Path folder) {
            return sqlite(folder);
        }

        @Override
        protected StoreUnderTest newTarget(Path folder) {
            return sqlite(folder);
        }
    }

    @Nested
    final class FromSqliteToPostgres extends RestoreContract {
        @Override
        protected StoreUnderTest newSource(Path folder) {
            return sqlite(folder);
        }

        @Override
        protected StoreUnderTest newTarget(Path folder) {
            return postgres(folder);
        }
    }

    @Nested
    final class FromPostgresToSqlite extends RestoreContract {
        @Override
        protected StoreUnderTest newSource(Path folder) {
            return postgresWithSchema(folder);
        }

        @Override
        protected StoreUnderTest newTarget(Path folder) {
            return sqlite(folder);
        }
    }

    @Nested
    final class FromPostgresToPostgres extends RestoreContract {
        @Override
        protected StoreUnderTest newSource(Path folder) {
            return postgresWithSchema(folder);
        }

        @Override
        protected StoreUnderTest newTarget(Path folder) {
            return postgres(folder);
        }
    }
}
