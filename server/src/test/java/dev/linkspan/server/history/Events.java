package dev.linkspan.server.history;

import dev.linkspan.server.reachability.Step;
import dev.linkspan.server.reachability.Tenants;
import java.util.ArrayList;
import java.util.List;

/** Draws what happens to a network while flows live on it. What was taken away is often given back. */
final class Events {

    /** Else hardly anything would pass in the end. */
    private static final int MOST_UNDONE = 3;

    private static final int DAYS_UNTIL_A_REQUEST_IS_OVER = 8;

    private final Hub hub;
    private final List<Runnable> undoing = new ArrayList<>();

    Events(Hub hub) {
        this.hub = hub;
    }

    void draw() {
        if (hub.percent(undoing.size() > MOST_UNDONE ? 80 : undoing.isEmpty() ? 0 : 40)) {
            undoing.remove(hub.random.nextInt(undoing.size())).run();
            return;
        }
        switch (hub.random.nextInt(30)) {
            case 0, 1, 2, 3 -> rule();
            case 4, 5 -> groups();
            case 6, 7, 8, 9 -> peering();
            case 10, 11, 12 -> route();
            case 13, 14 -> turn();
            case 15 -> table();
            case 16, 17 -> machine();
            case 18 -> nic();
            case 19 -> hub.add(new Step.MoveAddress(hub.any(List.of("h1", "h2", Hub.SPARE_NIC)), Hub.SPARE_ADDRESS));
            case 20 -> check();
            case 21 -> subregion();
            case 22 -> restart();
            case 23, 24, 25, 26, 27, 28 -> hub.edges.change(undoing);
            default -> repair();
        }
    }

    private void rule() {
        Step.Allow rule = hub.any(hub.rules);
        hub.add(new Step.Revoke(rule.group(), rule.direction(), rule.protocol(), rule.from(), rule.to(), rule.whom()));
        undoing.add(() -> hub.add(rule));
    }

    private void groups() {
        Hub.Placement seat = anySeat();
        hub.add(new Step.SetGroups(seat.name(), hub.someGroups(seat.net())));
        undoing.add(() -> hub.add(new Step.SetGroups(seat.name(), seat.groups())));
    }

    private Hub.Placement anySeat() {
        return hub.any(List.copyOf(hub.seats.values()));
    }

    /** It ends, and is made again: at once, or asked for now and accepted later, or never. */
    private void peering() {
        Hub.Link link = hub.any(hub.links);
        if (link.active) {
            hub.disconnect(link);
            if (hub.percent(30)) {
                again(link);
            } else {
                undoing.add(() -> again(link));
            }
        } else if (link.pending) {
            again(link);
        } else {
            hub.ask(link);
            if (hub.percent(30)) {
                hub.add(new Step.Wait(DAYS_UNTIL_A_REQUEST_IS_OVER));
                hub.add(new Step.AcceptPeering(link.peering));
                link.pending = false;
            }
        }
    }

    private void again(Hub.Link link) {
        if (link.active) {
            return;
        }
        if (!link.pending) {
            hub.ask(link);
        }
        hub.accept(link);
        hub.leadAgain(link);
    }

    private void route() {
        Step.CreateRoute route = hub.any(List.copyOf(hub.routes.values()));
        hub.add(new Step.DeleteRoute(route.table(), route.destination()));
        undoing.add(() -> hub.restore(route));
    }

    /** A route to one of the two equal peers leads to the other one. */
    private void turn() {
        Hub.Link east = hub.links.get(0);
        Hub.Link west = hub.links.get(1);
        Step.CreateRoute route = hub.any(hub.routes.values().stream()
                .filter(it -> it.table().startsWith("hub.") && it.destination().startsWith("10.1."))
                .toList());
        hub.lead(route, hub.linkOf(route) == east ? west : east);
    }

    private void table() {
        String subnet = hub.any(List.of("hub.s0", "hub.s1"));
        hub.add(new Step.LinkTable("hub.t1", subnet));
        undoing.add(() -> hub.add(new Step.UnlinkTable(subnet)));
    }

    private void machine() {
        Hub.Placement seat = anySeat();
        if (hub.percent(50)) {
            hub.add(new Step.StopVm(seat.name()));
            undoing.add(() -> hub.add(new Step.StartVm(seat.name())));
        } else {
            hub.add(new Step.DeleteVm(seat.name()));
            if (hub.percent(60)) {
                hub.create(seat);
            } else {
                undoing.add(() -> hub.create(seat));
            }
        }
    }

    private void nic() {
        hub.add(new Step.UnlinkNic(Hub.SPARE_NIC));
        String vm = hub.any(List.of("h1", "h2"));
        if (hub.percent(30)) {
            hub.add(new Step.LinkNic(Hub.SPARE_NIC, vm));
        } else {
            undoing.add(() -> hub.add(new Step.LinkNic(Hub.SPARE_NIC, vm)));
        }
    }

    private void check() {
        String nic = hub.any(List.of("e1", "w1", "h1"));
        hub.add(new Step.SetSourceDestCheck(nic, false));
        undoing.add(() -> hub.add(new Step.SetSourceDestCheck(nic, true)));
    }

    private void subregion() {
        String name = hub.any(Tenants.SUBREGIONS);
        hub.add(new Step.FailSubregion(name));
        undoing.add(() -> hub.add(new Step.HealSubregion(name)));
    }

    /** Half of the time something happens while nobody carries it out. */
    private void restart() {
        hub.add(new Step.Kill());
        if (hub.percent(50)) {
            draw();
        }
        hub.add(new Step.Restart());
    }

    private void repair() {
        hub.add(new Step.Repair(
                hub.any(List.of("hub", "hub", "east", "west", "side")), hub.any(List.of(Step.Harm.values()))));
    }
}
