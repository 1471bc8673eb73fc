package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.wording.Sentence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that one owner can ask about its Nets and those at the other ends of its peerings, with what the answer may
 * depend on: what packets would tell, where both owners agreed to them, and else nothing.
 */
final class ToldTo {

    /**
     * An answer.
     *
     * @param packets what the owner could find out about the other side by packets of its own
     * @param text word for word
     */
    record Answer(String packets, String text) {}

    private final Snapshot snapshot;
    private final AccountId viewer;
    private final Consent consent;
    private final ReachabilityAnalysis analysis;
    private final Map<String, Answer> answers = new LinkedHashMap<>();

    private ToldTo(Snapshot snapshot, AccountId viewer, Consent consent) {
        this.snapshot = snapshot;
        this.viewer = viewer;
        this.consent = consent;
        this.analysis = new ReachabilityAnalysis(RegionView.of(snapshot));
    }

    /** By question. */
    static Map<String, Answer> answers(Snapshot snapshot, AccountId viewer, Consent consent) {
        ToldTo told = new ToldTo(snapshot, viewer, consent);
        told.own().forEach(told::reachability);
        for (NetPeering peering : told.peerings()) {
            told.health(peering);
            told.traces(peering);
        }
        told.outside();
        return told.answers;
    }

    private List<Nic> own() {
        return snapshot.nics().ofOwner(viewer);
    }

    /** Those with Nets of somebody else. */
    private List<NetPeering> peerings() {
        return snapshot.nets().ofOwner(viewer).stream()
                .flatMap(net -> snapshot.peerings().liveOfNet(net.id()).stream())
                .filter(it -> !it.source().owner().equals(it.accepter().owner()))
                .toList();
    }

    private void reachability(Nic nic) {
        keep("who reaches " + nic.id(), "", analysis.whoReaches(nic.id()).toString());
        keep("whom reaches " + nic.id(), "", analysis.whomReaches(nic.id()).toString());
    }

    private void health(NetPeering peering) {
        PeeringHealth whole = analysis.health(peering.id());
        boolean agreed = whole.state() == PeeringStateName.ACTIVE && consent.covers(peering.id());
        PeeringHealth.Side other = whole.source().owner().equals(viewer) ? whole.accepter() : whole.source();
        keep(
                "health of " + peering.id(),
                agreed ? other.leads() + " " + other.admits() : "",
                analysis.health(peering.id(), viewer, consent).toString());
    }

    private void traces(NetPeering peering) {
        boolean source = peering.source().owner().equals(viewer);
        NetId ownNet = (source ? peering.source() : peering.accepter()).net();
        Net other = snapshot.nets()
                .find((source ? peering.accepter() : peering.source()).net())
                .orElseThrow();
        for (Nic nic : snapshot.nics().ofNet(ownNet).stream().limit(3).toList()) {
            for (Ipv4 address : addresses(other)) {
                Endpoint own = new Endpoint.AtNic(nic.id());
                Endpoint there = new Endpoint.AtAddress(Optional.of(other.id()), address);
                Endpoint bare = new Endpoint.AtAddress(Optional.empty(), nic.primaryAddress());
                Endpoint bareThere = new Endpoint.AtAddress(Optional.empty(), address);
                for (var packet : List.of(RandomRegion.PACKETS.get(1), RandomRegion.PACKETS.get(3))) {
                    trace(new Question(own, there, packet));
                    trace(new Question(own, bareThere, packet));
                    trace(new Question(there, own, packet));
                    trace(new Question(there, bare, packet));
                }
            }
        }
    }

    /** To each address of the pool that may stand for something, to one outside, and from there. */
    private void outside() {
        for (Nic nic : own().stream().limit(3).toList()) {
            Endpoint own = new Endpoint.AtNic(nic.id());
            Endpoint outside = new Endpoint.AtAddress(Optional.empty(), Exits.OUTSIDE);
            for (var packet : List.of(RandomRegion.PACKETS.get(1), RandomRegion.PACKETS.get(3))) {
                trace(new Question(own, outside, packet));
                trace(new Question(outside, own, packet));
                Exits.addresses(16)
                        .map(address -> new Endpoint.AtAddress(Optional.empty(), address))
                        .forEach(there -> trace(new Question(own, there, packet)));
            }
        }
    }

    /** Where machines are, were or will be, and where none is; the router too. */
    private static List<Ipv4> addresses(Net net) {
        Ipv4 start = net.range().network();
        return Stream.of(257, 260, 307, 516, 532, 772).map(start::plus).toList();
    }

    private void trace(Question question) {
        Trace told = analysis.trace(question, viewer, consent);
        keep(question.toString(), packets(question, told), told + sentences(told));
    }

    private static String sentences(Trace trace) {
        return Stream.concat(
                        trace.steps().stream().map(Step::text),
                        trace.verdict().causes().stream().map(Cause::why))
                .map(Sentence::toString)
                .collect(Collectors.joining("\n", "\n", ""));
    }

    /** What the owner of the sender could find out by sending it: nothing where it is not its own to send. */
    private String packets(Question question, Trace told) {
        boolean sends = told.from().filter(from -> from.owner().equals(viewer)).isPresent();
        if (told.steps().stream().anyMatch(Step.Leaving.class::isInstance)) {
            return told.from().isEmpty() ? "" : outsidersPackets(question);
        }
        boolean elsewhere = told.to().filter(to -> !to.owner().equals(viewer)).isPresent();
        if (!sends || !elsewhere) {
            return "";
        }
        Site to = told.to().orElseThrow();
        Trace whole = analysis.trace(new Question(
                question.from(), new Endpoint.AtAddress(Optional.of(to.net()), to.address()), question.packet()));
        boolean letIn = open(whole, Leg.THERE, to.net());
        if (!crossed(whole) || !letIn) {
            return "no";
        }
        return (open(whole, Leg.BACK, to.net()) ? "answered " : "received ") + namedGroups(to);
    }

    /** Whether somebody answers who is reached from there: for an own machine the whole trace tells. */
    private String outsidersPackets(Question question) {
        Trace whole = analysis.trace(question);
        return whole.to()
                .filter(to -> !to.owner().equals(viewer))
                .filter(_ -> whole.steps().stream()
                        .anyMatch(step -> step instanceof Step.Leaving leaving
                                && leaving.leg() == Leg.THERE
                                && leaving.seenAs().isPresent()))
                .map(to -> open(whole, Leg.THERE, to.net()) && open(whole, Leg.BACK, to.net()) ? "answered" : "no")
                .orElseGet(() -> whole.steps().stream()
                                .anyMatch(step -> step instanceof Step.Outside outside
                                        && outside.blockReason().isPresent())
                        ? "no"
                        : "");
    }

    private boolean crossed(Trace whole) {
        return whole.steps().stream()
                .anyMatch(step -> step instanceof Step.Crossing crossing
                        && crossing.blockReason().isEmpty()
                        && crossing.peering().filter(consent::covers).isPresent());
    }

    private static boolean open(Trace whole, Leg leg, NetId net) {
        return whole.steps().stream()
                .filter(step -> step.leg() == leg && step.net().equals(net))
                .allMatch(step -> step.blockReason().isEmpty());
    }

    /** A rule that names the other owner's group lets out to its members: who is one can be found out by sending. */
    private List<String> namedGroups(Site to) {
        Set<SecurityGroupId> named = snapshot.securityGroups().ofOwner(viewer).stream()
                .map(SecurityGroup::rules)
                .flatMap(List::stream)
                .map(rule -> rule.counterpart())
                .filter(Counterpart.Group.class::isInstance)
                .map(it -> ((Counterpart.Group) it).id())
                .collect(Collectors.toSet());
        List<String> members = new ArrayList<>();
        snapshot.nics().ofNet(to.net()).stream()
                .filter(nic -> nic.addresses().contains(to.address()))
                .filter(nic -> nic.link().isPresent())
                .flatMap(nic -> nic.groups().stream())
                .filter(named::contains)
                .map(SecurityGroupId::value)
                .sorted()
                .forEach(members::add);
        return members;
    }

    private void keep(String question, String packets, String text) {
        answers.put(question, new Answer(packets, text));
    }

    /** Pending requests that the viewer may accept. */
    static Optional<NetPeeringId> acceptable(Snapshot snapshot, AccountId viewer) {
        return snapshot.nets().ofOwner(viewer).stream()
                .flatMap(net -> snapshot.peerings().liveOfNet(net.id()).stream())
                .filter(it -> it.stateAt(snapshot.now()) instanceof PeeringState.PendingAcceptance)
                .filter(it -> it.accepter().owner().equals(viewer)
                        && !it.source().owner().equals(viewer))
                .map(NetPeering::id)
                .findFirst();
    }
}
