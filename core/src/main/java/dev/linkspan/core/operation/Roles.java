package dev.linkspan.core.operation;

import dev.linkspan.core.account.Role;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.port.Snapshot;
import java.util.Map;
import java.util.Set;

/** Which accounts may act in which roles. */
@FunctionalInterface
public interface Roles {

    /** Everybody in any role, also of an account that nobody has used yet (A6). */
    Roles ANY = (_, _, _) -> true;

    /**
     * Those that the operator lists, once their account is there.
     *
     * @param trusted who may assume each role
     */
    static Roles listed(Map<Role, Set<AccountId>> trusted) {
        Map<Role, Set<AccountId>> accounts = Map.copyOf(trusted);
        return (snapshot, account, role) ->
                accounts.getOrDefault(role, Set.of()).contains(account)
                        && snapshot.accounts().find(role.account()).isPresent();
    }

    boolean admit(Snapshot snapshot, AccountId account, Role role);
}
