package dev.linkspan.server.history;

import dev.linkspan.core.id.NicId;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.history.Rulebook.FlowPath;
import dev.linkspan.server.history.Rulebook.Passage;
import dev.linkspan.server.reachability.Step.Form;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says for each packet who must get it, and remembers the flows: the rules P13, S3, S6, S7 and R6 as one reads them.
 *
 * <ul>
 *   <li>A flow begins with a packet that arrives because rules, routes and peerings let it, and it belongs to the peering
 *       through which that went (P13). It is alive while that packet would arrive again by the same way, at the same NIC of
 *       the same machine; while it would not, nothing of the flow passes (S7).
 *   <li>A packet of the original direction is judged by the rules as they are now, each time (R6).
 *   <li>A reply passes while its flow is alive, and if it is routed to where that came from (S3, R2). What is no reply to a
 *       living flow is a packet of its own.
 *   <li>An ICMP error passes while the flow that it is about is alive, from one end of it to the other.
 * </ul>
 *
 * <p>What the rules leave open, so that a packet may arrive or not (but at one place only):
 *
 * <ul>
 *   <li>Two flows of two peerings can have the same addresses and ports at the machine in the middle, whose packets do not
 *       show which of them they belong to. The flow that began first has them: what it sends and gets is as above, and
 *       what its end in the middle answers never reaches the other peering. Whether a packet of the later one arrives
 *       there meanwhile is open, and so it is while the first one is forbidden, as long as both peerings are there.
 *   <li>A flow whose replies were routed through its peering, and are into another one now, has no claim on its addresses and
 *       ports there any more, until its next request; neither has one whose requests are, which are the other peering's now (R6).
 *       Of TCP it is open, and so it is where the route went before the flow began. That end may have forgotten who
 *       asked whom, so that what it sends there is a packet of its own, and a reply to whom it goes to.
 *   <li>A flow that was forbidden and is allowed again goes on with its next request. Whether a reply before that still
 *       counts as one is open, and so it is where a stranger's hand may have cost the memory of flows.
 *   <li>The groups of each end are stateful on their own (S3). Where a request was let out and the other end, behind a
 *       peering, never let it in, or nobody was there, what comes back from there may pass as a reply; and who has sent such
 *       a packet may go on, though it answers a flow of the other end by now that is forbidden.
 *   <li>A flow that is forbidden, while the same could begin the other way round, may be forgotten: then nobody knows any more
 *       who asked whom, and what it was the question of counts anew, with its next request.
 *   <li>Outside are addresses: where another machine has a public one by now, whoever spoke with the first one may take what comes for
 *       its answer, and what it answers may reach the second.
 *   <li>Whether a NIC that may send for others (S6) has a reason to: what it sends as a reply to what somebody got, or as an
 *       error about what somebody sent, may pass, and so may replies to what it sent for another NIC of its machine.
 *   <li>No rule says which segments of TCP make sense in which order; see {@link Conversation#expects}.
 * </ul>
 */
final class Reference {

    private Rulebook rules;
    private final List<Conversation> flows = new ArrayList<>();

    /** Packets that were let out into a peering and did not come in at its other end. */
    private final Map<Attempt, Packet> attempts = new HashMap<>();

    private record Attempt(Packet.Subject packet, NicId from, Optional<Passage> through) {

        static Attempt on(Packet.Subject packet, FlowPath way) {
            return new Attempt(packet, way.from(), way.through());
        }
    }

    Reference(Rulebook rules) {
        this.rules = rules;
    }

    Rulebook rules() {
        return rules;
    }

    /**
     * Something was changed, and the network need not have followed yet.
     *
     * @return how many flows may not go on by it
     */
    long changed(Rulebook now) {
        rules = now.after(rules);
        List<Conversation> stopped = flows.stream()
                .filter(flow -> flow.isAlive() && !isAllowed(flow))
                .toList();
        stopped.forEach(Conversation::interrupt);
        flows.stream()
                .filter(flow -> !flow.isAlive()
                        && mayBegin(flow.seen().reversed(), flow.way().back()))
                .forEach(Conversation::turn);
        List<Conversation> back = flows.stream()
                .filter(flow -> !flow.isAlive() && isAllowed(flow))
                .toList();
        back.forEach(Conversation::revive);
        // What has begun meanwhile was there before them.
        postpone(back);
        flows.stream().filter(this::isLedBack).forEach(Conversation::leadBack);
        List<Conversation> turned = flows.stream()
                .filter(flow -> flow.isAlive() && flow.wasLedBack() && isAnsweredElsewhere(flow))
                .toList();
        turned.forEach(Conversation::leadAway);
        postpone(turned);
        flows.stream()
                .filter(flow -> mayBeForgottenWithItsQuestion(flow)
                        || mayBeForgottenWithItsRoute(flow)
                        || stopped.stream().anyMatch(flow::isTheOtherWayRound))
                .forEach(Conversation::doubt);
        return stopped.size();
    }

    private void postpone(List<Conversation> some) {
        flows.removeAll(some);
        flows.addAll(some);
    }

    /** Whether a route leads its replies through its peering. */
    private boolean isLedBack(Conversation flow) {
        return rules.routed(flow.way().to(), flow.seen().source())
                .equals(flow.way().through());
    }

    /** Whether a route leads its replies into another peering. */
    private boolean isAnsweredElsewhere(Conversation flow) {
        return flow.way().through().isPresent()
                && rules.routed(flow.way().to(), flow.seen().source())
                        .filter(peering -> !flow.way().through().equals(Optional.of(peering)))
                        .isPresent();
    }

    /**
     * It could pass for the reply to a packet that was sent the other way before. Now that something has changed that one may be
     * forgotten, and with it what was known of this one.
     */
    private boolean mayBeForgottenWithItsQuestion(Conversation flow) {
        return attempts.containsKey(
                Attempt.on(flow.seen().about().reversed(), flow.way().back()));
    }

    /** Whether the route by which its replies went was there while it lived, or before, need not be known any more. */
    private boolean mayBeForgottenWithItsRoute(Conversation flow) {
        return isAnsweredElsewhere(flow)
                && rules.wasRouted(
                        flow.way().to(), flow.seen().source(), flow.way().through());
    }

    /** A stranger did what may have cost all memory of flows. No rule promises that it does not. */
    void forgotten() {
        flows.forEach(Conversation::doubt);
    }

    private boolean isAllowed(Conversation flow) {
        return mayBegin(flow.first(), flow.way());
    }

    private boolean mayBegin(Packet packet, FlowPath way) {
        return rules.way(way.from(), packet.source(), packet.to())
                .filter(way::equals)
                .filter(it -> lets(packet, it))
                .isPresent();
    }

    private boolean lets(Packet packet, FlowPath way) {
        return rules.letsOut(packet, way) && rules.letsIn(packet, way);
    }

    /** Who must get a packet that this NIC sends now. */
    Verdict verdict(NicId sender, Packet packet) {
        Optional<FlowPath> way = rules.way(sender, packet.source(), packet.to());
        if (way.isEmpty() || !rules.crosses(packet, way.get())) {
            return Verdict.never(way.isEmpty() ? "no way leads anywhere" : Verdict.STOPPED_AT_A_BORDER);
        }
        Verdict verdict = packet.isError() ? ofError(packet, way.get()) : ofPacket(packet, way.get());
        if (verdict.isNever() && speaksForOthers(packet, way.get())) {
            return Verdict.may(way.get().to(), "its sender may send for others (S6)");
        }
        return verdict.isNever() && isAskedForByAnotherNic(packet, way.get())
                ? Verdict.may(way.get().to(), "another NIC of its receiver may have asked for it (S6)")
                : verdict;
    }

    private Verdict ofPacket(Packet packet, FlowPath way) {
        boolean allowed = lets(packet, way);
        Optional<Conversation> own = requesting(packet.about(), way);
        Optional<Conversation> answered = replying(packet.about(), way);
        Verdict verdict = own.isPresent()
                ? request(packet, way, own.get())
                : answered.isPresent() ? reply(packet, way, answered.get(), allowed) : first(packet, way, allowed);
        return besideNamesakes(verdict, packet, way, own.or(() -> answered));
    }

    private Verdict request(Packet packet, FlowPath way, Conversation flow) {
        return flow.expects(packet.form(), false)
                ? Verdict.must(way.to(), "its flow is alive and allowed")
                : Verdict.may(way.to(), "no connection goes on like that");
    }

    private Verdict reply(Packet packet, FlowPath way, Conversation flow, boolean allowed) {
        if (!flow.expects(packet.form(), true)) {
            return Verdict.may(way.to(), "no connection goes on like that");
        }
        if (!flow.isCertain() && !allowed) {
            return Verdict.may(way.to(), "it may count as a reply still");
        }
        return Verdict.must(way.to(), "it answers a living flow (S3)");
    }

    private Verdict first(Packet packet, FlowPath way, boolean allowed) {
        if (isOfAnAddressesPast(packet, way)) {
            return Verdict.may(way.to(), "one end may know the address by what was said with it before");
        }
        if (!allowed) {
            if (answersForbidden(packet, way)) {
                return askedFirst(packet, way)
                                || isForbiddenThereOnly(packet, way)
                                || answersWhatMayBeForgotten(packet, way)
                        ? Verdict.may(way.to(), "its sender may answer, or had asked before it was asked")
                        : Verdict.never("it answers a flow that is forbidden now (S3, S7)");
            }
            return mayPassAsReply(packet, way)
                    ? Verdict.may(way.to(), "its receiver has asked for it")
                    : Verdict.never("no rule lets it pass, and it answers nothing (S2)");
        }
        if (packet.header().protocol() == Traffic.ICMP && packet.header().to() == Packet.ECHO_REPLY) {
            // The rules allow it, as the packet that it is; but who tracks flows may know that there is nothing to
            // reply to.
            return Verdict.may(way.to(), "it answers nothing");
        }
        if (packet.isTcp() && packet.form() != Form.SYN) {
            return Verdict.may(way.to(), "a connection does not begin like that");
        }
        return Verdict.must(way.to(), "the rules let it pass");
    }

    /** Outside are addresses, not machines: nobody there is told that another machine has one. */
    private boolean isOfAnAddressesPast(Packet packet, FlowPath way) {
        return way.through().equals(Optional.of(new Passage.Exit()))
                && flows.stream()
                        .filter(flow -> flow.way().through().equals(way.through()))
                        .anyMatch(flow -> flow.hasReply(packet.about())
                                        && flow.way().to().equals(way.from())
                                        && !flow.way().from().equals(way.to())
                                || flow.hasRequest(answeredBy(packet, way))
                                        && flow.way().from().equals(way.to())
                                        && !flow.way().to().equals(way.from()));
    }

    /** A flow that was once: whoever tracks flows knows it, and that it is forbidden. */
    private boolean answersForbidden(Packet packet, FlowPath way) {
        return flows.stream()
                .anyMatch(flow -> !flow.isTurned()
                        && flow.hasReply(packet.about())
                        && flow.way().back().equals(way));
    }

    /** Its sender's side let it out when nobody had asked for it, and takes what comes back for the reply. */
    private boolean askedFirst(Packet packet, FlowPath way) {
        return attempts.containsKey(Attempt.on(packet.about(), way)) && rules.letsOut(packet, way);
    }

    /** Its sender's groups would let the flow in still, which it may answer then, and its receiver's let anything like it in. */
    private boolean isForbiddenThereOnly(Packet packet, FlowPath way) {
        return rules.letsIn(packet, way)
                && flows.stream()
                        .filter(flow -> flow.hasReply(packet.about())
                                && flow.way().back().equals(way))
                        .anyMatch(flow -> rules.letsIn(flow.first(), flow.way()));
    }

    /**
     * Its sender's side may not know any more that it was asked, and lets it out as a packet of its own; its receiver's knows
     * that it has asked.
     */
    private boolean answersWhatMayBeForgotten(Packet packet, FlowPath way) {
        return rules.letsOut(packet, way)
                && flows.stream()
                        .filter(flow -> flow.hasReply(packet.about())
                                && flow.way().back().equals(way))
                        .anyMatch(flow -> flow.wasLedAway() && rules.letsOut(flow.first(), flow.way()));
    }

    private boolean mayPassAsReply(Packet packet, FlowPath way) {
        Packet asked = attempts.get(Attempt.on(answeredBy(packet, way), way.back()));
        return asked != null && rules.letsOut(packet, way) && rules.letsOut(asked, way.back());
    }

    /** What it would be the answer to, as its receiver would have sent it. */
    private Packet.Subject answeredBy(Packet packet, FlowPath way) {
        return rules.seen(packet, way).about().reversed();
    }

    private boolean bothHaveAsked(Packet.Subject packet, FlowPath way) {
        return hasAsked(packet, way) && hasAsked(packet.reversed(), way.back());
    }

    /** Whether its sender's side has let such a packet out, and would again: then it takes what comes back for a reply. */
    private boolean hasAsked(Packet.Subject packet, FlowPath way) {
        Stream<Packet> attempted = Optional.ofNullable(attempts.get(Attempt.on(packet, way))).stream();
        Stream<Packet> arrived = flows.stream()
                .filter(flow -> flow.hasRequest(packet)
                        && flow.way().from().equals(way.from())
                        && flow.way().through().equals(way.through()))
                .map(Conversation::first);
        return Stream.concat(attempted, arrived).anyMatch(asked -> rules.letsOut(asked, way))
                || askersOf(packet, way.through())
                        .anyMatch(nic -> !nic.equals(way.from()) && rules.maySendForOthers(nic));
    }

    /** The NICs that have sent such a packet there. */
    private Stream<NicId> askersOf(Packet.Subject packet, Optional<Passage> through) {
        Stream<NicId> attempted = attempts.keySet().stream()
                .filter(attempt ->
                        attempt.packet().equals(packet) && attempt.through().equals(through))
                .map(Attempt::from);
        Stream<NicId> arrived = flows.stream()
                .filter(flow -> flow.hasRequest(packet) && flow.way().through().equals(through))
                .map(flow -> flow.way().from());
        return Stream.concat(attempted, arrived);
    }

    /** The same, considering flows of other peerings that began before and have the same addresses and ports (P13). */
    private Verdict besideNamesakes(Verdict verdict, Packet packet, FlowPath way, Optional<Conversation> own) {
        if (verdict.isNever()) {
            return verdict;
        }
        List<Conversation> elder = elder(packet.about(), way, own);
        boolean answersOne = elder.stream()
                .anyMatch(flow -> flow.isCertain()
                        && flow.hasReply(packet.about())
                        && flow.way().to().equals(way.from()));
        if (answersOne) {
            return Verdict.never("it answers a flow of another peering (P13)");
        }
        return elder.isEmpty() && !wasTriedElsewhere(packet.about(), way)
                ? verdict
                : Verdict.may(way.to(), "an equal flow of another peering was first");
    }

    /** One of its ends has sent into another peering what nobody there was to get. */
    private boolean wasTriedElsewhere(Packet.Subject packet, FlowPath way) {
        return attempts.keySet().stream()
                .filter(attempt ->
                        attempt.packet().equals(packet) || attempt.packet().equals(packet.reversed()))
                .filter(attempt ->
                        attempt.from().equals(way.from()) || attempt.from().equals(way.to()))
                .anyMatch(attempt -> !attempt.through().equals(way.through()));
    }

    /**
     * Flows of other peerings with the same addresses and ports at an end that they share, and older: those that are alive, and
     * those that are forbidden but may be remembered. Where a flow may be forgotten, all others may be older.
     */
    private List<Conversation> elder(Packet.Subject packet, FlowPath way, Optional<Conversation> own) {
        return flows.stream()
                .takeWhile(flow ->
                        own.filter(Conversation::isCertain).filter(flow::equals).isEmpty())
                .filter(flow -> flow.hasRequest(packet) || flow.hasReply(packet))
                .filter(flow -> !flow.way().through().equals(way.through()))
                .filter(flow -> flow.isAlive() || mayBeRemembered(flow) && !isLedElsewhere(flow))
                .filter(flow -> Stream.of(flow.way().from(), flow.way().to())
                        .anyMatch(end -> end.equals(way.from()) || end.equals(way.to())))
                .toList();
    }

    private boolean mayBeRemembered(Conversation flow) {
        return flow.way().through().filter(rules::isActive).isPresent();
    }

    /**
     * Whether its requests go into another peering now, so that nobody there has to wait for it to be forgotten. Where
     * somebody may send for others, it is not known whose route counts.
     */
    private boolean isLedElsewhere(Conversation flow) {
        return !flow.first().isTcp()
                && !rules.anyMaySendForOthers(flow.way().from())
                && rules.routed(flow.way().from(), flow.first().to())
                        .filter(rules::isActive)
                        .filter(peering -> !flow.way().through().equals(Optional.of(peering)))
                        .isPresent();
    }

    /** An error about a reply that never was is about nothing; whether somebody notices that is open. */
    private Verdict ofError(Packet packet, FlowPath way) {
        Packet.Subject back = packet.about().reversed();
        boolean fromEnd = packet.source().equals(packet.about().to());
        Optional<Conversation> asked = replying(back, way).filter(_ -> fromEnd);
        Optional<Conversation> about = asked.or(() -> requesting(back, way).filter(_ -> fromEnd));
        if (about.isEmpty()) {
            return fromEnd && bothHaveAsked(back, way)
                    ? Verdict.may(way.to(), "both ends have asked for it")
                    : Verdict.never("it is about no living flow between these ends");
        }
        Conversation flow = about.get();
        boolean sure = flow.isCertain()
                && (asked.isPresent() || flow.isAnswered())
                && flow.toleratesErrors()
                && elder(packet.about(), way, about).isEmpty()
                && !wasTriedElsewhere(packet.about(), way);
        return sure
                ? Verdict.must(way.to(), "it is about a living flow")
                : Verdict.may(way.to(), "what it is about may be alive");
    }

    /** A NIC whose source is not checked may send errors about what others have sent, and answer it (S6). */
    private boolean speaksForOthers(Packet packet, FlowPath way) {
        Packet.Subject sent = packet.isError() ? packet.about() : answeredBy(packet, way);
        return rules.maySendForOthers(way.from())
                && (packet.isError() || rules.letsOut(packet, way) || rules.isAddressOf(way.sender(), packet.source()))
                && (flows.stream().anyMatch(flow -> flow.isSaidBy(way.to(), way.through(), sent))
                        || attempts.containsKey(new Attempt(sent, way.to(), way.through())));
    }

    /** The NIC's source is not checked, and it has sent with an address of the machine's that is another NIC's. */
    private boolean isAskedForByAnotherNic(Packet packet, FlowPath way) {
        Packet.Subject sent = packet.isError() ? packet.about() : answeredBy(packet, way);
        return askersOf(sent, way.through())
                .anyMatch(nic -> !nic.equals(way.to())
                        && rules.machine(nic).equals(Optional.of(way.receiver()))
                        && rules.maySendForOthers(nic));
    }

    /** The living flow of which this is a request. */
    private Optional<Conversation> requesting(Packet.Subject packet, FlowPath way) {
        return flows.stream()
                .filter(flow ->
                        flow.isAlive() && flow.hasRequest(packet) && flow.way().equals(way))
                .findFirst();
    }

    /** The living flow of which this is a reply. */
    private Optional<Conversation> replying(Packet.Subject packet, FlowPath way) {
        return flows.stream()
                .filter(flow -> flow.isAlive()
                        && flow.hasReply(packet)
                        && flow.way().back().equals(way))
                .findFirst();
    }

    /** Such a packet was sent. */
    void sent(NicId sender, Packet packet, Verdict verdict, boolean arrived) {
        Optional<FlowPath> way = rules.way(sender, packet.source(), packet.to());
        if (packet.isError()) {
            return;
        }
        if (!arrived && packet.isTcp() && packet.form() != Form.DATA) {
            // One side may have seen the connection begin or end by it, and the other one not.
            flows.stream()
                    .filter(flow -> flow.hasRequest(packet.about()) || flow.hasReply(packet.about()))
                    .forEach(Conversation::doubt);
        }
        if (way.isEmpty()) {
            rules.outlet(sender, packet.source(), packet.to())
                    .filter(_ -> rules.letsOut(packet, sender) && rules.leaves(packet, sender))
                    .ifPresent(
                            through -> attempts.put(new Attempt(packet.about(), sender, Optional.of(through)), packet));
            return;
        }
        if (arrived) {
            arrived(packet, way.get(), verdict);
        }
        boolean letIn = arrived && rules.letsIn(packet, way.get());
        boolean letOut = rules.letsOut(packet, way.get()) && rules.leaves(packet, sender);
        if (way.get().through().isPresent() && letOut && !letIn) {
            attempts.put(Attempt.on(packet.about(), way.get()), packet);
        }
    }

    private void arrived(Packet packet, FlowPath way, Verdict verdict) {
        Optional<Conversation> own = requesting(packet.about(), way);
        Optional<Conversation> answered = replying(packet.about(), way);
        if (own.isPresent()) {
            own.get().heard(packet.form(), false);
            own.get().begin(isLedBack(own.get()));
        } else if (answered.isPresent()) {
            answered.get().heard(packet.form(), true);
        }
        boolean counted =
                own.isPresent() || answered.filter(Conversation::isCertain).isPresent();
        if (!counted && lets(packet, way)) {
            Conversation begun =
                    new Conversation(packet, rules.seen(packet, way), way, verdict.isMust() && answered.isEmpty());
            begun.begin(isLedBack(begun));
            flows.add(begun);
            postpone(flows.stream()
                    .filter(flow -> !flow.way().through().equals(way.through()))
                    .filter(flow -> flow.hasRequest(packet.about()) || flow.hasReply(packet.about()))
                    .filter(this::isAnsweredElsewhere)
                    .toList());
        }
    }

    /** In how many peerings, that of this packet counted, flows with its addresses and ports are alive or begin. */
    long namesakes(NicId sender, Packet packet) {
        Stream<Optional<Passage>> alive = flows.stream()
                .filter(flow -> flow.isAlive() && (flow.hasRequest(packet.about()) || flow.hasReply(packet.about())))
                .map(flow -> flow.way().through());
        Stream<Optional<Passage>> own = rules.way(sender, packet.source(), packet.to()).map(FlowPath::through).stream();
        return Stream.concat(alive, own).distinct().count();
    }
}
