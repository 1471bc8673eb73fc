package dev.linkspan.server.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.server.reachability.Draft.DraftNet;
import dev.linkspan.server.reachability.Draft.DraftPeering;
import dev.linkspan.server.reachability.Draft.DraftVm;
import dev.linkspan.server.reachability.Draft.Fate;
import java.util.ArrayList;
import java.util.List;

/** Draws what happens to a network while it carries packets. */
final class Changes {

    private final Draft draft;

    /** What was just taken away, to be given back. */
    private final List<Step> undoing = new ArrayList<>();

    Changes(Draft draft) {
        this.draft = draft;
    }

    void draw() {
        if (!undoing.isEmpty() && draft.percent(50)) {
            draft.add(undoing.removeLast());
            return;
        }
        if (!draft.publicIps.isEmpty() && draft.percent(20)) {
            draft.add(new Exits(draft).change(undoing));
            return;
        }
        switch (draft.random.nextInt(10)) {
            case 0, 1 -> rule();
            case 2, 3 -> route();
            case 4, 5 -> peering();
            case 6 -> groups();
            case 7 -> machine();
            case 8 -> border();
            default -> subregion();
        }
    }

    private void rule() {
        if (draft.rules.isEmpty() || draft.percent(40)) {
            DraftNet net = draft.any(draft.nets);
            new Rules(draft).add(net, draft.any(net.groups), Direction.INBOUND, 1);
        } else {
            Step.Allow rule = draft.any(draft.rules);
            undoing.add(rule);
            draft.add(new Step.Revoke(
                    rule.group(), rule.direction(), rule.protocol(), rule.from(), rule.to(), rule.whom()));
        }
    }

    private void route() {
        if (draft.routes.isEmpty()) {
            rule();
            return;
        }
        Step.CreateRoute route = draft.any(draft.routes);
        undoing.add(route);
        draft.add(new Step.DeleteRoute(route.table(), route.destination()));
    }

    private void peering() {
        if (draft.peerings.isEmpty()) {
            rule();
            return;
        }
        DraftPeering peering = draft.any(draft.peerings);
        switch (peering.fate) {
            case PENDING -> {
                peering.fate = Fate.ACTIVE;
                draft.add(new Step.AcceptPeering(peering.name));
            }
            case ACTIVE -> {
                peering.fate = Fate.ENDED;
                draft.add(new Step.DeletePeering(peering.name));
            }
            case REJECTED, WITHDRAWN, ENDED, EXPIRED -> again(peering);
        }
    }

    /** Once more between the same Nets, with routes where there is room for them. */
    private void again(DraftPeering dead) {
        DraftPeering peering = draft.newPeering(dead.source, dead.accepter, Fate.ACTIVE);
        draft.add(new Step.AcceptPeering(peering.name));
        for (DraftNet net : List.of(peering.source, peering.accepter)) {
            Cidr range = peering.peerOf(net).range;
            for (String table : net.tables) {
                draft.add(new Step.DeleteRoute(table, range.toString()));
                draft.add(new Step.CreateRoute(table, range.toString(), peering.name));
            }
        }
    }

    private void groups() {
        DraftVm vm = draft.any(draft.vms());
        draft.add(new Step.SetGroups(draft.any(vm.nics), List.of(draft.any(vm.net.groups))));
    }

    private void border() {
        DraftNet net = draft.any(draft.nets);
        switch (draft.random.nextInt(3)) {
            case 0 -> draft.add(new Step.AssociateAcl(draft.any(net.subnets).name(), draft.any(net.acls)));
            case 1 ->
                new Borders(draft)
                        .add(net, draft.any(net.acls), draft.any(List.of(Direction.values())), draft.percent(40));
            default -> {
                if (!draft.entries.isEmpty()) {
                    Step.AddEntry entry = draft.any(draft.entries);
                    undoing.add(entry);
                    draft.add(new Step.RemoveEntry(entry.acl(), entry.direction(), entry.number()));
                }
            }
        }
    }

    private void machine() {
        DraftVm vm = draft.any(draft.vms());
        switch (draft.random.nextInt(5)) {
            case 0 -> draft.add(new Step.DeleteVm(vm.name));
            case 1 -> draft.add(new Step.SetSourceDestCheck(draft.any(vm.nics), draft.random.nextBoolean()));
            default -> {
                draft.add(new Step.StopVm(vm.name));
                undoing.add(new Step.StartVm(vm.name));
            }
        }
    }

    private void subregion() {
        String name = draft.any(Tenants.SUBREGIONS);
        draft.add(new Step.FailSubregion(name));
        undoing.add(new Step.HealSubregion(name));
    }
}
