package dev.linkspan.core.networkacl;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetworkAclAssociationId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A list of entries that judges every packet by itself where it crosses a Subnet's border (rules N).
 *
 * @param entries by direction and number
 * @param associations the Subnets that were given it; a Net's default ACL also stands at those that were given none
 * @param clientToken by which the call that made it is recognised when it is repeated
 */
public record NetworkAcl(
        NetworkAclId id,
        NetId net,
        AccountId owner,
        List<AclEntry> entries,
        List<NetworkAclAssociation> associations,
        Instant createdAt,
        Optional<String> clientToken) {

    private static final int FIRST_NUMBER = 100;

    public NetworkAcl {
        entries = entries.stream().sorted(AclEntry.ORDER).toList();
        associations = List.copyOf(associations);
    }

    /** The one that a Net is born with, which allows everything (N1). */
    public static NetworkAcl ofBirth(Net net) {
        List<AclEntry> everything = Stream.of(Direction.values())
                .map(direction -> new AclEntry(FIRST_NUMBER, direction, new Traffic.All(), Cidr.ALL, true))
                .toList();
        return new NetworkAcl(
                NetworkAclId.ofDefault(net.id()),
                net.id(),
                net.owner(),
                everything,
                List.of(),
                net.createdAt(),
                Optional.empty());
    }

    /** One that allows nothing (N1). */
    public static NetworkAcl born(NetworkAclId id, Net net, Instant now, Optional<String> clientToken) {
        return new NetworkAcl(id, net.id(), net.owner(), List.of(), List.of(), now, clientToken);
    }

    /** Whether it stands at every Subnet of its Net that was given no other one. */
    public boolean isDefault() {
        return id.equals(NetworkAclId.ofDefault(net));
    }

    public Stream<AclEntry> entries(Direction direction) {
        return entries.stream().filter(entry -> entry.direction() == direction);
    }

    public Optional<AclEntry> entry(Direction direction, int number) {
        return entries(direction).filter(entry -> entry.number() == number).findFirst();
    }

    public Optional<NetworkAclAssociation> associationOf(SubnetId subnet) {
        return associations.stream()
                .filter(association -> association.subnet().equals(subnet))
                .findFirst();
    }

    /** The entry that decides about a packet; none means that it does not pass (N2). */
    public Optional<AclEntry> decision(Direction direction, Traffic packet, Ipv4 other) {
        return entries(direction).filter(entry -> entry.speaksOf(packet, other)).findFirst();
    }

    /** Whether everything passes in this direction. */
    public boolean allowsAll(Direction direction) {
        return entries(direction)
                .filter(entry -> !entry.allows()
                        || entry.traffic() instanceof Traffic.All
                                && entry.range().equals(Cidr.ALL))
                .findFirst()
                .filter(AclEntry::allows)
                .isPresent();
    }

    public NetworkAcl withEntry(AclEntry added) {
        return withEntries(Stream.concat(entries.stream(), Stream.of(added)).toList());
    }

    public NetworkAcl withoutEntry(AclEntry removed) {
        return withEntries(
                entries.stream().filter(Predicate.not(removed::equals)).toList());
    }

    private NetworkAcl withEntries(List<AclEntry> changed) {
        return new NetworkAcl(id, net, owner, changed, associations, createdAt, clientToken);
    }

    public NetworkAcl withAssociation(NetworkAclAssociation added) {
        return withAssociations(
                Stream.concat(associations.stream(), Stream.of(added)).toList());
    }

    public NetworkAcl withoutAssociation(NetworkAclAssociationId removed) {
        return withAssociations(associations.stream()
                .filter(association -> !association.id().equals(removed))
                .toList());
    }

    private NetworkAcl withAssociations(List<NetworkAclAssociation> changed) {
        return new NetworkAcl(id, net, owner, entries, changed, createdAt, clientToken);
    }
}
