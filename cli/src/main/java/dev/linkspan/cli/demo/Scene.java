package dev.linkspan.cli.demo;

import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Caller;
import dev.linkspan.cli.client.Json;
import dev.linkspan.cli.wire.LastingConnection;
import dev.linkspan.cli.wire.Machine;
import dev.linkspan.cli.wire.Probes.Flow;
import dev.linkspan.cli.wire.Probes.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** One step while it is played: makes calls, sends packets, and says both aloud. */
final class Scene {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String OPERATOR = "operator";

    private final Narrator narrator;
    private final Caller operator;
    private final Wire wire;

    Scene(Narrator narrator, Caller operator, Wire wire) {
        this.narrator = narrator;
        this.operator = operator;
        this.wire = wire;
    }

    /** A tenant's call that has to go well. */
    Answer call(Tenant tenant, String name, Object... namesAndValues) {
        return attempt(tenant, name, namesAndValues).orThrow();
    }

    /** A tenant's call, whatever the answer. */
    Answer attempt(Tenant tenant, String name, Object... namesAndValues) {
        return aloud(tenant.name(), tenant.caller(), name, Json.object(namesAndValues));
    }

    /** The operator's call. */
    Answer operate(String name, Object... namesAndValues) {
        return aloud(OPERATOR, operator, name, Json.object(namesAndValues)).orThrow();
    }

    /** The same scene, in which the calls are made but not told. */
    Scene hushed() {
        return new Scene(new QuietNarrator(narrator), operator, wire);
    }

    void note(String text) {
        narrator.note(text);
    }

    private Answer aloud(String who, Caller caller, String name, ObjectNode arguments) {
        Answer answer = caller.call(name, arguments);
        narrator.call(who, Summary.of(name, arguments), Summary.of(answer));
        return answer;
    }

    /** Whether the peering in this answer is in this state. */
    Observation state(Answer answer, String expected) {
        String state = answer.text("NetPeering", "State", "Name");
        return told(new Observation("the peering is " + state, state.equals(expected)));
    }

    /** Whether this tenant finds the peering in this state; {@code unknown} where it must find none. */
    Observation listed(Tenant tenant, String peering, String expected) {
        Answer answer = call(tenant, "ReadNetPeerings", "Filters", Json.object("NetPeeringIds", List.of(peering)));
        String state = answer.list("NetPeerings").stream()
                .map(found -> found.path("State").path("Name").asString())
                .findFirst()
                .orElse("unknown");
        String text = "for %s the request is %s".formatted(tenant.name(), state);
        return told(new Observation(text, state.equals(expected)));
    }

    /** Whether the call was refused with this code. */
    Observation refused(Answer answer, String code) {
        String text = answer.refused() ? "refused with code " + answer.errorCode() : "not refused";
        return told(new Observation(text, answer.errorCode().equals(code)));
    }

    /** Whether every one of these gets an answer, now or in a moment. */
    Observation heard(Flow... flows) {
        wire.settle();
        return heardAsItIs(flows);
    }

    /** The same where the network need not have caught up, since part of it is away. */
    Observation heardAsItIs(Flow... flows) {
        List<Flow> asked = List.of(flows);
        List<Boolean> answers = wire.probes().answers(asked);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (answers.contains(false) && System.nanoTime() < deadline) {
            answers = wire.probes().answers(asked);
        }
        return told(observation(asked, answers, true));
    }

    /** Whether none of these gets an answer, although the network has caught up with every change. */
    Observation silent(Flow... flows) {
        wire.settleForSilence();
        List<Flow> asked = List.of(flows);
        return told(observation(asked, wire.probes().answers(asked), false));
    }

    /** Whether a line sent over this connection comes back. */
    Observation echoes(LastingConnection connection) {
        boolean echo = connection.echoes(PATIENCE);
        return told(new Observation("TCP connection " + (echo ? "open, and it echoes" : "silent"), echo));
    }

    /** Whether a line sent over this connection stays unanswered. */
    Observation cut(LastingConnection connection) {
        wire.settleForSilence();
        boolean echo = connection.echoes(Duration.ofSeconds(2));
        return told(new Observation("the same TCP connection: " + (echo ? "still echoes" : "cut, no echo"), !echo));
    }

    LastingConnection connect(Machine from, Machine to) {
        return wire.probes().connect(from, to);
    }

    static Flow ping(Machine from, Machine to) {
        return new Flow(Kind.PING, from, to);
    }

    static Flow tcp(Machine from, Machine to) {
        return new Flow(Kind.TCP, from, to);
    }

    static Flow udp(Machine from, Machine to) {
        return new Flow(Kind.UDP, from, to);
    }

    /** Whether something else is as the story says. */
    Observation seen(String text, boolean ok) {
        return told(new Observation(text, ok));
    }

    private static Observation observation(List<Flow> flows, List<Boolean> answers, boolean expected) {
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        for (int i = 0; i < flows.size(); i++) {
            Flow flow = flows.get(i);
            String fate = "%s -> %s %s"
                    .formatted(flow.from().name(), flow.to().name(), answers.get(i) ? "answered" : "silent");
            kinds.computeIfAbsent(fate, unseen -> new ArrayList<>())
                    .add(flow.kind().toString());
        }
        String text = kinds.entrySet().stream()
                .map(entry -> String.join("+", entry.getValue()) + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        return new Observation(text, answers.stream().allMatch(answer -> answer == expected));
    }

    private Observation told(Observation observation) {
        narrator.observed(observation);
        return observation;
    }
}
