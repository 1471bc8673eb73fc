package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv6Range;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetworkAclAssociationId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.networkacl.AclEntry;
import dev.linkspan.core.networkacl.NetAcls;
import dev.linkspan.core.networkacl.NetworkAcl;
import dev.linkspan.core.networkacl.NetworkAclAssociation;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.core.tag.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkAclsTest {

    private static final NetworkAclId NOBODYS = new NetworkAclId("acl-deadbeef");

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final NetworkAcls acls = new NetworkAcls();
    private final AccountId owner = fixture.account();
    private final AccountId stranger = fixture.account();
    private final Net net = fixture.net(owner, "10.0.0.0/16");
    private final Net otherNet = fixture.net(owner, "10.9.0.0/16");
    private final Subnet subnet = fixture.subnet(net, "10.0.1.0/24");
    private final NetworkAclId defaultId = NetworkAclId.ofDefault(net.id());

    private static AclEntry entry(int number, Direction direction, boolean allows) {
        return new AclEntry(number, direction, new Traffic.Ports(Traffic.TCP, 22, 22), Cidr.ALL, allows);
    }

    private static AclEntry entry(int number) {
        return entry(number, Direction.INBOUND, true);
    }

    private void change(Consumer<UnitOfWork> work) {
        fixture.change(unit -> {
            work.accept(unit);
            return owner;
        });
    }

    /** Nothing has happened but the refusal. */
    private AbstractStringAssert<?> assertUnchanged(RefusalCode code, Consumer<UnitOfWork> work) {
        NetAcls before = ofNet();
        long last = fixture.read(snapshot -> snapshot.events().lastSequence());
        AbstractStringAssert<?> message = assertRefused(code, () -> change(work));
        assertThat(ofNet()).isEqualTo(before);
        assertThat(fixture.read(snapshot -> snapshot.events().lastSequence()).longValue())
                .isEqualTo(last);
        return message;
    }

    private NetworkAcl create() {
        return create(net, Optional.empty());
    }

    private NetworkAcl create(Net in, Optional<String> token) {
        return fixture.change(unit -> acls.create(unit, owner, in.id(), token));
    }

    private void createEntry(NetworkAclId id, AclEntry entry) {
        change(unit -> acls.createEntry(unit, owner, id, entry));
    }

    private NetworkAclAssociation associate(NetworkAclAssociationId from, NetworkAclId to) {
        return fixture.change(unit -> acls.replaceAssociation(unit, owner, from, to));
    }

    private NetworkAclAssociationId association() {
        return ofNet().association(subnet.id()).id();
    }

    private NetAcls ofNet() {
        return fixture.read(snapshot -> NetworkAcls.of(snapshot, net));
    }

    private NetworkAcl current(NetworkAclId id) {
        return ofNet().find(id).orElseThrow();
    }

    private List<NetworkAcl> stored() {
        return fixture.read(snapshot -> snapshot.networkAcls().ofOwner(owner));
    }

    private Event lastEvent() {
        return fixture.read(snapshot -> snapshot.events().after(0, 1000).getLast());
    }

    private void assertLastEvent(EventType type, NetworkAclId acl, String detail) {
        Fact fact = lastEvent().fact();
        assertThat(fact.type()).isEqualTo(type);
        assertThat(fact.subject()).isEqualTo(acl.value());
        assertThat(fact.accounts()).containsExactly(owner);
        assertThat(fact.nets()).containsExactly(net.id());
        assertThat(fact.detail()).isEqualTo(detail);
    }

    private void limit(Quota quota, int limit) {
        change(unit -> {
            Account account = unit.accounts().find(owner).orElseThrow();
            unit.accounts().save(new Account(owner, account.email(), Map.of(quota, limit), account.createdAt()));
        });
    }

    private void tag(NetworkAclId id) {
        change(unit -> unit.tags().save(new Tag(id, owner, "Name", "x")));
    }

    private List<Tag> tags() {
        return fixture.read(snapshot -> snapshot.tags().ofOwner(owner));
    }

    @Test
    @Rule("N1")
    void a_net_has_a_default_one_at_every_subnet_before_anything_is_stored() {
        assertThat(stored()).isEmpty();
        assertThat(ofNet().all()).containsExactly(NetworkAcl.ofBirth(net));
        assertThat(ofNet().of(subnet.id()).id()).isEqualTo(defaultId);
        assertThat(association()).isEqualTo(NetworkAclAssociationId.ofBirth(subnet.id()));
    }

    @Test
    @Rule("A4")
    void anothers_is_unknown_like_none() {
        for (NetworkAclId id : List.of(create().id(), defaultId)) {
            assertRefused(
                            RefusalCode.UNKNOWN_ID,
                            () -> fixture.read(snapshot -> NetworkAcls.require(snapshot, stranger, id)))
                    .isEqualTo("The network ACL '%s' doesn't exist.", id);
            assertThat(fixture.read(snapshot -> NetworkAcls.require(snapshot, owner, id))
                            .id())
                    .isEqualTo(id);
        }
        assertRefused(
                RefusalCode.UNKNOWN_ID, () -> fixture.read(snapshot -> NetworkAcls.require(snapshot, owner, NOBODYS)));
    }

    @Nested
    class Create {

        @Test
        @Rule("N1")
        void it_allows_nothing_and_stands_nowhere() {
            NetworkAcl made = create();

            assertThat(made.entries()).isEmpty();
            assertThat(made.associations()).isEmpty();
            assertThat(made.isDefault()).isFalse();
            assertThat(current(made.id())).isEqualTo(made);
            assertThat(ofNet().of(subnet.id()).id()).isEqualTo(defaultId);
            assertLastEvent(EventType.NETWORK_ACL_CREATED, made.id(), "in " + net.id());
            assertThat(lastEvent().fact().type().mayRevoke()).isFalse();
        }

        @Test
        void a_repeated_token_is_answered_with_the_acl_that_it_made_until_that_is_gone() {
            NetworkAcl first = create(net, Optional.of("token"));

            assertThat(create(net, Optional.of("token"))).isEqualTo(first);
            assertThat(create(net, Optional.of("other")).id()).isNotEqualTo(first.id());
            assertThat(create().id()).isNotEqualTo(first.id());
            assertRefused(RefusalCode.BAD_VALUE, () -> create(otherNet, Optional.of("token")))
                    .contains(first.id().value(), net.id().value());
            change(unit -> acls.delete(unit, owner, first.id()));
            assertThat(create(net, Optional.of("token")).id()).isNotEqualTo(first.id());
        }

        @Test
        void a_token_has_1_to_64_characters() {
            assertRefused(RefusalCode.BAD_VALUE, () -> create(net, Optional.of("")));
            assertRefused(RefusalCode.BAD_VALUE, () -> create(net, Optional.of("x".repeat(65))));
            assertThat(create(net, Optional.of("x".repeat(64))).clientToken()).isPresent();
        }

        @Test
        @Rule("A4")
        void one_for_anothers_net_is_refused_like_for_none() {
            assertUnchanged(RefusalCode.UNKNOWN_ID, unit -> acls.create(unit, stranger, net.id(), Optional.empty()))
                    .isEqualTo("The Net '%s' doesn't exist.", net.id());
        }

        @Test
        @Rule("P12")
        void the_quota_counts_the_default_one_too() {
            limit(Quota.NETWORK_ACLS_PER_NET, 2);
            create();

            assertUnchanged(RefusalCode.QUOTA, unit -> acls.create(unit, owner, net.id(), Optional.empty()))
                    .contains(net.id().value(), "network-acls-per-net");
        }
    }

    @Nested
    class Delete {

        @Test
        void one_that_stands_nowhere_goes_with_its_tags() {
            NetworkAcl made = create();
            createEntry(made.id(), entry(100));
            tag(made.id());

            change(unit -> acls.delete(unit, owner, made.id()));

            assertThat(ofNet().find(made.id())).isEmpty();
            assertThat(tags()).isEmpty();
            assertLastEvent(EventType.NETWORK_ACL_DELETED, made.id(), "of " + net.id());
        }

        @Test
        void one_that_stands_somewhere_stays_and_the_subnet_is_named() {
            NetworkAcl made = create();
            associate(association(), made.id());

            assertUnchanged(RefusalCode.CONFLICT, unit -> acls.delete(unit, owner, made.id()))
                    .contains(made.id().value(), subnet.id().value());
        }

        @Test
        @Rule("N1")
        void the_default_one_stays_stored_or_not() {
            assertUnchanged(RefusalCode.BAD_VALUE, unit -> acls.delete(unit, owner, defaultId))
                    .contains(defaultId.value(), net.id().value());
            createEntry(defaultId, entry(1));
            assertUnchanged(RefusalCode.BAD_VALUE, unit -> acls.delete(unit, owner, defaultId));
        }

        @Test
        @Rule("A4")
        void anothers_is_unknown() {
            NetworkAcl made = create();

            assertUnchanged(RefusalCode.UNKNOWN_ID, unit -> acls.delete(unit, stranger, made.id()));
        }
    }

    @Nested
    class Entries {

        @Test
        void an_entry_is_added_by_its_number() {
            NetworkAcl made = create();
            createEntry(made.id(), entry(200));
            createEntry(made.id(), entry(100));
            createEntry(made.id(), entry(100, Direction.OUTBOUND, false));

            assertThat(current(made.id()).entries())
                    .containsExactly(entry(100), entry(200), entry(100, Direction.OUTBOUND, false));
            assertLastEvent(EventType.NETWORK_ACL_CHANGED, made.id(), "added 100 outbound deny tcp 22-22 0.0.0.0/0");
            assertThat(lastEvent().fact().type().mayRevoke()).isTrue();
        }

        @Test
        @Rule("N1")
        void the_default_one_is_stored_when_it_is_changed() {
            createEntry(defaultId, entry(50, Direction.INBOUND, false));

            assertThat(stored()).extracting(NetworkAcl::id).containsExactly(defaultId);
            assertThat(current(defaultId).entries())
                    .extracting(AclEntry::number)
                    .containsExactly(50, 100, 100);
            assertThat(ofNet().of(subnet.id()).id()).isEqualTo(defaultId);
        }

        @Test
        void a_number_that_is_taken_is_refused_in_that_direction() {
            NetworkAcl made = create();
            createEntry(made.id(), entry(100));

            assertUnchanged(
                            RefusalCode.ACL_ENTRY_EXISTS,
                            unit -> acls.createEntry(unit, owner, made.id(), entry(100, Direction.INBOUND, false)))
                    .contains(made.id().value(), "inbound", "100");
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, 0, 32_767, 32_768})
        void a_number_is_within_1_to_32766(int number) {
            NetworkAcl made = create();

            assertUnchanged(RefusalCode.BAD_VALUE, unit -> acls.createEntry(unit, owner, made.id(), entry(number)))
                    .contains("'%d'".formatted(number), "1 to 32766");
            assertUnchanged(RefusalCode.BAD_VALUE, unit -> acls.replaceEntry(unit, owner, made.id(), entry(number)));
            assertUnchanged(
                    RefusalCode.BAD_VALUE, unit -> acls.deleteEntry(unit, owner, made.id(), Direction.INBOUND, number));
        }

        @Test
        @Rule("P12")
        void the_quota_counts_both_directions() {
            limit(Quota.ENTRIES_PER_NETWORK_ACL, 2);
            NetworkAcl made = create();
            createEntry(made.id(), entry(1));
            createEntry(made.id(), entry(1, Direction.OUTBOUND, true));

            assertUnchanged(RefusalCode.QUOTA, unit -> acls.createEntry(unit, owner, made.id(), entry(2)))
                    .contains(made.id().value(), "entries-per-network-acl");
            change(unit -> acls.replaceEntry(unit, owner, made.id(), entry(1, Direction.INBOUND, false)));
        }

        @Test
        void an_entry_is_replaced_by_its_number_and_direction() {
            NetworkAcl made = create();
            createEntry(made.id(), entry(100));
            createEntry(made.id(), entry(100, Direction.OUTBOUND, true));
            AclEntry other = new AclEntry(100, Direction.INBOUND, new Traffic.All(), new Ipv6Range("::/0"), false);

            change(unit -> acls.replaceEntry(unit, owner, made.id(), other));

            assertThat(current(made.id()).entries()).containsExactly(other, entry(100, Direction.OUTBOUND, true));
            assertLastEvent(
                    EventType.NETWORK_ACL_CHANGED,
                    made.id(),
                    "100 inbound deny -1 ::/0, before 100 inbound allow tcp 22-22 0.0.0.0/0");
        }

        @Test
        void the_same_entry_in_its_own_place_is_no_event() {
            NetworkAcl made = create();
            createEntry(made.id(), entry(100));
            Event before = lastEvent();

            change(unit -> acls.replaceEntry(unit, owner, made.id(), entry(100)));

            assertThat(lastEvent()).isEqualTo(before);
        }

        @Test
        void an_entry_is_removed_by_its_number_and_direction() {
            change(unit -> acls.deleteEntry(unit, owner, defaultId, Direction.INBOUND, 100));

            assertThat(current(defaultId).allowsAll(Direction.INBOUND)).isFalse();
            assertThat(current(defaultId).allowsAll(Direction.OUTBOUND)).isTrue();
            assertLastEvent(EventType.NETWORK_ACL_CHANGED, defaultId, "removed 100 inbound allow -1 0.0.0.0/0");
        }

        @Test
        void an_entry_that_is_not_there_is_neither_replaced_nor_removed() {
            NetworkAcl made = create();
            createEntry(made.id(), entry(100));

            assertUnchanged(
                            RefusalCode.UNKNOWN_ACL_ENTRY,
                            unit -> acls.replaceEntry(unit, owner, made.id(), entry(100, Direction.OUTBOUND, true)))
                    .contains(made.id().value(), "outbound", "100");
            assertUnchanged(
                    RefusalCode.UNKNOWN_ACL_ENTRY,
                    unit -> acls.deleteEntry(unit, owner, made.id(), Direction.INBOUND, 101));
        }

        @Test
        @Rule("A4")
        void anothers_has_none_to_change() {
            for (NetworkAclId id : List.of(create().id(), defaultId, NOBODYS)) {
                assertUnchanged(RefusalCode.UNKNOWN_ID, unit -> acls.createEntry(unit, stranger, id, entry(100)));
                assertUnchanged(RefusalCode.UNKNOWN_ID, unit -> acls.replaceEntry(unit, stranger, id, entry(100)));
                assertUnchanged(
                        RefusalCode.UNKNOWN_ID, unit -> acls.deleteEntry(unit, stranger, id, Direction.INBOUND, 100));
            }
        }
    }

    @Nested
    class ReplaceAssociation {

        @Test
        @Rule("N1")
        void a_subnet_has_one_acl_at_a_time() {
            NetworkAcl made = create();
            NetworkAclAssociationId before = association();

            NetworkAclAssociation first = associate(before, made.id());

            assertThat(first.subnet()).isEqualTo(subnet.id());
            assertThat(ofNet().of(subnet.id()).id()).isEqualTo(made.id());
            assertThat(association()).isEqualTo(first.id()).isNotEqualTo(before);
            assertLastEvent(EventType.NETWORK_ACL_CHANGED, made.id(), "stands at " + subnet.id());

            NetworkAclAssociation back = associate(first.id(), defaultId);

            assertThat(ofNet().of(subnet.id()).id()).isEqualTo(defaultId);
            assertThat(association()).isEqualTo(back.id()).isNotEqualTo(first.id());
            assertThat(current(made.id()).associations()).isEmpty();
        }

        @Test
        void the_same_acl_again_is_a_new_association() {
            NetworkAcl made = create();
            NetworkAclAssociation first = associate(association(), made.id());

            NetworkAclAssociation second = associate(first.id(), made.id());

            assertThat(second.id()).isNotEqualTo(first.id());
            assertThat(current(made.id()).associations()).containsExactly(second);
        }

        @Test
        void an_association_that_was_replaced_is_unknown() {
            NetworkAcl made = create();
            NetworkAclAssociationId born = association();
            NetworkAclAssociation first = associate(born, made.id());
            associate(first.id(), defaultId);

            for (NetworkAclAssociationId gone : List.of(born, first.id())) {
                assertUnchanged(RefusalCode.UNKNOWN_ID, unit -> acls.replaceAssociation(unit, owner, gone, made.id()))
                        .contains(gone.value());
            }
        }

        @Test
        void an_acl_of_another_net_is_refused() {
            NetworkAcl other = create(otherNet, Optional.empty());

            for (NetworkAclId id : List.of(other.id(), NetworkAclId.ofDefault(otherNet.id()))) {
                assertUnchanged(RefusalCode.BAD_VALUE, unit -> acls.replaceAssociation(unit, owner, association(), id))
                        .contains(id.value(), otherNet.id().value(), net.id().value());
            }
        }

        @Test
        @Rule("A4")
        void anothers_are_unknown() {
            NetworkAclId strangers =
                    NetworkAclId.ofDefault(fixture.net(stranger, "10.0.0.0/16").id());
            NetworkAclAssociationId born = association();

            assertUnchanged(RefusalCode.UNKNOWN_ID, unit -> acls.replaceAssociation(unit, stranger, born, strangers));
            assertUnchanged(RefusalCode.UNKNOWN_ID, unit -> acls.replaceAssociation(unit, owner, born, strangers));
            assertUnchanged(RefusalCode.UNKNOWN_ID, unit -> acls.replaceAssociation(unit, owner, born, NOBODYS));
        }
    }

    @Nested
    class Ends {

        private final Subnets subnets = new Subnets(new Subregions(List.of()));
        private final Nets nets = new Nets();

        @Test
        void a_subnet_goes_and_its_association_with_it() {
            NetworkAcl made = create();
            associate(association(), made.id());

            change(unit -> subnets.delete(unit, owner, subnet.id()));

            assertThat(current(made.id()).associations()).isEmpty();
            change(unit -> acls.delete(unit, owner, made.id()));
        }

        @Test
        void a_net_goes_with_its_default_one_and_no_other() {
            NetworkAcl made = create();
            createEntry(defaultId, entry(1));
            tag(defaultId);
            change(unit -> subnets.delete(unit, owner, subnet.id()));

            assertUnchanged(RefusalCode.CONFLICT, unit -> nets.delete(unit, owner, net.id()))
                    .contains(made.id().value())
                    .doesNotContain(defaultId.value());
            change(unit -> acls.delete(unit, owner, made.id()));
            change(unit -> nets.delete(unit, owner, net.id()));

            assertThat(stored()).isEmpty();
            assertThat(tags()).isEmpty();
            assertRefused(
                    RefusalCode.UNKNOWN_ID,
                    () -> fixture.read(snapshot -> NetworkAcls.require(snapshot, owner, defaultId)));
        }
    }
}
