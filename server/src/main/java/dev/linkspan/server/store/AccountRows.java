package dev.linkspan.server.store;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.AccountName;
import dev.linkspan.core.account.EmailAddress;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.port.AccountRepository;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code account} with {@code account_quota}. */
record AccountRows(Handle handle) implements AccountRepository {

    private record Limit(AccountId account, Quota quota, int amount) {}

    @Override
    public Optional<Account> find(AccountId id) {
        return where("id = ?", id).stream().findFirst();
    }

    @Override
    public Optional<Account> findByEmail(EmailAddress email) {
        return where("email = ?", email).stream().findFirst();
    }

    /** Reads the whole directory: for the operator, never for a tenant's request. */
    @Override
    public List<Account> all() {
        return where("1 = 1");
    }

    private List<Account> where(String condition, Object... arguments) {
        Map<AccountId, Map<Quota, Integer>> quotas = handle
                .select("""
                        select * from account_quota
                        where account_id in (select id from account where %s)
                        """.formatted(condition), arguments)
                .map((row, _) -> new Limit(
                        Columns.owner(row), Quota.valueOf(Columns.text(row, "quota")), Columns.number(row, "amount")))
                .stream()
                .collect(groupingBy(Limit::account, toMap(Limit::quota, Limit::amount)));
        return handle.select("select * from account where %s order by created_at, id".formatted(condition), arguments)
                .map((row, _) -> {
                    AccountId account = new AccountId(Columns.text(row, "id"));
                    return new Account(
                            account,
                            Columns.optional(row, "name", AccountName::new),
                            Columns.optionalText(row, "email").flatMap(EmailAddress::tryParse),
                            quotas.getOrDefault(account, Map.of()),
                            Columns.instant(row, "created_at"));
                })
                .list();
    }

    private static final String SAVE = Upsert.by("id", """
            insert into account (id, name, email, created_at)
            values (:id, :name, :email, :createdAt)
            """);

    @Override
    public void save(Account account) {
        handle.createUpdate(SAVE)
                .bind("id", account.id())
                .bind("name", account.name())
                .bind("email", account.email())
                .bind("createdAt", account.createdAt())
                .execute();
        handle.execute("delete from account_quota where account_id = ?", account.id());
        account.quotas().forEach((quota, amount) -> handle.execute("""
                        insert into account_quota (account_id, quota, amount) values (?, ?, ?)
                        """, account.id(), quota, amount));
    }
}
