package dev.linkspan.server.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.networkacl.AclEntry;
import dev.linkspan.core.networkacl.NetworkAclAssociation;
import dev.linkspan.core.operation.NetworkAcls;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.reachability.Tenants.Missing;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What tenants do about network ACLs, as {@link Tenants} does about the rest. */
final class TenantAcls {

    private final InMemoryStore store;
    private final NetworkAcls networkAcls = new NetworkAcls();
    private final Map<String, NetworkAclId> aclsByName = new HashMap<>();

    TenantAcls(InMemoryStore store) {
        this.store = store;
    }

    Optional<NetworkAclId> known(String name) {
        return Optional.ofNullable(aclsByName.get(name));
    }

    private NetworkAclId acl(String name) {
        return known(name).orElseThrow(Missing::new);
    }

    /** A Net has been made, and its default ACL with it. */
    void born(String net, Net made) {
        aclsByName.put(net + ".acl", NetworkAclId.ofDefault(made.id()));
    }

    void create(String name, Net net) {
        change(
                net.owner(),
                unit -> aclsByName.put(
                        name,
                        networkAcls
                                .create(unit, net.owner(), net.id(), Optional.empty())
                                .id()));
    }

    void add(Step.AddEntry step, AccountId owner) {
        Traffic traffic = Traffic.parse(step.protocol(), Optional.of(step.from()), Optional.of(step.to()));
        AclEntry entry =
                new AclEntry(step.number(), step.direction(), traffic, Cidr.parse(step.range()), step.allows());
        NetworkAclId acl = acl(step.acl());
        change(owner, unit -> networkAcls.createEntry(unit, owner, acl, entry));
    }

    void remove(Step.RemoveEntry step, AccountId owner) {
        NetworkAclId acl = acl(step.acl());
        change(owner, unit -> networkAcls.deleteEntry(unit, owner, acl, step.direction(), step.number()));
    }

    /** From now on the ACL of this name is at the Subnet's border. */
    void associate(Subnet subnet, String name) {
        NetworkAclId acl = acl(name);
        change(subnet.owner(), unit -> {
            Net net = unit.nets().find(subnet.net()).orElseThrow(Missing::new);
            NetworkAclAssociation now = NetworkAcls.of(unit, net).association(subnet.id());
            networkAcls.replaceAssociation(unit, subnet.owner(), now.id(), acl);
        });
    }

    private void change(AccountId by, Consumer<UnitOfWork> work) {
        store.change(Fixture.REGION, new Origin(by.value(), "wire"), unit -> {
            work.accept(unit);
            return by;
        });
    }
}
