package dev.linkspan.server.store;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.AccountName;
import dev.linkspan.core.account.EmailAddress;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.id.AccountId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code account} with {@code account_quota}. */
record AccountRows(Handle handle) {

    private record Limit(AccountId account, Quota quota, int amount) {}

    Optional<Account> one(AccountId id) {
        return where("id = :id", Map.of("id", id)).stream().findFirst();
    }

    Optional<Account> of(EmailAddress email) {
        return where("email = :email", Map.of("email", email)).stream().findFirst();
    }

    /** Reads the whole directory: for the operator, never for a tenant's request. */
    List<Account> all() {
        return where("1 = 1", Map.of());
    }

    private List<Account> where(String condition, Map<String, ?> bindings) {
        Map<AccountId, Map<Quota, Integer>> quotas = handle
                .createQuery("""
                        select * from account_quota
                        where account_id in (select id from account where %s)
                        """.formatted(condition))
                .bindMap(bindings)
                .map((row, _) -> new Limit(
                        Columns.owner(row), Quota.valueOf(Columns.text(row, "quota")), Columns.number(row, "amount")))
                .stream()
                .collect(groupingBy(Limit::account, toMap(Limit::quota, Limit::amount)));
        return handle.createQuery("select * from account where %s order by created_at, id".formatted(condition))
                .bindMap(bindings)
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

    void save(Account account) {
        handle.createUpdate("""
                        insert into account (id, name, email, created_at)
                        values (:id, :name, :email, :createdAt)
                        on conflict (id) do update set
                            name = excluded.name, email = excluded.email, created_at = excluded.created_at
                        """)
                .bind("id", account.id())
                .bind("name", account.name())
                .bind("email", account.email())
                .bind("createdAt", account.createdAt())
                .execute();
        handle.createUpdate("delete from account_quota where account_id = :account")
                .bind("account", account.id())
                .execute();
        account.quotas()
                .forEach((quota, amount) -> handle.createUpdate("""
                        insert into account_quota (account_id, quota, amount) values (:account, :quota, :amount)
                        """)
                        .bind("account", account.id())
                        .bind("quota", quota)
                        .bind("amount", amount)
                        .execute());
    }
}
