package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ImageId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.operation.Tags.Unwanted;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.tag.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TagsTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final Tags tags = new Tags();
    private final AccountId owner = fixture.account();
    private final AccountId peer = fixture.account();
    private final Net net = fixture.net(owner, "10.0.0.0/16");

    private void create(AccountId caller, Map<String, String> values, ResourceId... resources) {
        fixture.change(unit -> {
            tags.create(unit, caller, List.of(resources), values);
            return unit.now();
        });
    }

    private void delete(AccountId caller, Unwanted unwanted, ResourceId... resources) {
        fixture.change(unit -> {
            tags.delete(unit, caller, List.of(resources), List.of(unwanted));
            return unit.now();
        });
    }

    private Map<String, String> tagsOf(AccountId viewer, ResourceId resource) {
        return fixture.read(snapshot -> snapshot.tags().ofResources(viewer, List.of(resource)).stream()
                .collect(Collectors.toMap(Tag::key, Tag::value)));
    }

    private List<Event> events() {
        return fixture.read(snapshot -> snapshot.events().after(0, 100));
    }

    @Nested
    class Create {

        @Test
        void tags_are_set_on_every_resource_and_replace_values_of_the_same_key() {
            Subnet subnet = fixture.subnet(net, "10.0.1.0/24");
            create(owner, Map.of("name", "old", "stage", "test"), net.id());

            create(owner, Map.of("name", "new"), net.id(), subnet.id());

            assertThat(tagsOf(owner, net.id())).isEqualTo(Map.of("name", "new", "stage", "test"));
            assertThat(tagsOf(owner, subnet.id())).isEqualTo(Map.of("name", "new"));
        }

        @Test
        void whatever_can_have_tags_gets_them() {
            Subnet subnet = fixture.subnet(net, "10.0.1.0/24");
            Vm vm = fixture.vm(subnet, "10.0.1.4");
            Nic nic = fixture.nic(subnet, "10.0.1.5");
            RouteTable table = fixture.mainTable(net);
            SecurityGroup group = fixture.defaultGroup(net);
            SecurityGroupRuleId rule = group.rules().getFirst().id();

            create(owner, Map.of("name", "mine"), vm.id(), nic.id(), table.id(), group.id(), rule);

            List<Tag> visible = fixture.read(snapshot -> visible(snapshot, owner));
            assertThat(visible)
                    .extracting(Tag::resource)
                    .containsExactlyInAnyOrder(vm.id(), nic.id(), table.id(), group.id(), rule);
        }

        @Test
        @Rule("L9")
        void the_log_tells_which_tags_changed_and_to_what() {
            create(owner, Map.of("name", "first", "old", ""), net.id());
            create(owner, Map.of("name", "second", "old", ""), net.id());

            assertThat(events().getLast().fact().detail()).isEqualTo("set name: second");

            create(owner, Map.of("long", "v".repeat(255)), net.id());
            assertThat(events().getLast().fact().detail())
                    .startsWith("set long: vvv")
                    .endsWith("v…")
                    .hasSizeLessThan(100);
        }

        @Test
        void setting_what_is_set_is_no_event() {
            create(owner, Map.of("name", "first"), net.id());
            create(owner, Map.of("name", "first"), net.id());

            assertThat(events())
                    .singleElement()
                    .satisfies(event -> assertThat(event.fact().type()).isEqualTo(EventType.TAGS_CHANGED));
        }

        @Test
        @Rule("A4")
        void nothing_is_set_where_one_resource_is_not_the_callers() {
            Net theirs = fixture.net(peer, "10.1.0.0/16");

            assertRefused(RefusalCode.UNKNOWN_ID, () -> create(owner, Map.of("name", "first"), net.id(), theirs.id()))
                    .isEqualTo("The resource '%s' doesn't exist.".formatted(theirs.id()));
            assertThat(tagsOf(owner, net.id())).isEmpty();
        }

        @Test
        void what_cannot_have_tags_is_unknown() {
            assertRefused(
                    RefusalCode.UNKNOWN_ID, () -> create(owner, Map.of("name", "first"), new ImageId("ami-00000001")));
        }

        @Test
        void keys_of_1_to_255_characters_and_values_of_up_to_255_are_accepted() {
            create(owner, Map.of("k".repeat(255), "v".repeat(255), "e", ""), net.id());

            assertThat(tagsOf(owner, net.id())).hasSize(2);
            assertRefused(RefusalCode.BAD_VALUE, () -> create(owner, Map.of("", "v"), net.id()));
            assertRefused(RefusalCode.BAD_VALUE, () -> create(owner, Map.of("k".repeat(256), "v"), net.id()));
            assertRefused(RefusalCode.BAD_VALUE, () -> create(owner, Map.of("k", "v".repeat(256)), net.id()));
        }

        @Test
        void a_resource_has_at_most_fifty_tags() {
            Map<String, String> fifty = IntStream.range(0, Tags.MOST_PER_RESOURCE)
                    .boxed()
                    .collect(Collectors.toMap(i -> "key" + i, i -> "value"));
            create(owner, fifty, net.id());

            assertRefused(RefusalCode.QUOTA, () -> create(owner, Map.of("more", ""), net.id()));
            create(owner, Map.of("key7", "changed"), net.id());
            assertThat(tagsOf(owner, net.id())).hasSize(50).containsEntry("key7", "changed");
        }
    }

    @Nested
    class OnAPeering {

        private final NetPeering peering = fixture.activePeering(net, fixture.net(peer, "10.1.0.0/16"));

        @Test
        void each_owner_sees_its_own_tags_only() {
            create(owner, Map.of("name", "to the peer"), peering.id());
            create(peer, Map.of("name", "to the owner"), peering.id());

            assertThat(tagsOf(owner, peering.id())).isEqualTo(Map.of("name", "to the peer"));
            assertThat(tagsOf(peer, peering.id())).isEqualTo(Map.of("name", "to the owner"));
            assertThat(events())
                    .extracting(event -> event.fact().accounts())
                    .allSatisfy(accounts -> assertThat(accounts).hasSize(1));
        }

        @Test
        @Rule("L3")
        void its_tags_disappear_with_it_before_anybody_has_swept() {
            create(owner, Map.of("name", "to the peer"), peering.id());
            fixture.change(unit -> {
                unit.peerings().save(peering.delete(owner, unit.now()));
                return peering;
            });

            store.advance(Duration.ofHours(1).minusMillis(1));
            assertThat(fixture.<List<Tag>>read(snapshot -> visible(snapshot, owner)))
                    .hasSize(1);

            store.advance(Duration.ofMillis(1));
            assertThat(fixture.<List<Tag>>read(snapshot -> visible(snapshot, owner)))
                    .isEmpty();
            assertRefused(RefusalCode.UNKNOWN_ID, () -> create(owner, Map.of("name", "late"), peering.id()));
        }

        @Test
        void an_account_that_owns_neither_net_cannot_tag_it() {
            AccountId stranger = fixture.account();

            assertRefused(RefusalCode.UNKNOWN_ID, () -> create(stranger, Map.of("name", "mine"), peering.id()));
        }
    }

    @Nested
    class Delete {

        @Test
        void only_tags_of_the_given_key_and_value_go() {
            create(owner, Map.of("name", "first", "stage", "test"), net.id());

            delete(owner, new Unwanted("stage", Optional.of("production")), net.id());
            assertThat(tagsOf(owner, net.id())).hasSize(2);

            delete(owner, new Unwanted("stage", Optional.of("test")), net.id());
            assertThat(tagsOf(owner, net.id())).isEqualTo(Map.of("name", "first"));
        }

        @Test
        void without_a_value_tags_of_any_value_go() {
            create(owner, Map.of("name", "first"), net.id());

            delete(owner, new Unwanted("name", Optional.empty()), net.id());

            assertThat(tagsOf(owner, net.id())).isEmpty();
        }

        @Test
        @Rule("A4")
        void a_resource_of_another_account_is_unknown() {
            assertRefused(RefusalCode.UNKNOWN_ID, () -> delete(peer, new Unwanted("name", Optional.empty()), net.id()));
        }
    }

    @Test
    void the_tags_of_a_rule_go_with_the_rule() {
        SecurityGroup group = fixture.defaultGroup(net);
        SecurityGroupRuleId rule = group.rules().getFirst().id();
        create(owner, Map.of("name", "mine"), rule);

        fixture.change(unit -> new SecurityGroups().removeRulesById(unit, owner, group.id(), List.of(rule)));

        assertThat(fixture.<List<Tag>>read(snapshot -> snapshot.tags().ofOwner(owner)))
                .isEmpty();
    }

    private static List<Tag> visible(Snapshot snapshot, AccountId owner) {
        return new Tags()
                .visible(snapshot, owner, Optional.empty())
                .flatMap(List::stream)
                .toList();
    }
}
