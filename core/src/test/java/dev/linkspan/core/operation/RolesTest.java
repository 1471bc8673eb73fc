package dev.linkspan.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Role;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolesTest {

    private static final AccountId NOBODY = new AccountId("999999999999");

    private final Fixture fixture = new Fixture(new InMemoryStore());
    private final AccountId owner = fixture.account();
    private final AccountId trusted = fixture.account();
    private final Role role = new Role(owner, "peering");

    private boolean admits(Roles roles, AccountId account, Role wanted) {
        return fixture.read(snapshot -> roles.admit(snapshot, account, wanted));
    }

    @Test
    void a_listed_role_admits_those_that_it_names_and_not_its_own_account() {
        Roles roles = Roles.listed(Map.of(role, Set.of(trusted)));
        assertThat(admits(roles, trusted, role)).isTrue();
        assertThat(admits(roles, owner, role)).isFalse();
        assertThat(admits(roles, fixture.account(), role)).isFalse();
        assertThat(admits(roles, trusted, new Role(owner, "other"))).isFalse();
        assertThat(admits(roles, trusted, new Role(trusted, "peering"))).isFalse();
    }

    @Test
    void a_role_of_an_account_that_is_not_there_admits_nobody() {
        Role ghost = new Role(NOBODY, "peering");
        assertThat(admits(Roles.listed(Map.of(ghost, Set.of(trusted))), trusted, ghost))
                .isFalse();
    }

    @Test
    @Rule("A6")
    void any_admits_everybody_to_everything() {
        assertThat(admits(Roles.ANY, trusted, new Role(NOBODY, "whatever"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a b", "r\u00f4le", "a:b", "a;b"})
    void what_is_no_name_is_refused(String name) {
        assertThatThrownBy(() -> new Role(owner, name)).hasMessageContaining("name of a role");
        assertThatThrownBy(() -> new Role(owner, "x".repeat(65))).hasMessageContaining("1 to 64");
    }
}
