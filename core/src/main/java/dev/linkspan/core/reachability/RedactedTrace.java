package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A trace as one of the two owners may see it (docs/decisions/0015-an-owner-is-told-what-packets-would-tell.md and
 * 0027-what-is-not-told-cannot-be-in-the-answer.md).
 *
 * <p>It is walked in a Region in which every Net of others is empty, so that nothing of them can get into the answer. What
 * the other side decides is then asked of the Region as it is, by one narrow way: whether the owner's own packet gets in,
 * and if so, whether a reply finds its way back. That is told where both owners agreed to a peering in truth, and no more
 * than the owner could find out by sending the packet. What the other side's machines send, no packet of the owner's tells.
 */
final class RedactedTrace {

    private final RegionView region;
    private final AccountId viewer;
    private final Consent consent;

    RedactedTrace(RegionView region, AccountId viewer, Consent consent) {
        this.region = region;
        this.viewer = viewer;
        this.consent = consent;
    }

    /**
     * What the other side answers to a packet.
     *
     * @param memberships the groups by which rules mean the machine that lets it in
     */
    private record Answer(boolean letsIn, boolean repliesFindBack, Set<SecurityGroupId> memberships) {}

    Trace trace(Question asked) {
        Question question = new Question(byAddress(asked.from()), byAddress(asked.to()), asked.packet());
        Trace outline = outline(question, RedactedTrace::named);
        if (outline.steps().stream().anyMatch(Step.Leaving.class::isInstance)) {
            return byTheExit(question, outline);
        }
        Optional<NetPeeringId> agreed = agreed(outline);
        if (agreed.isEmpty()) {
            return told(outline, Optional.empty(), agreed);
        }
        Optional<Answer> answer = outline.to().filter(to -> !owns(to.owner())).map(to -> answer(question, to));
        Optional<Set<SecurityGroupId>> memberships =
                answer.filter(Answer::letsIn).map(Answer::memberships);
        Trace sharper = outline(question, (own, other) -> memberships.orElseGet(() -> groupsOf(other)));
        return told(sharper, answer, agreed);
    }

    /** Of a machine that is not the viewer's own only its address is known. */
    private Endpoint byAddress(Endpoint end) {
        return switch (end) {
            case Endpoint.InVm(var vm) ->
                region.netOf(vm)
                        .filter(net -> !owns(net.net().owner()))
                        .flatMap(net -> net.nicsOf(vm).stream()
                                .findFirst()
                                .map(nic -> ResolvedEndpoint.of(net, nic).asAddress()))
                        .orElse(end);
            case Endpoint.AtNic(var id) ->
                region.netOf(id)
                        .filter(net -> !owns(net.net().owner()))
                        .flatMap(net -> net.nic(id)
                                .map(nic -> ResolvedEndpoint.of(net, nic).asAddress()))
                        .orElse(end);
            case Endpoint.AtAddress _ -> end;
        };
    }

    private boolean owns(AccountId owner) {
        return owner.equals(viewer);
    }

    private Trace outline(Question question, NetIndex.Memberships memberships) {
        return new ReachabilityAnalysis(region.outlinedFor(viewer, memberships)).trace(question);
    }

    /** The groups by which an own rule may mean a machine of the other owner, as far as the rule itself tells. */
    private static Set<SecurityGroupId> named(NetIndex own, NetIndex other) {
        AccountId owner = other.net().owner();
        return own.view().securityGroups().stream()
                .flatMap(group -> group.rules().stream())
                .map(rule -> rule.counterpart())
                .filter(it ->
                        it instanceof Counterpart.Group group && group.owner().equals(owner))
                .map(it -> ((Counterpart.Group) it).id())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Which of the groups that own rules name are there is told anyway: the others' rules are stale (S5). */
    private Set<SecurityGroupId> groupsOf(NetIndex outlined) {
        return region.net(outlined.net().id()).stream()
                .flatMap(net -> net.view().securityGroups().stream())
                .map(SecurityGroup::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Optional<NetPeeringId> agreed(Trace outline) {
        return outline.steps().stream()
                .filter(step ->
                        step instanceof Step.Crossing && step.blockReason().isEmpty())
                .flatMap(step -> ((Step.Crossing) step).peering().stream())
                .filter(consent::covers)
                .findFirst();
    }

    private Answer answer(Question question, Site to) {
        Endpoint there = new Endpoint.AtAddress(Optional.of(to.net()), to.address());
        Trace whole = new ReachabilityAnalysis(region)
                .traceWhateverFlows(new Question(question.from(), there, question.packet()));
        boolean letsIn = passes(whole, Leg.THERE, to.net());
        return new Answer(
                letsIn,
                letsIn && passes(whole, Leg.BACK, to.net()),
                region.net(to.net())
                        .map(net -> ResolvedEndpoint.at(net, to.address()).memberships(net))
                        .orElse(Set.of()));
    }

    private static boolean passes(Trace whole, Leg leg, NetId net) {
        return whole.steps().stream()
                .filter(step -> step.leg() == leg && step.net().equals(net))
                .allMatch(step -> step.blockReason().isEmpty());
    }

    /**
     * Whoever an address outside stands for, no more is told of it than whether it answers, which everybody outside finds out
     * by asking.
     */
    private Trace byTheExit(Question question, Trace outline) {
        outline.from().filter(from -> !owns(from.owner())).ifPresent(from -> {
            throw Refusal.badValue(
                    Parameter.FROM,
                    from.address(),
                    "what another account's %s sends to a public address comes from outside, from a public address of its own",
                    Noun.VM);
        });
        List<Step> steps = new ArrayList<>();
        List<Cause> causes = new ArrayList<>();
        for (Step step : outline.steps()) {
            Step shown = step instanceof Step.Outside outside ? answered(question, outline, outside) : step;
            steps.add(shown);
            cause(outline, step, shown, Optional.empty()).ifPresent(causes::add);
        }
        return shown(outline, steps, causes);
    }

    private Step answered(Question question, Trace outline, Step.Outside outside) {
        boolean could = outline.steps().stream()
                .filter(Step.Leaving.class::isInstance)
                .flatMap(step -> ((Step.Leaving) step).seenAs().stream())
                .allMatch(consent::coversSource);
        return new Step.Outside(
                outside.leg(),
                outside.net(),
                outside.address(),
                could ? answer(question, outside) : Step.Answer.UNTOLD);
    }

    private Step.Answer answer(Question question, Step.Outside outside) {
        Trace whole = new ReachabilityAnalysis(region).traceWhateverFlows(question);
        return whole.to()
                .map(to -> passes(whole, Leg.THERE, to.net()) && passes(whole, Leg.BACK, to.net()))
                .map(reached -> reached ? Step.Answer.ANSWERS : Step.Answer.SILENT)
                .orElse(outside.answer());
    }

    private static Trace shown(Trace outline, List<Step> steps, List<Cause> causes) {
        return new Trace(
                outline.question(),
                outline.from(),
                outline.source(),
                outline.to(),
                outline.destination(),
                steps,
                Verdict.of(causes));
    }

    /** The outline, with what the other side says to it: all its steps on a leg are one. */
    private Trace told(Trace outline, Optional<Answer> answer, Optional<NetPeeringId> agreed) {
        List<Step> steps = new ArrayList<>();
        List<Cause> causes = new ArrayList<>();
        for (Step step : outline.steps()) {
            Step shown = isOpen(outline, step) ? step : otherSide(outline, step, answer, agreed);
            if (steps.isEmpty() || !steps.getLast().equals(shown)) {
                steps.add(shown);
                cause(outline, step, shown, agreed).ifPresent(causes::add);
            }
        }
        return shown(outline, steps, causes);
    }

    /** What is decided in the viewer's own Net, in between, or about the packet alone. */
    private boolean isOpen(Trace outline, Step step) {
        return step instanceof Step.Crossing
                || step instanceof Step.Beginning
                || owns(siteOf(outline, step.net()).owner());
    }

    private static Site siteOf(Trace outline, NetId net) {
        return outline.to()
                .filter(site -> site.net().equals(net))
                .or(outline::from)
                .or(outline::to)
                .orElseThrow();
    }

    private Step.OtherSide otherSide(Trace outline, Step step, Optional<Answer> answer, Optional<NetPeeringId> agreed) {
        Site site = siteOf(outline, step.net());
        if (overlaps(outline)) {
            return new Step.OtherSide(
                    step.leg(), site.net(), site.owner(), Step.Telling.TOLD, Optional.of(BlockReason.OVERLAP));
        }
        Step.Telling telling = telling(step.leg(), answer, agreed);
        Optional<BlockReason> blockReason =
                telling == Step.Telling.TOLD ? blockReason(step.leg(), answer.orElseThrow()) : Optional.empty();
        return new Step.OtherSide(step.leg(), site.net(), site.owner(), telling, blockReason);
    }

    private static Step.Telling telling(Leg leg, Optional<Answer> answer, Optional<NetPeeringId> agreed) {
        if (agreed.isEmpty()) {
            return Step.Telling.NOT_AGREED;
        }
        if (answer.isEmpty()) {
            return Step.Telling.NOT_ONES_OWN;
        }
        boolean hasReply = leg == Leg.THERE || answer.get().letsIn();
        return hasReply ? Step.Telling.TOLD : Step.Telling.NOT_LET_IN;
    }

    /** Ranges are known to both sides, and what follows from them. */
    private static boolean overlaps(Trace outline) {
        return outline.from().stream()
                .anyMatch(from -> outline.to().stream()
                        .anyMatch(
                                to -> !to.net().equals(from.net()) && to.range().overlaps(from.range())));
    }

    private static Optional<BlockReason> blockReason(Leg leg, Answer answer) {
        return switch (leg) {
            case THERE -> answer.letsIn() ? Optional.empty() : Optional.of(BlockReason.NOT_LET_IN);
            case BACK -> answer.repliesFindBack() ? Optional.empty() : Optional.of(BlockReason.NO_WAY_BACK);
        };
    }

    private Optional<Cause> cause(Trace outline, Step step, Step shown, Optional<NetPeeringId> agreed) {
        if (shown.equals(step)) {
            return outline.verdict().causes().stream()
                    .filter(cause -> cause.step().equals(step))
                    .findFirst();
        }
        return shown.blockReason()
                .map(blockReason -> new Cause(shown, blockReason, asked(outline, blockReason, agreed)));
    }

    /** Where the other side sees the packet come from: a Subnet of the sender's Net, its own or a NAT service's. */
    private Cidr seenAs(Trace outline, Site own) {
        return outline.steps().stream()
                .filter(step -> step instanceof Step.Translating && step.leg() == Leg.THERE)
                .map(step -> ((Step.Translating) step).after())
                .flatMap(address -> region.net(own.net()).flatMap(net -> net.subnetAt(address)).stream())
                .map(Subnet::range)
                .findFirst()
                .orElse(own.neighbourhood());
    }

    private List<Remedy> asked(Trace outline, BlockReason blockReason, Optional<NetPeeringId> agreed) {
        Optional<Site> ownSite =
                outline.sites().filter(site -> owns(site.owner())).findFirst();
        Optional<Site> otherSite =
                outline.sites().filter(site -> !owns(site.owner())).findFirst();
        if (ownSite.isEmpty() || otherSite.isEmpty()) {
            return List.of();
        }
        Site own = ownSite.get();
        Site other = otherSite.get();
        if (blockReason == BlockReason.NOT_LET_IN) {
            Traffic packet = Remedies.kindOf(outline.question().packet());
            return List.of(new Remedy.LetIn(other.owner(), other.net(), other.address(), packet, seenAs(outline, own)));
        }
        return agreed
                .filter(_ -> blockReason == BlockReason.NO_WAY_BACK)
                .<Remedy>map(id -> new Remedy.LeadThrough(other.owner(), other.net(), other.address(), own.range(), id))
                .stream()
                .toList();
    }
}
