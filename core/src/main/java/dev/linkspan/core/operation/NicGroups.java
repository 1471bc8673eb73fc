package dev.linkspan.core.operation;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupHead;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which security groups a NIC of a Net can have: the Net's own, and at least one. */
final class NicGroups {

    private NicGroups() {}

    /** Those that were chosen, by id and by name; the default group of the Net where none was. */
    static List<SecurityGroupId> chosen(
            Snapshot snapshot, AccountId caller, NetId net, List<SecurityGroupId> ids, List<String> names) {
        Set<SecurityGroupId> chosen = new LinkedHashSet<>();
        ids.forEach(id -> chosen.add(ofNet(snapshot, caller, net, id)));
        if (names.isEmpty() && !chosen.isEmpty()) {
            return List.copyOf(chosen);
        }
        names.forEach(name -> chosen.add(named(snapshot, net, name)));
        return chosen.isEmpty() ? List.of(named(snapshot, net, SecurityGroup.DEFAULT_NAME)) : List.copyOf(chosen);
    }

    /** What a NIC's groups are replaced by. */
    static List<SecurityGroupId> replacing(Snapshot snapshot, AccountId caller, NetId net, List<SecurityGroupId> ids) {
        if (ids.isEmpty()) {
            throw new Refusal(
                    RefusalCode.MISSING_PARAMETER,
                    "The %s are empty: a %s has at least one security group.",
                    Parameter.SECURITY_GROUPS,
                    Noun.NIC);
        }
        return chosen(snapshot, caller, net, ids, List.of());
    }

    private static SecurityGroupId ofNet(Snapshot snapshot, AccountId caller, NetId net, SecurityGroupId id) {
        SecurityGroupHead group = snapshot.securityGroups()
                .findHead(id)
                .filter(it -> it.owner().equals(caller))
                .orElseThrow(() -> Refusal.unknown(Parameter.SECURITY_GROUPS, id));
        if (!group.net().equals(net)) {
            throw new Refusal(
                            RefusalCode.BAD_VALUE,
                            "The security group '%s' is in the %s '%s', the %s in '%s': they must be in the same one.",
                            id,
                            Noun.NET,
                            group.net(),
                            Noun.NIC,
                            net)
                    .about(id);
        }
        return id;
    }

    private static SecurityGroupId named(Snapshot snapshot, NetId net, String name) {
        return snapshot.securityGroups()
                .findHeadByName(net, name)
                .map(SecurityGroupHead::id)
                .orElseThrow(() -> Refusal.badValue(
                        Parameter.SECURITY_GROUP_NAMES,
                        name,
                        "the name of a security group of the %s %s is expected",
                        Noun.NET,
                        net));
    }
}
