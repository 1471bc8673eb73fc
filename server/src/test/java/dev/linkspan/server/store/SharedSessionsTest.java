package dev.linkspan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Slow;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.EmailAddress;
import dev.linkspan.core.account.Password;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.SessionId;
import dev.linkspan.core.operation.Sessions;
import dev.linkspan.core.port.Fixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that share a PostgreSQL database, and somebody who signs in to one of them. */
@Slow
final class SharedSessionsTest {

    private static final SessionId ID = new SessionId("a".repeat(64));

    @TempDir
    private Path temporary;

    private final String database = PostgresServer.shared().freshDatabase();
    private final Sessions sessions = new Sessions(false);

    private boolean counts(SqlStore server) {
        return new Fixture(server)
                .read(snapshot -> sessions.find(snapshot, ID, Instant.now()))
                .isPresent();
    }

    private SqlStore server(DataFolder folder) {
        return SqlStore.postgres(database, folder, List.of(Fixture.REGION), StoreClock.ofDatabase());
    }

    private Path folderWithTheKeyOf(Path other) throws IOException {
        Path path = Files.createDirectories(temporary.resolve("two"));
        Files.copy(other.resolve("master.key"), path.resolve("master.key"), StandardCopyOption.COPY_ATTRIBUTES);
        return path;
    }

    @Test
    void a_session_counts_on_both_and_ends_on_both() throws IOException {
        Path first = temporary.resolve("one");
        try (DataFolder folder = DataFolder.open(first);
                DataFolder otherFolder = DataFolder.open(folderWithTheKeyOf(first));
                SqlStore one = server(folder);
                SqlStore other = server(otherFolder)) {
            Fixture fixture = new Fixture(one);
            AccountId account = fixture.account();
            Password password = new Password(account, "hash", fixture.now());
            fixture.change(unit -> {
                EmailAddress email = new EmailAddress("ada@example.org");
                unit.accounts().save(new Account(account, Optional.of(email), Map.of(), unit.now()));
                unit.passwords().save(password);
                return email;
            });
            Password kept =
                    fixture.read(snapshot -> snapshot.passwords().find(account).orElseThrow());
            fixture.change(unit -> sessions.open(unit, ID, kept, Instant.now()));

            assertThat(counts(one)).isTrue();
            assertThat(counts(other)).isTrue();

            new Fixture(other).change(unit -> {
                sessions.close(unit, ID);
                return ID;
            });
            assertThat(counts(one)).isFalse();
            assertThat(counts(other)).isFalse();
        }
    }
}
