package dev.linkspan.core.rehearsal;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.port.SecurityGroupReader;
import dev.linkspan.core.port.SecurityGroupRepository;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupHead;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@link SecurityGroupRepository} of a rehearsal. */
final class RehearsedSecurityGroups extends Overlay<SecurityGroupId, SecurityGroup> implements SecurityGroupRepository {

    private final SecurityGroupReader truth;

    RehearsedSecurityGroups(SecurityGroupReader truth, Allowance allowance) {
        super(
                truth::find,
                SecurityGroup::id,
                byCreation(SecurityGroup::createdAt, it -> it.id().value()),
                allowance);
        this.truth = truth;
    }

    @Override
    public Optional<SecurityGroup> findByRule(SecurityGroupRuleId rule) {
        return only(it -> it.rule(rule).isPresent(), () -> truth.findByRule(rule))
                .map(group -> group.withRules(group.rule(rule).stream().toList()));
    }

    @Override
    public Optional<SecurityGroupHead> findHead(SecurityGroupId id) {
        return covers(id) ? find(id).map(SecurityGroupHead::of) : truth.findHead(id);
    }

    @Override
    public Optional<SecurityGroupHead> findHeadByName(NetId net, String name) {
        return values().filter(it -> it.net().equals(net) && it.name().equals(name))
                .findFirst()
                .map(SecurityGroupHead::of)
                .or(() -> truth.findHeadByName(net, name).filter(it -> !covers(it.id())));
    }

    @Override
    public List<SecurityGroup> ofOwner(AccountId owner) {
        return some(truth.ofOwner(owner), it -> it.owner().equals(owner));
    }

    @Override
    public List<SecurityGroup> ofNet(NetId net) {
        return some(truth.ofNet(net), it -> it.net().equals(net));
    }

    @Override
    public List<SecurityGroupHead> headsNaming(SecurityGroupId group) {
        return Stream.concat(
                        truth.headsNaming(group).stream().filter(it -> !covers(it.id())),
                        values().filter(it -> it.names(group)).map(SecurityGroupHead::of))
                .toList();
    }
}
