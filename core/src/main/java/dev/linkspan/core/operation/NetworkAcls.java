package dev.linkspan.core.operation;

import dev.linkspan.core.account.Quota;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetworkAclAssociationId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.networkacl.AclEntry;
import dev.linkspan.core.networkacl.NetAcls;
import dev.linkspan.core.networkacl.NetworkAcl;
import dev.linkspan.core.networkacl.NetworkAclAssociation;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The operations on network ACLs, their entries, and which one stands at a Subnet's border (rules N). */
public final class NetworkAcls {

    private static final int LONGEST_TOKEN = 64;

    /** The network ACLs of a Net. */
    public static NetAcls of(Snapshot snapshot, Net net) {
        return new NetAcls(net, snapshot.networkAcls().ofNet(net.id()));
    }

    /**
     * One that allows nothing, and stands nowhere yet.
     *
     * @param clientToken asked again with the same one, the ACL that there is is answered
     */
    public NetworkAcl create(UnitOfWork unit, AccountId caller, NetId netId, Optional<String> clientToken) {
        clientToken.ifPresent(NetworkAcls::requireLength);
        Optional<NetworkAcl> before =
                clientToken.flatMap(token -> unit.networkAcls().findByClientToken(caller, token));
        before.filter(acl -> !acl.net().equals(netId)).ifPresent(acl -> {
            throw Refusal.badValue(
                    Parameter.CLIENT_TOKEN,
                    clientToken.orElseThrow(),
                    "with it the network ACL '%s' of '%s' was made",
                    acl.id(),
                    acl.net());
        });
        return before.orElseGet(() -> made(unit, caller, netId, clientToken));
    }

    private static void requireLength(String clientToken) {
        if (clientToken.isEmpty() || clientToken.length() > LONGEST_TOKEN) {
            throw Refusal.badValue(
                    Parameter.CLIENT_TOKEN, clientToken, "1 to %d characters are expected", LONGEST_TOKEN);
        }
    }

    private static NetworkAcl made(UnitOfWork unit, AccountId caller, NetId netId, Optional<String> clientToken) {
        Net net = Visible.net(unit, caller, Parameter.NET, netId);
        int wanted = of(unit, net).all().size() + 1;
        Quotas.require(unit, caller, Quota.NETWORK_ACLS_PER_NET, wanted, netId);
        NetworkAcl acl = NetworkAcl.born(newId(unit), net, unit.now(), clientToken);
        return saved(unit, acl, EventType.NETWORK_ACL_CREATED, "in " + netId);
    }

    /** No Net's default one, which is there without being stored. */
    private static NetworkAclId newId(UnitOfWork unit) {
        NetworkAclId id = unit.newId(NetworkAclId.KIND);
        while (unit.nets().find(netOfDefault(id)).isPresent()) {
            id = unit.newId(NetworkAclId.KIND);
        }
        return id;
    }

    private static NetId netOfDefault(NetworkAclId id) {
        return new NetId(NetId.KIND.prefix()
                + id.value().substring(NetworkAclId.KIND.prefix().length()));
    }

    /** Removes one that stands nowhere. */
    public void delete(UnitOfWork unit, AccountId caller, NetworkAclId id) {
        NetworkAcl acl = require(unit, caller, id);
        if (acl.isDefault()) {
            throw Refusal.badValue(
                    Parameter.NETWORK_ACL,
                    id,
                    "it is the default one of the %s '%s', and goes with it",
                    Noun.NET,
                    acl.net());
        }
        if (!acl.associations().isEmpty()) {
            List<String> subnets = acl.associations().stream()
                    .map(association -> association.subnet().value())
                    .toList();
            throw new Refusal(
                            RefusalCode.CONFLICT,
                            "The network ACL '%s' stands at %s: give them another one first.",
                            id,
                            String.join(", ", subnets))
                    .about(id);
        }
        unit.tags().deleteOfResource(id);
        unit.networkAcls().delete(id);
        record(unit, acl, EventType.NETWORK_ACL_DELETED, "of " + acl.net());
    }

    /** Adds an entry with a number that none has. */
    public void createEntry(UnitOfWork unit, AccountId caller, NetworkAclId id, AclEntry entry) {
        requireNumber(entry.number());
        NetworkAcl acl = require(unit, caller, id);
        if (acl.entry(entry.direction(), entry.number()).isPresent()) {
            throw new Refusal(
                            RefusalCode.ACL_ENTRY_EXISTS,
                            "The network ACL '%s' has an %s entry %d already.",
                            id,
                            word(entry.direction()),
                            entry.number())
                    .about(id);
        }
        NetworkAcl changed = acl.withEntry(entry);
        Quotas.require(
                unit, caller, Quota.ENTRIES_PER_NETWORK_ACL, changed.entries().size(), id);
        saved(unit, changed, EventType.NETWORK_ACL_CHANGED, "added " + entry.line());
    }

    /** Puts an entry in the place of the one with its number. */
    public void replaceEntry(UnitOfWork unit, AccountId caller, NetworkAclId id, AclEntry entry) {
        requireNumber(entry.number());
        NetworkAcl acl = require(unit, caller, id);
        AclEntry before = requireEntry(acl, entry.direction(), entry.number());
        if (!before.equals(entry)) {
            String detail = "%s, before %s".formatted(entry.line(), before.line());
            saved(unit, acl.withoutEntry(before).withEntry(entry), EventType.NETWORK_ACL_CHANGED, detail);
        }
    }

    public void deleteEntry(UnitOfWork unit, AccountId caller, NetworkAclId id, Direction direction, int number) {
        requireNumber(number);
        NetworkAcl acl = require(unit, caller, id);
        AclEntry entry = requireEntry(acl, direction, number);
        saved(unit, acl.withoutEntry(entry), EventType.NETWORK_ACL_CHANGED, "removed " + entry.line());
    }

    private static void requireNumber(int number) {
        if (number < 1 || number >= AclEntry.LAST) {
            throw Refusal.badValue(
                    Parameter.RULE_NUMBER, number, "a number from 1 to %d is expected", AclEntry.LAST - 1);
        }
    }

    private static AclEntry requireEntry(NetworkAcl acl, Direction direction, int number) {
        return acl.entry(direction, number)
                .orElseThrow(() -> new Refusal(
                                RefusalCode.UNKNOWN_ACL_ENTRY,
                                "The network ACL '%s' has no %s entry %d.",
                                acl.id(),
                                word(direction),
                                number)
                        .about(acl.id()));
    }

    private static String word(Direction direction) {
        return direction == Direction.INBOUND ? "inbound" : "outbound";
    }

    /** From now on this ACL stands at the border of the association's Subnet; what that is called from now on is answered. */
    public NetworkAclAssociation replaceAssociation(
            UnitOfWork unit, AccountId caller, NetworkAclAssociationId replaced, NetworkAclId id) {
        Subnet subnet = associated(unit, caller, replaced);
        NetworkAcl to = require(unit, caller, id);
        if (!to.net().equals(subnet.net())) {
            throw Refusal.badValue(
                    Parameter.NETWORK_ACL,
                    id,
                    "it is of the %s '%s', and the Subnet '%s' is in '%s'",
                    Noun.NET,
                    to.net(),
                    subnet.id(),
                    subnet.net());
        }
        forget(unit, subnet);
        // Where it stands there already, the Subnet has just lost it.
        NetworkAcl target = unit.networkAcls().find(id).orElse(to);
        NetworkAclAssociation association = new NetworkAclAssociation(newAssociationId(unit), subnet.id());
        saved(unit, target.withAssociation(association), EventType.NETWORK_ACL_CHANGED, "stands at " + subnet.id());
        return association;
    }

    /** Nor that which some Subnet was born with. */
    private static NetworkAclAssociationId newAssociationId(UnitOfWork unit) {
        NetworkAclAssociationId id = unit.newId(NetworkAclAssociationId.KIND);
        while (unit.subnets().find(subnetOfBirth(id)).isPresent()) {
            id = unit.newId(NetworkAclAssociationId.KIND);
        }
        return id;
    }

    private static Subnet associated(Snapshot snapshot, AccountId caller, NetworkAclAssociationId id) {
        return snapshot.networkAcls()
                .findByAssociation(id)
                .flatMap(acl -> acl.associations().stream()
                        .filter(association -> association.id().equals(id))
                        .findFirst())
                .map(NetworkAclAssociation::subnet)
                .or(() -> Optional.of(subnetOfBirth(id)))
                .flatMap(snapshot.subnets()::find)
                .filter(subnet -> subnet.owner().equals(caller))
                .filter(subnet -> current(snapshot, subnet).id().equals(id))
                .orElseThrow(() -> Refusal.unknown(Parameter.NETWORK_ACL_ASSOCIATION, id));
    }

    private static NetworkAclAssociation current(Snapshot snapshot, Subnet subnet) {
        return of(snapshot, snapshot.nets().find(subnet.net()).orElseThrow()).association(subnet.id());
    }

    private static SubnetId subnetOfBirth(NetworkAclAssociationId id) {
        return new SubnetId(SubnetId.KIND.prefix()
                + id.value().substring(NetworkAclAssociationId.KIND.prefix().length()));
    }

    /** The Subnet has the default one again, as it was born, because it ends or is given another one. */
    static void forget(UnitOfWork unit, Subnet subnet) {
        unit.networkAcls()
                .ofNet(subnet.net())
                .forEach(acl -> acl.associationOf(subnet.id())
                        .ifPresent(association -> unit.networkAcls().save(acl.withoutAssociation(association.id()))));
    }

    /** One of the caller's own. */
    public static NetworkAcl require(Snapshot snapshot, AccountId caller, NetworkAclId id) {
        return find(snapshot, id)
                .filter(acl -> acl.owner().equals(caller))
                .orElseThrow(() -> Refusal.unknown(Parameter.NETWORK_ACL, id));
    }

    /** Whosever it is, stored or not. */
    public static Optional<NetworkAcl> find(Snapshot snapshot, NetworkAclId id) {
        return snapshot.networkAcls()
                .find(id)
                .or(() -> snapshot.nets().find(netOfDefault(id)).map(NetworkAcl::ofBirth));
    }

    private static NetworkAcl saved(UnitOfWork unit, NetworkAcl acl, EventType type, String detail) {
        unit.networkAcls().save(acl);
        record(unit, acl, type, detail);
        return acl;
    }

    private static void record(UnitOfWork unit, NetworkAcl acl, EventType type, String detail) {
        unit.record(new Fact(type, acl.id().value(), Set.of(acl.owner()), Set.of(acl.net()), detail));
    }
}
