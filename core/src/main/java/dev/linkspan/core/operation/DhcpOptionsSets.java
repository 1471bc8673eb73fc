package dev.linkspan.core.operation;

import dev.linkspan.core.account.Quota;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.net.DhcpOption;
import dev.linkspan.core.net.DhcpOptionsSet;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The operations on DHCP options sets. A Net gets one by {@link Nets#update}. */
public final class DhcpOptionsSets {

    /** A set of at least one option. */
    public DhcpOptionsSet create(UnitOfWork unit, AccountId caller, Map<DhcpOption, List<String>> options) {
        if (options.isEmpty()) {
            throw new Refusal(
                    RefusalCode.MISSING_PARAMETER, "A DHCP options set needs at least one option, and none is given.");
        }
        options.forEach(DhcpOption::require);
        Quotas.requireRoom(unit, caller, Quota.DHCP_OPTIONS_SETS, unit.dhcpOptionsSets()::countOfOwner);
        DhcpOptionsSet set = new DhcpOptionsSet(unit.newId(DhcpOptionsSetId.KIND), caller, options, unit.now());
        unit.dhcpOptionsSets().save(set);
        String detail = set.options().entrySet().stream()
                .map(option -> "%s %s".formatted(option.getKey().label(), String.join(" ", option.getValue())))
                .collect(Collectors.joining(", "));
        record(unit, EventType.DHCP_OPTIONS_CREATED, set, detail);
        return set;
    }

    /** Removes a set that no Net has; never the default one. */
    public void delete(UnitOfWork unit, AccountId caller, DhcpOptionsSetId id) {
        DhcpOptionsSet set = Visible.dhcpOptionsSet(unit, caller, Parameter.DHCP_OPTIONS_SET, id);
        if (set.isDefault()) {
            throw new Refusal(RefusalCode.CONFLICT, "The DHCP options set '%s' is the default one and stays.", id)
                    .about(id);
        }
        List<Net> users = unit.nets().ofOwner(caller).stream()
                .filter(net -> net.dhcpOptions().equals(id))
                .toList();
        if (!users.isEmpty()) {
            throw new Refusal(
                            RefusalCode.CONFLICT,
                            "The DHCP options set '%s' cannot be deleted while these %s have it: %s.",
                            id,
                            Noun.NETS,
                            users.stream().map(net -> net.id().value()).collect(Collectors.joining(", ")))
                    .about(id);
        }
        unit.tags().deleteOfResource(id);
        unit.dhcpOptionsSets().delete(id);
        record(unit, EventType.DHCP_OPTIONS_DELETED, set, "");
    }

    private static void record(UnitOfWork unit, EventType type, DhcpOptionsSet set, String detail) {
        unit.record(new Fact(type, set.id().value(), Set.of(set.owner()), Set.of(), detail));
    }
}
