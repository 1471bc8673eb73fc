package dev.linkspan.core.port;

import static dev.linkspan.core.port.InMemoryRows.inOrder;
import static dev.linkspan.core.port.InMemoryRows.needs;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupHead;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** {@link SecurityGroupRepository} of an {@link InMemoryStore}. */
record InMemorySecurityGroups(InMemorySnapshot snapshot) implements SecurityGroupRepository {

    @Override
    public Optional<SecurityGroup> find(SecurityGroupId id) {
        return snapshot.cell.securityGroups.row(id);
    }

    @Override
    public Optional<SecurityGroup> findByRule(SecurityGroupRuleId rule) {
        return where(group -> group.rule(rule).isPresent()).stream()
                .findFirst()
                .map(group -> group.withRules(group.rule(rule).stream().toList()));
    }

    @Override
    public Optional<SecurityGroupHead> findHead(SecurityGroupId id) {
        return find(id).map(SecurityGroupHead::of);
    }

    @Override
    public Optional<SecurityGroupHead> findHeadByName(NetId net, String name) {
        return ofNet(net).stream()
                .filter(group -> group.name().equals(name))
                .findFirst()
                .map(SecurityGroupHead::of);
    }

    @Override
    public List<SecurityGroup> ofOwner(AccountId owner) {
        return where(group -> group.owner().equals(owner));
    }

    @Override
    public List<SecurityGroup> ofNet(NetId net) {
        return where(group -> group.net().equals(net));
    }

    @Override
    public List<SecurityGroupHead> headsNaming(SecurityGroupId named) {
        return where(group -> group.names(named)).stream()
                .map(SecurityGroupHead::of)
                .toList();
    }

    private List<SecurityGroup> where(Predicate<SecurityGroup> predicate) {
        return inOrder(snapshot.cell.securityGroups.where(predicate), SecurityGroup::createdAt, SecurityGroup::id);
    }

    @Override
    public void save(SecurityGroup group) {
        needs(snapshot.cell.nets.has(group.net()), "security_group_has_net");
        needs(
                ofNet(group.net()).stream()
                        .allMatch(other ->
                                other.id().equals(group.id()) || !other.name().equals(group.name())),
                "security_group_one_name_per_net");
        snapshot.cell.securityGroups.put(group.id(), group);
    }

    @Override
    public void delete(SecurityGroupId id) {
        needs(snapshot.nics().ofSecurityGroup(id).isEmpty(), "nic_group_has_security_group");
        snapshot.cell.securityGroups.remove(id);
    }
}
