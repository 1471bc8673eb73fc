package dev.linkspan.server.lifecycle;

import dev.linkspan.server.lifecycle.Step.Limit;
import dev.linkspan.server.lifecycle.Step.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Draws scripts. It plays each step on a model of its own while it draws, so that it can choose a peering by its situation
 * (each as likely as any other), stop the clock at the very moments that matter, and go on about what it has just done.
 */
final class Generator {

    private static final int LENGTH = 240;
    private static final List<String> RANGES = List.of(
            "10.0.0.0/16",
            "10.1.0.0/16",
            "10.2.0.0/16",
            "10.3.0.0/16",
            "10.4.0.0/16",
            "10.5.0.0/16",
            "10.6.0.0/16",
            "10.1.0.0/24");
    private static final String NOT_THERE = "n999";
    private static final List<String> KEYS = List.of("stage", "team");
    private static final List<String> VALUES = List.of("red", "blue");

    private final RandomGenerator random;
    private final List<Step> steps = new ArrayList<>();
    private final Script settings;
    private final Model model;
    private int nets;
    private int peerings;

    /** @param weight how often it is made, compared with others */
    private record Choice(int weight, Runnable make) {}

    private final List<Choice> choices = List.of(
            new Choice(16, this::ask),
            new Choice(10, this::agree),
            new Choice(8, this::rival),
            new Choice(5, this::decline),
            new Choice(36, () -> touch(this::act)),
            new Choice(6, () -> touch(this::readById)),
            new Choice(3, this::readByFilters),
            new Choice(6, () -> touch(this::tag)),
            new Choice(8, this::crossBoundary),
            new Choice(2, this::waitAWhile),
            new Choice(3, () -> add(new Step.Sweep())),
            new Choice(5, this::setQuota),
            new Choice(6, () -> touch(this::deleteNetOf)),
            new Choice(4, this::changeWhatIsThere));

    private Generator(RandomGenerator random) {
        this.random = random;
        this.settings = new Script(random.nextInt(4) == 0, random.nextInt(3) != 0, List.of());
        this.model = new Model(settings, Instant.EPOCH);
    }

    /** The script of this seed, always the same. */
    static Script script(long seed) {
        Generator generator = new Generator(new SplittableRandom(seed));
        generator.draw();
        return generator.settings.with(generator.steps);
    }

    private void draw() {
        for (int i = 0; i < 6; i++) {
            newNet();
        }
        int all = choices.stream().mapToInt(Choice::weight).sum();
        while (steps.size() < LENGTH) {
            int left = random.nextInt(all);
            for (Choice choice : choices) {
                left -= choice.weight();
                if (left < 0) {
                    choice.make().run();
                    break;
                }
            }
        }
    }

    private void add(Step step) {
        steps.add(step);
        model.answer(step, "");
    }

    private <T> T any(SequencedCollection<T> items) {
        return List.copyOf(items).get(random.nextInt(items.size()));
    }

    private boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    private String account() {
        return any(ModelWorld.ACCOUNTS);
    }

    private String region() {
        return ModelWorld.REGIONS.get(once(9) ? 1 : 0);
    }

    private boolean dry() {
        return once(8);
    }

    /** Inhabited where that is needed. */
    private void newNet() {
        String name = "n" + nets++;
        String owner = account();
        add(new Step.CreateNet(name, range(), owner, region()));
        if (settings.requiresVm()) {
            add(new Step.CreateSubnet(name, owner));
            if (!once(8)) {
                add(new Step.CreateVm(name, owner));
            }
        }
    }

    /** Mostly one that no Net has. */
    private String range() {
        List<String> used = model.world().allNets().stream()
                .filter(net -> !net.gone)
                .map(net -> net.range)
                .toList();
        List<String> free = RANGES.stream().filter(it -> !used.contains(it)).toList();
        return any(once(4) || free.isEmpty() ? RANGES : free);
    }

    /** Mostly one that is there. */
    private String net() {
        List<ModelNet> there =
                model.world().allNets().stream().filter(net -> !net.gone).toList();
        return once(60)
                ? "n999"
                : any(once(15) || there.isEmpty() ? model.world().allNets() : there).name;
    }

    private String ownerOf(String net) {
        return model.world().net(net).map(it -> it.owner).orElseGet(this::account);
    }

    /** Mostly as it should be, often between Nets that have something to do with each other. */
    private void ask() {
        if (once(30)) {
            ask(NOT_THERE, NOT_THERE);
        } else if (once(2) && !model.world().allPeerings().isEmpty()) {
            touch(this::askAgain);
        } else {
            askAnybody();
        }
    }

    private void askAnybody() {
        String source = net();
        ask(source, otherThan(source));
    }

    /** Rarely the same. */
    private String otherThan(String net) {
        String other = net();
        return other.equals(net) && !once(6) ? otherThan(net) : other;
    }

    private void askAgain(ModelPeering peering) {
        ModelNet source = once(2) ? peering.source : peering.accepter;
        ask(source.name, peering.peerOf(source).name, once(2) ? source.owner : party(peering));
    }

    /** A request, and its acceptance. */
    private void agree() {
        askAnybody();
        accept("p" + (peerings - 1));
    }

    private void accept(String name) {
        model.world()
                .peering(name)
                .ifPresent(it -> add(new Step.AcceptNetPeering(it.name, it.accepter.owner, it.source.region, false)));
    }

    /** A request that is rejected or withdrawn. */
    private void decline() {
        askAnybody();
        model.world()
                .peering("p" + (peerings - 1))
                .map(it -> once(2)
                        ? new Step.RejectNetPeering(it.name, it.accepter.owner, it.source.region, false)
                        : new Step.DeleteNetPeering(it.name, it.source.owner, it.source.region, false))
                .ifPresent(this::add);
    }

    /** Two requests between the same two Nets, of which one is accepted. */
    private void rival() {
        String one = net();
        String other = otherThan(one);
        ask(one, other);
        ask(other, one);
        accept("p" + (peerings - 1 - random.nextInt(2)));
    }

    private void ask(String source, String accepter) {
        ask(source, accepter, once(8) ? account() : ownerOf(source));
    }

    private void ask(String source, String accepter, String by) {
        String owner = once(20) ? "" : once(20) ? account() : ownerOf(accepter);
        String in = once(40)
                ? region()
                : model.world().net(source).map(net -> net.region).orElseGet(this::region);
        add(new Step.CreateNetPeering("p" + peerings++, source, accepter, owner, by, in, dry()));
    }

    /** Does something about a peering in any situation, but more rarely where it is gone. */
    private void touch(Consumer<ModelPeering> what) {
        SequencedCollection<ModelPeering> all = model.world().allPeerings();
        if (all.isEmpty()) {
            askAnybody();
            return;
        }
        Map<Situation, List<ModelPeering>> bySituation = new EnumMap<>(Situation.class);
        all.forEach(it -> bySituation
                .computeIfAbsent(it.situationAt(model.world().now()), _ -> new ArrayList<>())
                .add(it));
        if (!once(4) && bySituation.size() > 2) {
            bySituation.remove(Situation.VANISHED);
            bySituation.remove(Situation.VANISHED_AND_SWEPT);
        }
        what.accept(any(bySituation.get(any(bySituation.keySet().stream().toList()))));
    }

    /** Each role is as likely as any other. */
    private String party(ModelPeering peering) {
        return switch (random.nextInt(4)) {
            case 0 -> peering.source.owner;
            case 1 -> peering.accepter.owner;
            case 2 -> account();
            default ->
                any(ModelWorld.ACCOUNTS.stream()
                        .filter(account -> !peering.concerns(account))
                        .toList());
        };
    }

    private String regionOf(ModelPeering peering) {
        return once(30) ? region() : peering.source.region;
    }

    private void act(ModelPeering peering) {
        String by = party(peering);
        String in = regionOf(peering);
        add(
                switch (random.nextInt(3)) {
                    case 0 -> new Step.AcceptNetPeering(peering.name, by, in, dry());
                    case 1 -> new Step.RejectNetPeering(peering.name, by, in, dry());
                    default -> new Step.DeleteNetPeering(peering.name, by, in, dry());
                });
    }

    private void readById(ModelPeering peering) {
        add(Step.ReadNetPeerings.ofId(party(peering), regionOf(peering), peering.name));
    }

    private void tag(ModelPeering peering) {
        String by = party(peering);
        String in = regionOf(peering);
        add(
                once(4)
                        ? new Step.DeleteTags(peering.name, any(KEYS), any(VALUES), by, in)
                        : new Step.CreateTags(peering.name, any(KEYS), any(VALUES), by, in));
    }

    private void deleteNetOf(ModelPeering peering) {
        ModelNet net = once(2) ? peering.source : peering.accepter;
        add(new Step.DeleteNet(net.name, once(3) ? account() : net.owner, once(2)));
        if (net.gone && once(2)) {
            newNet();
        }
    }

    private void list(ModelPeering peering) {
        add(Step.ReadNetPeerings.everything(party(peering), regionOf(peering)));
    }

    private void readByFilters() {
        List<String> any = List.of();
        add(new Step.ReadNetPeerings(
                account(),
                region(),
                any,
                once(2) ? List.of(any(List.of(ModelPeering.State.values())).label, "active") : any,
                once(4) ? List.of(net(), net()) : any,
                once(4) ? List.of(net(), net(), net()) : any,
                once(5) ? List.of(account()) : any,
                once(5) ? List.of(account()) : any,
                once(6) ? List.of(any(RANGES), any(RANGES)) : any,
                once(6) ? List.of(any(RANGES), any(RANGES)) : any,
                once(6) ? List.of(any(KEYS) + "=" + any(VALUES)) : any,
                once(2) ? 1 + random.nextInt(3) : 0));
    }

    /** Goes to a moment at which time alone changes something, or next to it, and looks at that from several sides. */
    private void crossBoundary() {
        List<ModelPeering> waiting = model.world().allPeerings().stream()
                .filter(it -> it.isVisibleAt(model.world().now()) && !it.isActive())
                .toList();
        if (waiting.isEmpty()) {
            ask();
            return;
        }
        ModelPeering peering = any(waiting);
        Moment moment = model.world().moment(peering, Moment.END_OF_VISIBILITY).isPresent()
                ? Moment.END_OF_VISIBILITY
                : Moment.EXPIRY;
        add(new Step.WaitUntil(peering.name, moment, random.nextInt(3) - 1));
        do {
            for (int i = random.nextInt(3); i >= 0; i--) {
                lookAt(peering);
            }
            add(new Step.Wait(1));
        } while (!once(3));
        lookAt(peering);
    }

    private void lookAt(ModelPeering peering) {
        switch (random.nextInt(8)) {
            case 0, 1 -> act(peering);
            case 2 -> readById(peering);
            case 3 -> askAgain(peering);
            case 4 -> deleteNetOf(peering);
            case 5 -> tag(peering);
            case 6 -> list(peering);
            default -> {
                if (once(3)) {
                    add(new Step.Sweep());
                } else {
                    ask(peering.source.name, net());
                    add(new Step.ReadQuotas(peering.source.owner, peering.source.region));
                }
            }
        }
    }

    private void waitAWhile() {
        add(new Step.Wait(once(3) ? random.nextInt(3_600_000) : random.nextInt(3)));
    }

    /** Mostly near what the account has. */
    private void setQuota() {
        String account = account();
        Limit limit = any(List.of(Limit.values()));
        long used = switch (limit) {
            case OUTSTANDING_PEERING_REQUESTS -> model.world().outstanding(account, region());
            case ACTIVE_PEERINGS_PER_NET ->
                model.world().active(any(model.world().allNets()));
        };
        int most = Math.max(0, Math.toIntExact(used) - 1 + random.nextInt(4));
        add(new Step.SetQuota(account, limit, once(3) ? Step.DEFAULT : most));
    }

    private void changeWhatIsThere() {
        String net = net();
        String by = once(4) ? account() : ownerOf(net);
        switch (random.nextInt(settings.requiresVm() ? 6 : 2)) {
            case 0 -> newNet();
            case 1 -> add(new Step.DeleteNet(net, by, false));
            case 2 -> add(new Step.CreateSubnet(net, by));
            case 3 -> add(new Step.DeleteSubnet(net, by));
            case 4 -> add(new Step.CreateVm(net, by));
            default -> add(new Step.DeleteVm(net, by));
        }
    }
}
