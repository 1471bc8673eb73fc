package dev.linkspan.server.reachability;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.reachability.Trace;
import dev.linkspan.server.network.Probe;
import dev.linkspan.server.network.ProbeResult;
import dev.linkspan.server.network.Testbed;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** One scenario, played on a store, with something that carries its packets. */
final class Trial implements AutoCloseable {

    private final InMemoryStore store = new InMemoryStore();
    private final Tenants tenants = new Tenants(store);
    private final Carrier carrier;
    private final Coverage coverage;
    private final Map<Probe, Step.Send> unsent = new LinkedHashMap<>();
    private final Set<VmId> passingOn = new HashSet<>();
    private final Expectation expectation = new Expectation(passingOn);
    private final Flows flows;
    private boolean carried;

    private Trial(Carrier.Opening opening, Coverage coverage) {
        this.carrier = opening.over(store);
        this.coverage = coverage;
        this.flows = new Flows(carrier, coverage, expectation);
    }

    /** What the carrier and the analysis do not agree about, if anything. */
    static Optional<Mismatch> of(Scenario scenario, Carrier.Opening opening, Coverage coverage) {
        try (Trial trial = new Trial(opening, coverage)) {
            return trial.play(scenario);
        }
    }

    private Optional<Mismatch> play(Scenario scenario) {
        coverage.begin();
        for (Step step : scenario.steps()) {
            Optional<Mismatch> found = play(step);
            if (found.isPresent()) {
                return found;
            }
        }
        return send();
    }

    private Optional<Mismatch> play(Step step) {
        if (step instanceof Step.Send send) {
            probe(send).ifPresent(probe -> unsent.put(probe, send));
            return Optional.empty();
        }
        Optional<Mismatch> found = send();
        if (found.isEmpty()) {
            change(step);
        }
        return found;
    }

    private void change(Step step) {
        if (step instanceof Step.Connect connect) {
            settle();
            tenants.vm(connect.from())
                    .ifPresent(vm -> read(snapshot -> flows.open(new Questions(snapshot), vm, connect)));
        } else {
            coverage.took(step, tenants.take(step), carried);
            if (step instanceof Step.PassOn(String name)) {
                tenants.vm(name).ifPresent(passingOn::add);
            }
        }
    }

    /** Sends what is to be sent, on the network as it is now, and something over each connection. */
    private Optional<Mismatch> send() {
        if (unsent.isEmpty()) {
            return Optional.empty();
        }
        settle();
        Map<Probe, Trace> traces = read(snapshot -> {
            Questions questions = new Questions(snapshot);
            Map<Probe, Trace> all = new LinkedHashMap<>();
            unsent.keySet().forEach(probe -> all.put(probe, questions.about(probe)));
            return all;
        });
        Map<Probe, ProbeResult> expected = new LinkedHashMap<>();
        traces.forEach((probe, trace) -> expected.put(probe, expectation.of(trace, probe)));
        Map<Probe, Step.Send> sent = Map.copyOf(unsent);
        unsent.clear();
        for (Map.Entry<Probe, ProbeResult> surprise :
                carrier.surprises(expected).entrySet()) {
            Probe probe = surprise.getKey();
            return Optional.of(
                    Mismatch.of(sent.get(probe), surprise.getValue(), expected.get(probe), traces.get(probe)));
        }
        return read(snapshot -> {
            traces.forEach((probe, trace) ->
                    coverage.sent(probe, trace, expected.get(probe), Situation.of(probe, trace, snapshot)));
            Questions questions = new Questions(snapshot);
            return contradiction(questions, expected, sent).or(() -> flows.check(questions));
        });
    }

    /** Who is asked about by name must be told the same as the wire shows. */
    private Optional<Mismatch> contradiction(
            Questions questions, Map<Probe, ProbeResult> happened, Map<Probe, Step.Send> sends) {
        for (Map.Entry<Probe, ProbeResult> sent : happened.entrySet()) {
            for (Trace trace : questions.aboutEachMeant(sent.getKey())) {
                ProbeResult his = Expectation.only(sent.getValue(), Expectation.receiver(trace));
                ProbeResult told = expectation.of(trace, sent.getKey());
                if (!told.equals(his)) {
                    return Optional.of(Mismatch.of(sends.get(sent.getKey()), his, told, trace));
                }
                coverage.asked(trace);
            }
        }
        return Optional.empty();
    }

    private void settle() {
        carrier.settle(passingOn);
        carried = true;
    }

    /** What is sent for the step; nothing where its sender does not exist, or not any more. */
    private Optional<Probe> probe(Step.Send send) {
        Ipv4 source = send.source().isEmpty() ? Probe.ANY : Ipv4.parse(send.source());
        Ipv4 to = Ipv4.parse(send.to());
        Optional<String> sender = send.from().equals(Testbed.OUTSIDE)
                ? Optional.of(Testbed.OUTSIDE).filter(_ -> isReachedFromOutside(to))
                : tenants.vm(send.from()).filter(vm -> maySend(vm, source)).map(VmId::value);
        return sender.map(from -> switch (send.protocol()) {
            case "udp" -> new Probe.Udp(from, source, to, send.port());
            case "tcp" -> new Probe.Tcp(from, source, to, send.port());
            case "icmp" -> new Probe.Icmp(from, source, to, send.port());
            default -> new Probe.Experimental(from, source, to);
        });
    }

    /** Else nobody is meant by it, and there may be no way in at all. */
    private boolean isReachedFromOutside(Ipv4 publicAddress) {
        return read(snapshot -> snapshot.publicIps()
                .findByAddress(publicAddress)
                .flatMap(PublicIp::link)
                .filter(link ->
                        snapshot.internetServices().findOfNet(link.net()).isPresent())
                .isPresent());
    }

    private boolean maySend(VmId vm, Ipv4 source) {
        List<Nic> nics = read(snapshot -> snapshot.nics().ofVm(vm));
        boolean any = source.equals(Probe.ANY);
        return nics.stream().anyMatch(nic -> any || nic.addresses().contains(source));
    }

    private <T> T read(Function<Snapshot, T> query) {
        return store.read(Fixture.REGION, query);
    }

    @Override
    public void close() {
        flows.close();
        carrier.close();
        store.close();
    }
}
