package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A trace as one of the two owners may see it.
 *
 * <p>Of the other side it tells no more than the owner could find out by sending packets, once both agreed to a peering:
 * whether the packet gets in, and whether a reply finds its way back. Why it does not get in (no such address, a stopped
 * machine, a group) is one answer. Without an active peering nothing is told, else a request that nobody accepted would be
 * enough to look around.
 */
final class View {

    private final Trace whole;
    private final AccountId viewer;
    private final boolean told;

    View(Trace whole, AccountId viewer) {
        this.whole = whole;
        this.viewer = viewer;
        this.told = whole.steps().stream()
                .anyMatch(
                        step -> step instanceof Step.Crossing && step.trouble().isEmpty());
    }

    Trace trace() {
        Site from = seen(whole.from());
        Optional<Site> to = whole.to().map(this::seen);
        List<Step> steps = new ArrayList<>();
        List<Cause> causes = new ArrayList<>();
        for (Step step : whole.steps()) {
            if (isOpen(step)) {
                steps.add(step);
                causeOf(step).map(this::seen).ifPresent(causes::add);
            } else if (steps.isEmpty() || !steps.getLast().equals(answer(step))) {
                Step.OtherSide answer = answer(step);
                steps.add(answer);
                answer.trouble().ifPresent(trouble -> causes.add(new Cause(answer, trouble, asked(answer, trouble))));
            }
        }
        return new Trace(question(from, to), from, to, whole.destination(), steps, Verdict.of(causes));
    }

    private Question question(Site from, Optional<Site> to) {
        Question asked = whole.question();
        Endpoint target = to.map(it -> seen(asked.to(), it)).orElse(asked.to());
        return new Question(seen(asked.from(), from), target, asked.packet());
    }

    private boolean owns(AccountId owner) {
        return owner.equals(viewer);
    }

    private Site seen(Site site) {
        return owns(site.owner()) ? site : site.seenFromOutside();
    }

    private static Endpoint seen(Endpoint end, Site site) {
        return site.nic().isPresent() || end instanceof Endpoint.AtAddress
                ? end
                : new Endpoint.AtAddress(Optional.of(site.net()), site.address());
    }

    /** What is decided in the viewer's own Net, in between, or about the packet alone. */
    private boolean isOpen(Step step) {
        return step instanceof Step.Crossing
                || step instanceof Step.Beginning
                || owns(siteOf(step.net()).owner());
    }

    private Site siteOf(NetId net) {
        return whole.to().filter(site -> site.net().equals(net)).orElse(whole.from());
    }

    private Optional<Cause> causeOf(Step step) {
        return whole.verdict().causes().stream()
                .filter(cause -> cause.step().equals(step))
                .findFirst();
    }

    /** One's own rule need not name a Subnet of the other owner: the address will do. */
    private Cause seen(Cause cause) {
        List<Remedy> remedies = cause.remedies().stream().map(this::seen).toList();
        return new Cause(cause.step(), cause.trouble(), remedies);
    }

    private Remedy seen(Remedy remedy) {
        if (!(remedy instanceof Remedy.CreateRule rule)) {
            return remedy;
        }
        Site other = otherSite();
        Cidr range = owns(other.owner()) ? rule.range() : Cidr.of(other.address());
        return new Remedy.CreateRule(rule.owner(), rule.group(), rule.flow(), rule.traffic(), range);
    }

    /** The end that is not the viewer's. */
    private Site otherSite() {
        return whole.to().filter(site -> !owns(site.owner())).orElse(whole.from());
    }

    private Site ownSite() {
        return owns(whole.from().owner()) ? whole.from() : whole.to().orElse(whole.from());
    }

    /** What the other side answers on this leg, all its steps together. */
    private Step.OtherSide answer(Step step) {
        Site site = siteOf(step.net());
        boolean stops = told
                && whole.steps().stream()
                        .filter(it -> it.leg() == step.leg() && it.net().equals(step.net()) && !isOpen(it))
                        .anyMatch(it -> it.trouble().isPresent());
        Trouble trouble = step.leg() == Leg.BACK
                ? Trouble.NO_WAY_BACK
                : site.equals(whole.from()) ? Trouble.NOT_SENT : Trouble.NOT_LET_IN;
        return new Step.OtherSide(
                step.leg(), site.net(), site.owner(), told, stops ? Optional.of(trouble) : Optional.empty());
    }

    private List<Remedy> asked(Step.OtherSide answer, Trouble trouble) {
        Site other = otherSite();
        Site own = ownSite();
        Traffic packet = Remedies.kindOf(whole.question().packet());
        List<Remedy> asked = new ArrayList<>();
        if (trouble == Trouble.NOT_LET_IN) {
            asked.add(new Remedy.LetIn(answer.owner(), other.net(), other.address(), packet, own.neighbourhood()));
        }
        if (trouble == Trouble.NOT_SENT) {
            asked.add(new Remedy.LetOut(answer.owner(), other.net(), other.address(), packet, own.neighbourhood()));
        }
        if (trouble != Trouble.NOT_LET_IN) {
            peering()
                    .ifPresent(id -> asked.add(
                            new Remedy.LeadThrough(answer.owner(), other.net(), other.address(), own.range(), id)));
        }
        return asked;
    }

    private Optional<NetPeeringId> peering() {
        return whole.steps().stream()
                .filter(Step.Crossing.class::isInstance)
                .flatMap(step -> ((Step.Crossing) step).peering().stream())
                .findFirst();
    }
}
