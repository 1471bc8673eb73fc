package dev.linkspan.server.lifecycle;

import dev.linkspan.server.random.Shortening;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Makes a script that fails as small as it can be made with it still failing: leaves out steps, half of them at first and
 * one by one at last, and then makes each that is left simpler.
 */
final class Shrinking {

    private static final int MOST_TRIES = 3_000;

    private static final List<UnaryOperator<Script>> USUAL_SETTINGS = List.of(
            script -> new Script(false, script.overlappingPeers(), script.steps()),
            script -> new Script(script.requiresVm(), true, script.steps()));

    private final Predicate<Script> fails;
    private int tries;

    private Shrinking(Predicate<Script> fails) {
        this.fails = fails;
    }

    /** The script itself where nothing smaller fails. */
    static Script of(Script script, Predicate<Script> fails) {
        Shrinking shrinking = new Shrinking(fails);
        Script smallest = script;
        Script before;
        do {
            before = smallest;
            smallest = shrinking.simpler(shrinking.shorter(smallest));
        } while (!smallest.equals(before));
        return smallest;
    }

    private boolean stillFails(Script script) {
        tries++;
        return tries <= MOST_TRIES && fails.test(script);
    }

    private Script shorter(Script script) {
        return script.with(Shortening.of(script.steps(), steps -> stillFails(script.with(steps))));
    }

    private Script simpler(Script script) {
        Script simplest = script;
        for (UnaryOperator<Script> usual : USUAL_SETTINGS) {
            Script candidate = usual.apply(simplest);
            if (!candidate.equals(simplest) && stillFails(candidate)) {
                simplest = candidate;
            }
        }
        for (int i = 0; i < simplest.steps().size(); i++) {
            for (Step step : simpler(simplest.steps(), i).toList()) {
                List<Step> steps = new ArrayList<>(simplest.steps());
                steps.set(i, step);
                Script candidate = simplest.with(steps);
                if (!candidate.equals(simplest) && stillFails(candidate)) {
                    simplest = candidate;
                }
            }
        }
        return simplest;
    }

    /** What is easier to understand, the easiest last. */
    private static Stream<Step> simpler(List<Step> steps, int index) {
        return switch (steps.get(index)) {
            case Step.DeleteNet it -> Stream.of(new Step.DeleteNet(it.net(), it.by(), false));
            case Step.CreateNetPeering it ->
                Stream.of(new Step.CreateNetPeering(
                        it.peering(), it.source(), it.accepter(), it.owner(), it.by(), it.in(), false));
            case Step.AcceptNetPeering it ->
                Stream.of(new Step.AcceptNetPeering(it.peering(), it.by(), it.in(), false));
            case Step.RejectNetPeering it ->
                Stream.of(new Step.RejectNetPeering(it.peering(), it.by(), it.in(), false));
            case Step.DeleteNetPeering it ->
                Stream.of(new Step.DeleteNetPeering(it.peering(), it.by(), it.in(), false));
            case Step.ReadNetPeerings it ->
                Stream.concat(
                        it.peerings().stream().map(name -> Step.ReadNetPeerings.ofId(it.by(), it.in(), name)),
                        Stream.of(Step.ReadNetPeerings.everything(it.by(), it.in())));
            case Step.Wait it ->
                Stream.of(1_000L, 1L).filter(less -> less < it.millis()).map(Step.Wait::new);
            case Step.WaitUntil it -> {
                String next = next(steps, index, it.peering());
                yield Stream.of(
                        new Step.WaitUntil(it.peering(), it.moment(), 0),
                        new Step.WaitUntil(next, it.moment(), 0),
                        new Step.WaitUntil(next, Step.Moment.EXPIRY, 0));
            }
            case Step.CreateNet _,
                    Step.CreateSubnet _,
                    Step.DeleteSubnet _,
                    Step.CreateVm _,
                    Step.DeleteVm _,
                    Step.CreateTags _,
                    Step.DeleteTags _,
                    Step.ReadQuotas _,
                    Step.SetQuota _,
                    Step.Sweep _ -> Stream.empty();
        };
    }

    /** The peering that is named next: the other one may then be superfluous. */
    private static String next(List<Step> steps, int index, String otherwise) {
        return steps.subList(index + 1, steps.size()).stream()
                .flatMap(step -> step instanceof Step.OnPeering on ? Stream.of(on.peering()) : Stream.empty())
                .findFirst()
                .orElse(otherwise);
    }
}
