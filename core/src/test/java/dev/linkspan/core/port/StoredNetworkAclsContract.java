package dev.linkspan.core.port;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv6Range;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetworkAclAssociationId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.networkacl.AclEntry;
import dev.linkspan.core.networkacl.NetworkAcl;
import dev.linkspan.core.networkacl.NetworkAclAssociation;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Network ACLs, with their entries and the Subnets that were given them. */
public abstract class StoredNetworkAclsContract extends StoreContract {

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
    void an_acl_is_read_as_it_was_saved_and_a_subnet_has_one() {
        NetworkAclAssociation association = new NetworkAclAssociation(NetworkAclAssociationId.KIND.of(6), subnet.id());
        NetworkAcl acl = new NetworkAcl(
                NetworkAclId.KIND.of(7),
                net.id(),
                owner,
                List.of(
                        new AclEntry(200, Direction.OUTBOUND, new Traffic.All(), Cidr.ALL, true),
                        new AclEntry(
                                100, Direction.INBOUND, new Traffic.Ports(Traffic.TCP, 22, 80), net.range(), false),
                        new AclEntry(101, Direction.INBOUND, new Traffic.Icmp(8, Traffic.ANY), Cidr.ALL, true),
                        new AclEntry(102, Direction.INBOUND, new Traffic.Other(47), new Ipv6Range("::/0"), true)),
                List.of(association),
                fixture.now(),
                Optional.of("token"));
        write(unit -> unit.networkAcls().save(acl));

        assertOne(snapshot -> snapshot.networkAcls().find(acl.id())).contains(acl);
        assertOne(snapshot -> snapshot.networkAcls().find(NetworkAclId.KIND.of(-1)))
                .isEmpty();
        assertOne(snapshot -> snapshot.networkAcls().findByAssociation(association.id()))
                .contains(acl);
        assertOne(snapshot -> snapshot.networkAcls().findByClientToken(owner, "token"))
                .contains(acl);
        assertOne(snapshot -> snapshot.networkAcls().findByClientToken(stranger, "token"))
                .isEmpty();
        assertList(snapshot -> snapshot.networkAcls().ofOwner(owner)).containsExactly(acl);
        assertList(snapshot -> snapshot.networkAcls().ofOwner(stranger)).isEmpty();
        assertList(snapshot -> snapshot.networkAcls().ofNet(net.id())).containsExactly(acl);
        assertBug(() -> write(unit -> unit.subnets().delete(subnet.id())));
        NetworkAcl other = new NetworkAcl(
                NetworkAclId.KIND.of(8),
                net.id(),
                owner,
                List.of(),
                List.of(new NetworkAclAssociation(NetworkAclAssociationId.KIND.of(9), subnet.id())),
                fixture.now(),
                Optional.empty());
        assertBug(() -> write(unit -> unit.networkAcls().save(other)));

        NetworkAcl less = acl.withoutAssociation(association.id())
                .withoutEntry(acl.entries().getFirst());
        write(unit -> unit.networkAcls().save(less));
        assertOne(snapshot -> snapshot.networkAcls().find(acl.id())).contains(less);
        write(unit -> unit.networkAcls().delete(acl.id()));
        assertList(snapshot -> snapshot.networkAcls().ofNet(net.id())).isEmpty();
    }
}
