package dev.linkspan.server.api.own;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.reachability.BlockReason;
import dev.linkspan.core.reachability.Cause;
import dev.linkspan.core.reachability.Leg;
import dev.linkspan.core.reachability.Site;
import dev.linkspan.core.reachability.Step;
import dev.linkspan.core.reachability.Trace;
import dev.linkspan.core.reachability.Verdict;
import dev.linkspan.server.api.call.OutscaleWords;
import dev.linkspan.server.api.json.OneOf;
import java.util.List;
import java.util.Optional;

/**
 * A trace as it is answered.
 *
 * @param verdict {@code reachable}, {@code blocked} or {@code impossible}
 * @param packet in words: {@code tcp/443}
 * @param from absent where the packet comes from outside
 * @param source the address that the packet is sent from
 * @param to absent where no Net could be meant
 * @param destination the address that the packet is for
 * @param remedies all of them, in an order in which the calls can be made
 */
record TraceAnswer(
        @OneOf({"reachable", "blocked", "impossible"}) String verdict,
        String packet,
        Optional<SiteAnswer> from,
        Ipv4 source,
        Optional<SiteAnswer> to,
        Ipv4 destination,
        List<StepAnswer> steps,
        List<CauseAnswer> causes,
        List<RemedyAnswer> remedies) {

    record SiteAnswer(
            NetId netId,
            AccountId accountId,
            Cidr ipRange,
            Ipv4 privateIp,
            Optional<SubnetId> subnetId,
            Optional<NicId> nicId,
            Optional<VmId> vmId) {

        static SiteAnswer of(Site site) {
            return new SiteAnswer(
                    site.net(), site.owner(), site.range(), site.address(), site.subnet(), site.nic(), site.vm());
        }
    }

    /**
     * A decision.
     *
     * @param kind what decides: {@code Machine}, {@code Routing}, {@code Groups} and so on
     * @param leg {@code there} or {@code back}
     * @param trouble why the packet stops here, if it does
     * @param told false for the other owner's side, or for what is outside, while nothing is told of it
     * @param text for people
     * @param accountId whose side it is, for the other owner's
     * @param netPeeringId the peering that is crossed
     * @param internetServiceId the internet service by which it leaves the Net, or comes in
     * @param natServiceId the NAT service that it goes through
     * @param privateIp the address in the Net that a public one takes the place of there, or the other way round
     * @param publicIp the address that is seen outside
     * @param before an address that a NAT service changes: the sender's, or of a reply the receiver's
     * @param after what it changes it to
     */
    record StepAnswer(
            String kind,
            @OneOf({"there", "back"}) String leg,
            NetId netId,
            boolean passes,
            Optional<BlockReason> trouble,
            Optional<Boolean> told,
            String text,
            Optional<AccountId> accountId,
            Optional<NetPeeringId> netPeeringId,
            Optional<InternetServiceId> internetServiceId,
            Optional<NatServiceId> natServiceId,
            Optional<Ipv4> privateIp,
            Optional<Ipv4> publicIp,
            Optional<Ipv4> before,
            Optional<Ipv4> after) {

        /** A translation at the internet service, either way. */
        private record Pair(Optional<InternetServiceId> service, Ipv4 privateIp, Optional<Ipv4> publicIp) {

            static Optional<Pair> of(Step step) {
                return switch (step) {
                    case Step.Leaving leaving ->
                        Optional.of(new Pair(leaving.service(), leaving.from(), leaving.seenAs()));
                    case Step.Arriving arriving ->
                        Optional.of(new Pair(arriving.service(), arriving.to(), arriving.sentTo()));
                    default -> Optional.empty();
                };
            }
        }

        static StepAnswer of(Step step) {
            Optional<Pair> pair = Pair.of(step);
            Optional<Step.Translating> nat =
                    step instanceof Step.Translating translating ? Optional.of(translating) : Optional.empty();
            return new StepAnswer(
                    step.getClass().getSimpleName(),
                    step.leg() == Leg.THERE ? "there" : "back",
                    step.net(),
                    step.blockReason().isEmpty(),
                    step.blockReason(),
                    told(step),
                    step.text().in(OutscaleWords.WORDS),
                    step instanceof Step.OtherSide side ? Optional.of(side.owner()) : Optional.empty(),
                    step instanceof Step.Crossing crossing ? crossing.peering() : Optional.empty(),
                    pair.flatMap(Pair::service),
                    nat.map(Step.Translating::service),
                    pair.map(Pair::privateIp),
                    pair.flatMap(Pair::publicIp),
                    nat.map(Step.Translating::before),
                    nat.map(Step.Translating::after));
        }

        private static Optional<Boolean> told(Step step) {
            return switch (step) {
                case Step.OtherSide side -> Optional.of(side.told());
                case Step.Outside outside -> Optional.of(outside.told());
                default -> Optional.empty();
            };
        }
    }

    /**
     * What stops the packet, or its reply.
     *
     * @param step its place among the steps, from 0
     * @param alternatives other calls that would do as well as the remedies; absent where there are none
     */
    record CauseAnswer(
            BlockReason trouble,
            int step,
            String why,
            List<RemedyAnswer> remedies,
            Optional<List<RemedyAnswer>> alternatives) {

        static CauseAnswer of(Cause cause, List<Step> steps) {
            return new CauseAnswer(
                    cause.blockReason(),
                    steps.indexOf(cause.step()),
                    cause.why().in(OutscaleWords.WORDS),
                    cause.remedies().stream().map(RemedyAnswer::of).toList(),
                    Optional.of(cause.instead().stream().map(RemedyAnswer::of).toList())
                            .filter(calls -> !calls.isEmpty()));
        }
    }

    static TraceAnswer of(Trace trace) {
        return new TraceAnswer(
                word(trace.verdict()),
                trace.question().packetInWords(),
                trace.from().map(SiteAnswer::of),
                trace.source(),
                trace.to().map(SiteAnswer::of),
                trace.destination(),
                trace.steps().stream().map(StepAnswer::of).toList(),
                trace.verdict().causes().stream()
                        .map(cause -> CauseAnswer.of(cause, trace.steps()))
                        .toList(),
                trace.remedies().stream().map(RemedyAnswer::of).toList());
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Reachable _ -> "reachable";
            case Verdict.Blocked _ -> "blocked";
            case Verdict.Impossible _ -> "impossible";
        };
    }
}
