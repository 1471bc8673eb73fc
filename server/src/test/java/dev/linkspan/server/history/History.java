package dev.linkspan.server.history;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.network.netns.NetnsTestbed;
import dev.linkspan.server.random.RecordLine;
import dev.linkspan.server.reachability.Scenario;
import dev.linkspan.server.reachability.Step;
import dev.linkspan.server.reachability.Tenants;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One history, played on the wire. A packet that must arrive is waited for before the next one is sent, so the order of the
 * steps is the order on the wire; it is sent again a few times before it counts as lost. What must not arrive is looked out
 * for until the end: each frame has a number, and whoever gets one that is not for him has it noted, however late.
 */
final class History implements AutoCloseable {

    /** After which times what is missing is sent again. */
    static final List<Duration> PATIENT = List.of(
            Duration.ofMillis(1),
            Duration.ofMillis(10),
            Duration.ofMillis(50),
            Duration.ofMillis(300),
            Duration.ofMillis(1200));
    /** Where it is known that something is missing, and each attempt costs time. */
    static final List<Duration> BRIEF = PATIENT.subList(0, 3);

    private static final Duration QUIET = Duration.ofMillis(1);
    private static final long PAUSE_NANOS = 20_000;

    private final InMemoryStore store = new InMemoryStore();
    private final Tenants tenants = new Tenants(store);
    private final Optional<Ground> ground;
    private final HistoryCoverage coverage;
    private final Map<Integer, Sent> sent = new HashMap<>();
    private final Reference reference;
    private Optional<Carriage> carriage = Optional.empty();
    private Optional<Machines> machines = Optional.empty();
    private Optional<Surprise> found = Optional.empty();
    private boolean begun;
    private boolean unsettled = true;
    private int lastNumber;
    private int index;

    private static final class Sent {
        final int index;
        final Step.Say say;
        final Verdict verdict;
        final Predicate<NicId> permitted;
        boolean arrived;

        Sent(int index, Step.Say say, Verdict verdict, Predicate<NicId> permitted) {
            this.index = index;
            this.say = say;
            this.verdict = verdict;
            this.permitted = permitted;
        }
    }

    /** What the reference does not allow: a packet, and the number of the step at which it was seen; or what a call was answered. */
    record Surprise(int index, Step step, String told) {}

    private History(Optional<Ground> ground, HistoryCoverage coverage) {
        this.ground = ground;
        this.coverage = coverage;
        this.reference = new Reference(now());
    }

    /**
     * Where it takes place.
     *
     * @param chances after which times what is missing is sent again
     */
    record Ground(NetnsTestbed testbed, List<Duration> chances) {}

    /** The first surprise, if there is any. */
    static Optional<Surprise> play(Scenario scenario, Ground ground, HistoryCoverage coverage) {
        try (History history = new History(Optional.of(ground), coverage)) {
            return history.play(scenario);
        }
    }

    /** Without a network: each packet fares as the reference says, and none that may arrive does; calls are made in truth. */
    static Optional<Surprise> rehearse(Scenario scenario, HistoryCoverage coverage) {
        try (History history = new History(Optional.empty(), coverage)) {
            return history.play(scenario);
        }
    }

    private Optional<Surprise> play(Scenario scenario) {
        coverage.begin();
        for (index = 0; index < scenario.steps().size() && found.isEmpty(); index++) {
            if (scenario.steps().get(index) instanceof Step.Say say) {
                say(say);
            } else {
                change(scenario.steps().get(index));
            }
        }
        waitForStrays();
        return found;
    }

    private Rulebook now() {
        return store.read(Fixture.REGION, Rulebook::new);
    }

    private void change(Step step) {
        if (!unsettled) {
            waitForStrays();
        }
        Optional<EdgeCalls.Answer> foretold =
                store.read(Fixture.REGION, snapshot -> new EdgeCalls(snapshot, tenants).answer(step));
        boolean done = tenants.take(step);
        foretold.ifPresent(it -> compare(step, it));
        if (step instanceof Step.Kill) {
            settle();
            carriage.ifPresent(Carriage::kill);
            unsettled = true;
        } else if (step instanceof Step.Repair(String net, Step.Harm harm)) {
            settle();
            repair(net, harm);
        } else {
            unsettled = true;
        }
        long stopped = reference.changed(now());
        if (begun) {
            coverage.changed(step, done, stopped);
        }
    }

    private void compare(Step step, EdgeCalls.Answer foretold) {
        if (!tenants.refusal().equals(foretold.refusal())) {
            String told = "%s (step %d)%n  refused as %s; reference: %s"
                    .formatted(RecordLine.of((Record) step), index, tenants.refusal(), foretold.refusal());
            found = Optional.of(new Surprise(index, step, told));
        }
        coverage.answered(foretold);
    }

    private void repair(String name, Step.Harm harm) {
        tenants.net(name).ifPresent(net -> {
            carriage.ifPresent(it -> it.repair(net, harm));
            if (harm == Step.Harm.FILTER_DELETED) {
                reference.forgotten();
            }
        });
    }

    private void settle() {
        if (!unsettled) {
            return;
        }
        if (!begun) {
            begun = true;
            carriage = ground.map(it -> new Carriage(store, it.testbed()));
            machines = ground.map(it -> new Machines(it.testbed()));
        }
        try (Chatter _ = Chatter.over(say -> machines.ifPresent(_ -> chat(say)))) {
            carriage.ifPresent(Carriage::settle);
        }
        machines.ifPresent(it -> store.read(Fixture.REGION, it::meet));
        unsettled = false;
    }

    /** On another thread, while this one waits for the network. */
    private void chat(Step.Say say) {
        Set<NetId> within = Stream.of("hub", Chatter.netOf(say))
                .flatMap(name -> tenants.net(name).stream())
                .collect(Collectors.toSet());
        Predicate<NicId> permitted = nic -> machines.orElseThrow()
                .nic(nic)
                .map(Nic::net)
                .filter(within::contains)
                .isPresent();
        Verdict verdict = Verdict.never("it stays between two Nets (P13)");
        tenants.nic(say.nic()).flatMap(machines.orElseThrow()::nic).ifPresent(nic -> {
            Packet packet = Packet.of(say, nic.addresses());
            send(nic, packet, new Sent(index, say, verdict, permitted));
        });
    }

    private void say(Step.Say say) {
        settle();
        Optional<Nic> nic = tenants.nic(say.nic()).flatMap(reference.rules()::nic);
        if (nic.isEmpty()) {
            return;
        }
        NicId sender = nic.get().id();
        Packet packet = Packet.of(say, nic.get().addresses());
        Verdict verdict = reference.verdict(sender, packet);
        Sent it = new Sent(index, say, verdict, verdict::permits);
        if (machines.isPresent()) {
            carry(nic.get(), packet, it);
        } else {
            it.arrived = verdict.isMust();
        }
        coverage.said(say, packet, verdict, it.arrived, reference.namesakes(sender, packet));
        reference.sent(sender, packet, verdict, it.arrived);
    }

    private void carry(Nic nic, Packet packet, Sent it) {
        send(nic, packet, it);
        if (it.verdict.isMust()) {
            await(nic, packet, it);
        } else {
            it.verdict.receiver().ifPresent(this::poll);
        }
    }

    private void send(Nic nic, Packet packet, Sent it) {
        lastNumber = lastNumber % Frames.NUMBERS + 1;
        sent.put(lastNumber, it);
        Frames.of(packet, nic.mac(), lastNumber)
                .forEach(frame -> machines.orElseThrow().send(nic.id(), frame));
    }

    private void await(Nic nic, Packet packet, Sent it) {
        NicId receiver = it.verdict.receiver().orElseThrow();
        for (Duration patience : ground.orElseThrow().chances()) {
            long deadline = System.nanoTime() + patience.toNanos();
            poll(receiver);
            while (!it.arrived && System.nanoTime() < deadline) {
                LockSupport.parkNanos(PAUSE_NANOS);
                poll(receiver);
            }
            if (it.arrived || found.isPresent()) {
                return;
            }
            coverage.repeated();
            send(nic, packet, it);
        }
        poll(receiver);
        if (!it.arrived) {
            surprise("must arrive and does not: ", it, "nobody");
        }
    }

    private void waitForStrays() {
        if (machines.isEmpty()) {
            return;
        }
        long deadline = System.nanoTime() + QUIET.toNanos();
        do {
            machines.get().pollAll(this::note);
        } while (System.nanoTime() < deadline);
    }

    private void poll(NicId receiver) {
        machines.orElseThrow().poll(receiver, this::note);
    }

    private void note(Machines.Arrival arrival) {
        Sent it = sent.get(arrival.frame().number());
        if (it == null) {
            return;
        }
        if (it.permitted.test(arrival.nic())) {
            it.arrived |= arrival.frame().whole();
        } else {
            String who = machines.orElseThrow()
                    .nic(arrival.nic())
                    .map(nic -> nic.id() + " " + nic.primaryAddress())
                    .orElse("?");
            surprise("must not arrive there: ", it, who);
        }
    }

    private void surprise(String what, Sent it, String who) {
        if (found.isEmpty()) {
            String told = "%s%s (step %d)%n  received by %s; reference: %s, %s"
                    .formatted(what, RecordLine.of(it.say), it.index, who, it.verdict.fate(), it.verdict.why());
            found = Optional.of(new Surprise(index, it.say, told));
        }
    }

    @Override
    public void close() {
        machines.ifPresent(Machines::close);
        carriage.ifPresent(Carriage::close);
        ground.ifPresent(it -> it.testbed().clear());
        store.close();
    }
}
