package dev.linkspan.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.keypair.Keypair;
import dev.linkspan.core.keypair.KeypairType;
import dev.linkspan.core.keypair.PublicKey;
import dev.linkspan.core.keypair.PublicKeys;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keypairs, whose names are an account's in a Region. */
public abstract class StoredKeypairsContract extends StoreContract {

    private static final PublicKey KEY = PublicKeys.of(KeypairType.RSA, "ada@example.org");

    private AccountId owner;
    private AccountId stranger;

    @BeforeEach
    void populate() {
        owner = fixture.account();
        stranger = fixture.account();
    }

    private void write(Consumer<UnitOfWork> work) {
        fixture.change(unit -> {
            work.accept(unit);
            return true;
        });
    }

    private Keypair keypair(int id, AccountId account, String name) {
        return new Keypair(KeypairId.KIND.of(id), account, name, KEY, Optional.empty(), fixture.now());
    }

    @ParameterizedTest
    @EnumSource(KeypairType.class)
    void a_keypair_is_read_as_it_was_saved(KeypairType type) {
        Keypair imported = new Keypair(
                KeypairId.KIND.of(7),
                owner,
                "it's \"mine\" ~",
                PublicKeys.of(type, ""),
                Optional.empty(),
                fixture.now());
        Keypair made = new Keypair(
                KeypairId.KIND.of(8),
                owner,
                "made",
                PublicKeys.of(type, "Ada's, and nobody else's \u00e9"),
                Optional.of("0a:0b"),
                fixture.now().plusMillis(1));
        write(unit -> unit.keypairs().save(imported));
        write(unit -> unit.keypairs().save(made));

        assertOne(snapshot -> snapshot.keypairs().find(imported.id())).contains(imported);
        assertOne(snapshot -> snapshot.keypairs().findByName(owner, imported.name()))
                .contains(imported);
        assertOne(snapshot -> snapshot.keypairs().find(made.id())).contains(made);
        assertList(snapshot -> snapshot.keypairs().ofOwner(owner)).containsExactly(imported, made);
    }

    @Test
    void they_are_listed_for_their_owner_in_the_order_of_creation() {
        Keypair first = keypair(8, owner, "z");
        clock.advance(Duration.ofMillis(1));
        Keypair second = keypair(7, owner, "a");
        Keypair theirs = keypair(9, stranger, "a");
        write(unit -> unit.keypairs().save(second));
        write(unit -> unit.keypairs().save(theirs));
        write(unit -> unit.keypairs().save(first));

        assertList(snapshot -> snapshot.keypairs().ofOwner(owner)).containsExactly(first, second);
        assertList(snapshot -> snapshot.keypairs().ofOwner(stranger)).containsExactly(theirs);
        assertOne(snapshot -> snapshot.keypairs().findByName(owner, "a")).contains(second);
        assertOne(snapshot -> snapshot.keypairs().findByName(stranger, "a")).contains(theirs);
        assertOne(snapshot -> snapshot.keypairs().findByName(stranger, "z")).isEmpty();
        assertOne(snapshot -> snapshot.keypairs().findByName(owner, "A")).isEmpty();
        assertOne(snapshot -> snapshot.keypairs().find(KeypairId.KIND.of(-1))).isEmpty();
    }

    @Test
    void a_name_is_one_keypairs_in_a_region() {
        Keypair here = keypair(7, owner, "mine");
        write(unit -> unit.keypairs().save(here));
        Keypair there = keypair(8, owner, "mine");
        elsewhere.change(unit -> {
            unit.keypairs().save(there);
            return true;
        });

        assertBug(() -> write(unit -> unit.keypairs().save(keypair(9, owner, "mine"))));
        assertOne(snapshot -> snapshot.keypairs().findByName(owner, "mine")).contains(here);
        assertList(elsewhere, snapshot -> snapshot.keypairs().ofOwner(owner)).containsExactly(there);
        assertOne(elsewhere, snapshot -> snapshot.keypairs().find(here.id())).isEmpty();
    }

    @Test
    void a_keypair_that_is_deleted_leaves_its_name_free() {
        Keypair keypair = keypair(7, owner, "mine");
        write(unit -> unit.keypairs().save(keypair));
        write(unit -> unit.keypairs().delete(keypair.id()));

        assertList(snapshot -> snapshot.keypairs().ofOwner(owner)).isEmpty();
        Keypair next = keypair(8, owner, "mine");
        write(unit -> unit.keypairs().save(next));
        assertOne(snapshot -> snapshot.keypairs().findByName(owner, "mine")).contains(next);
    }

    @Test
    void it_belongs_to_an_account() {
        assertBug(() -> write(unit -> unit.keypairs().save(keypair(7, new AccountId("999999999999"), "mine"))));
        assertThat(fixture.<Optional<Keypair>>read(
                        snapshot -> snapshot.keypairs().find(KeypairId.KIND.of(7))))
                .isEmpty();
    }
}
