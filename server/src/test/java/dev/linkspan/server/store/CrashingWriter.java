package dev.linkspan.server.store;

import dev.linkspan.core.account.Account;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.UnitOfWork;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Changes a store without end, on eight threads, and prints each change's number and token once it is acknowledged. Each
 * change makes an account and records an event, so that half of one would show.
 */
final class CrashingWriter {

    private static final int THREADS = 8;

    private CrashingWriter() {}

    public static void main(String[] arguments) {
        DataFolder folder = DataFolder.open(Path.of(arguments[0]));
        SqlStore store = SqlStore.sqlite(folder, List.of(Fixture.REGION), StoreClock.of(InstantSource.system()));
        for (int i = 0; i < THREADS; i++) {
            Thread.ofPlatform().start(() -> writeWithoutEnd(new Fixture(store)));
        }
    }

    private static void writeWithoutEnd(Fixture fixture) {
        while (true) {
            String token = UUID.randomUUID().toString();
            long sequence = fixture.change(unit -> write(unit, token));
            System.out.println(sequence + " " + token);
        }
    }

    private static long write(UnitOfWork unit, String token) {
        AccountId account = new AccountId("%012d".formatted(unit.events().lastSequence() + 1));
        unit.accounts().save(new Account(account, Optional.empty(), Map.of(), unit.now()));
        unit.record(new Fact(EventType.ACCOUNT_CREATED, account.value(), Set.of(account), Set.of(), token));
        return unit.events().lastSequence();
    }
}
