package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.keypair.Keypair;
import dev.linkspan.core.keypair.KeypairType;
import dev.linkspan.core.keypair.NewKeypair;
import dev.linkspan.core.keypair.PublicKey;
import dev.linkspan.core.keypair.PublicKeys;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.tag.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeypairsTest {

    private static final PublicKey KEY = PublicKeys.of(KeypairType.ED25519, "ada@example.org");

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final Fixture elsewhere = new Fixture(store, Fixture.OTHER_REGION);
    private final Keypairs keypairs = new Keypairs();
    private final AccountId owner = fixture.account();
    private final AccountId stranger = fixture.account();

    private Keypair create(Fixture where, AccountId caller, String name) {
        return where.change(unit -> keypairs.create(unit, caller, new NewKeypair(name, KEY, Optional.empty())));
    }

    private Keypair create(String name) {
        return create(fixture, owner, name);
    }

    private Keypair delete(AccountId caller, KeypairId id) {
        return fixture.change(unit -> keypairs.delete(unit, caller, id));
    }

    private List<Keypair> stored() {
        return fixture.read(snapshot -> snapshot.keypairs().ofOwner(owner));
    }

    private List<String> events() {
        return fixture.read(snapshot -> snapshot.events().after(0, 100)).stream()
                .map(Event::fact)
                .map(fact -> "%s %s %s".formatted(fact.type(), fact.subject(), fact.detail()))
                .toList();
    }

    @Test
    void a_keypair_is_kept_as_it_is_given() {
        NewKeypair wanted = new NewKeypair("mine", PublicKeys.of(KeypairType.RSA, ""), Optional.of("0a:0b"));

        Keypair keypair = fixture.change(unit -> keypairs.create(unit, owner, wanted));

        assertThat(keypair)
                .isEqualTo(new Keypair(
                        keypair.id(), owner, "mine", wanted.publicKey(), Optional.of("0a:0b"), fixture.now()));
        assertThat(keypair.type()).isEqualTo(KeypairType.RSA);
        assertThat(stored()).containsExactly(keypair);
        assertThat(events()).containsExactly("KEYPAIR_CREATED %s ssh-rsa named 'mine'".formatted(keypair.id()));
    }

    @Test
    void a_name_is_taken_once_in_an_account_and_region() {
        Keypair first = create("mine");

        assertRefused(RefusalCode.KEYPAIR_EXISTS, () -> create("mine"))
                .contains("'mine'", first.id().value());
        create("Mine");
        create(fixture, stranger, "mine");
        create(elsewhere, owner, "mine");
        assertThat(stored()).extracting(Keypair::name).containsExactly("mine", "Mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "two words", "~!@#$%^&*()_+{}|:\"<>?", " spaces around "})
    void a_name_is_printable(String name) {
        assertThat(create(name).name()).isEqualTo(name);
        assertThat(create("x".repeat(255)).name()).hasSize(255);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void a_name_is_something(String name) {
        assertRefused(RefusalCode.BAD_VALUE, () -> create(name)).contains("name of the keypair", "1 to 255");
        assertRefused(RefusalCode.BAD_VALUE, () -> create("x".repeat(256))).contains("name of the keypair", "1 to 255");
        assertThat(stored()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"caf\u00e9", "a\nb", "a\tb", "a\u007f"})
    void a_name_is_of_ascii(String name) {
        assertRefused(RefusalCode.MALFORMED_VALUE, () -> create(name)).contains("name of the keypair", name, "ASCII");
        assertThat(stored()).isEmpty();
    }

    @Test
    void a_deleted_keypair_takes_its_tags_with_it_and_leaves_its_name() {
        Keypair keypair = create("mine");
        fixture.change(unit -> {
            new Tags().create(unit, owner, List.of(keypair.id()), Map.of("team", "net"));
            return keypair;
        });
        assertThat(fixture.<List<Tag>>read(snapshot -> new Tags().visible(snapshot, owner, List.of(keypair.id()))))
                .containsExactly(new Tag(keypair.id(), owner, "team", "net"));

        assertThat(delete(owner, keypair.id())).isEqualTo(keypair);

        assertThat(stored()).isEmpty();
        assertThat(fixture.<List<Tag>>read(snapshot -> snapshot.tags().ofOwner(owner)))
                .isEmpty();
        assertThat(events()).last().isEqualTo("KEYPAIR_DELETED %s ssh-ed25519 named 'mine'".formatted(keypair.id()));
        assertRefused(RefusalCode.UNKNOWN_ID, () -> delete(owner, keypair.id()));
        assertThat(create("mine").id()).isNotEqualTo(keypair.id());
    }

    @Test
    @Rule("A4")
    void a_keypair_of_another_account_is_unknown() {
        Keypair keypair = create("mine");

        assertRefused(RefusalCode.UNKNOWN_ID, () -> delete(stranger, keypair.id()))
                .isEqualTo("The keypair '%s' doesn't exist.".formatted(keypair.id()));
        assertRefused(
                        RefusalCode.UNKNOWN_KEYPAIR,
                        () -> fixture.read(snapshot -> Keypairs.named(snapshot, stranger, "mine")))
                .contains("'mine'");
        assertRefused(
                RefusalCode.UNKNOWN_ID,
                () -> fixture.change(unit -> {
                    new Tags().create(unit, stranger, List.of(keypair.id()), Map.of("team", "net"));
                    return keypair;
                }));
        assertThat(stored()).containsExactly(keypair);
    }
}
