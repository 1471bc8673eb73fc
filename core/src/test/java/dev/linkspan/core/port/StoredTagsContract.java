package dev.linkspan.core.port;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.tag.Tag;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tags, which accounts put on what they see. */
public abstract class StoredTagsContract extends StoreContract {

    private AccountId owner;
    private AccountId stranger;
    private Net net;
    private Subnet subnet;

    @BeforeEach
    void populate() {
        owner = fixture.account();
        stranger = fixture.account();
        net = fixture.net(owner, "10.0.0.0/16");
        subnet = fixture.subnet(net, "10.0.1.0/24");
    }

    private void write(Consumer<UnitOfWork> work) {
        fixture.change(unit -> {
            work.accept(unit);
            return true;
        });
    }

    @Test
    void tags_of_more_resources_than_a_statement_has_room_for() {
        Tag name = new Tag(net.id(), owner, "Name", "one of many");
        write(unit -> unit.tags().save(name));
        List<NetId> many = Stream.concat(IntStream.range(5_000, 45_000).mapToObj(NetId.KIND::of), Stream.of(net.id()))
                .toList();

        assertList(snapshot -> snapshot.tags().ofResources(owner, many)).containsExactly(name);
    }

    @Test
    void tags() {
        Tag name = new Tag(net.id(), owner, "Name", "it's mine");
        Tag colour = new Tag(net.id(), owner, "colour", "");
        Tag theirs = new Tag(net.id(), stranger, "Name", "theirs");
        Tag onSubnet = new Tag(subnet.id(), owner, "Name", "part");
        write(unit -> List.of(colour, onSubnet, name, theirs).forEach(unit.tags()::save));

        assertList(snapshot -> snapshot.tags().ofOwner(owner)).containsExactly(onSubnet, name, colour);
        assertList(snapshot -> snapshot.tags().ofResources(owner, List.of(net.id())))
                .containsExactly(name, colour);
        assertList(snapshot -> snapshot.tags().ofResources(stranger, List.of(net.id(), subnet.id())))
                .containsExactly(theirs);
        assertList(snapshot -> snapshot.tags().ofResources(owner, List.of())).isEmpty();
        assertList(elsewhere, snapshot -> snapshot.tags().ofOwner(owner)).isEmpty();
        assertList(snapshot -> snapshot.tags().resourcesOfOwner(owner)).containsExactly(subnet.id(), net.id());
        assertList(elsewhere, snapshot -> snapshot.tags().resourcesOfOwner(owner))
                .isEmpty();
        assertOne(snapshot -> Optional.of(snapshot.tags().countOfOwner(owner))).contains(3);
        assertOne(elsewhere, snapshot -> Optional.of(snapshot.tags().countOfOwner(owner)))
                .contains(0);

        write(unit -> unit.tags().save(new Tag(net.id(), owner, "Name", "renamed")));
        write(unit -> unit.tags().delete(colour));
        assertList(snapshot -> snapshot.tags().ofResources(owner, List.of(net.id())))
                .containsExactly(new Tag(net.id(), owner, "Name", "renamed"));
        write(unit -> unit.tags().deleteOfResource(net.id()));
        assertList(snapshot -> snapshot.tags().ofOwner(owner)).containsExactly(onSubnet);
        assertList(snapshot -> snapshot.tags().ofOwner(stranger)).isEmpty();
    }
}
