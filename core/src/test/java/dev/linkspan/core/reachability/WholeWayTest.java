package dev.linkspan.core.reachability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The analysis and the plans, which are made from the same truth and know nothing of each other, on drawn Regions. */
@Slow
class WholeWayTest {

    private static final long SEED = Long.getLong("linkspan.seed", 20_261_126L);
    private static final int REGIONS = 150;
    private static final int QUESTIONS = 40;

    @Test
    @Rule({"P1", "P11", "P13", "R1", "R2", "R4", "S2", "S4", "S5", "S6", "X2", "X3", "X4", "X5", "X6", "X7"})
    void the_analysis_says_what_routers_do_that_follow_the_plans() {
        List<Trace> reachable = new ArrayList<>();
        List<Trace> handed = new ArrayList<>();
        List<Trace> passedOn = new ArrayList<>();
        for (long seed = SEED; seed < SEED + REGIONS; seed++) {
            RandomRegion region = new RandomRegion(seed);
            reachable.addAll(agree(region, seed));
            handed.addAll(handed(region, seed));
            passedOn.addAll(passedOn(region, seed));
        }
        assertThat(reachable.size()).as("both answers are common").isBetween(REGIONS, REGIONS * QUESTIONS - REGIONS);
        Stream<Trace> translated =
                reachable.stream().filter(trace -> trace.steps().stream().anyMatch(Step.Translating.class::isInstance));
        assertThat(translated.map(Trace::isLedOutside))
                .as("through NAT services, to outside and to peers")
                .contains(true, false)
                .hasSizeGreaterThan(REGIONS / 20);
        assertThat(handed).as("to appliances").isNotEmpty();
        for (Leg leg : Leg.values()) {
            assertThat(passedOn)
                    .as("through appliances, %s", leg)
                    .anyMatch(trace -> trace.verdict().causes().stream()
                            .anyMatch(cause -> cause.step().leg() == leg));
        }
    }

    @Test
    void what_is_blocked_is_reachable_once_the_remedies_are_applied() {
        int remedied = 0;
        for (long seed = SEED; seed < SEED + REGIONS; seed++) {
            RandomRegion region = new RandomRegion(seed);
            for (int i = 0; i < QUESTIONS / 4; i++) {
                remedied += remedy(region, region.question(), seed) ? 1 : 0;
            }
        }
        assertThat(remedied).isGreaterThan(REGIONS);
    }

    @Test
    @Rule("A4")
    void nobody_sees_an_id_of_the_other_owner_but_the_net_and_the_peering() {
        int partial = 0;
        for (long seed = SEED; seed < SEED + REGIONS; seed++) {
            RandomRegion region = new RandomRegion(seed);
            for (int i = 0; i < QUESTIONS / 4; i++) {
                partial += discreet(region, region.question(), seed);
            }
        }
        assertThat(partial).isGreaterThan(REGIONS);
    }

    @Test
    void the_sets_of_who_reaches_whom_agree_with_the_traces() {
        int covered = 0;
        for (long seed = SEED; seed < SEED + REGIONS; seed++) {
            RandomRegion region = new RandomRegion(seed);
            for (int i = 0; i < QUESTIONS; i++) {
                covered += setsAgree(region, seed) ? 1 : 0;
                covered += outsideAgrees(region, seed) ? 1 : 0;
            }
        }
        assertThat(covered).isGreaterThan(REGIONS);
    }

    /** What one side decides: for the receiver with the peering, and for the sender likewise. */
    private static boolean setsAgree(RandomRegion region, long seed) {
        Nic from = region.pick(region.nics);
        Nic to = region.pick(region.nics);
        Traffic packet = region.pick(RandomRegion.PACKETS);
        if (from.link().isEmpty()
                || to.link().isEmpty()
                || from.link().get().vm().equals(to.link().get().vm())) {
            return false;
        }
        return region.fixture.read(snapshot -> {
            ReachabilityAnalysis analysis = new ReachabilityAnalysis(RegionView.of(snapshot));
            Question question = new Question(new Endpoint.AtNic(from.id()), new Endpoint.AtNic(to.id()), packet);
            List<Step> steps = analysis.trace(question).steps();
            if (steps.stream().anyMatch(Step.Beginning.class::isInstance)
                    && Stream.of(from, to)
                            .anyMatch(nic ->
                                    !snapshot.networkAcls().ofNet(nic.net()).isEmpty())) {
                // At borders only what begins a flow is told apart.
                return false;
            }
            // Who asks through a NAT service is somebody else for the receiver.
            boolean translated = steps.stream().anyMatch(Step.Translating.class::isInstance);
            boolean lets = covers(analysis.whoReaches(to.id()), from, packet);
            boolean sends = covers(analysis.whomReaches(from.id()), to, packet);
            String what = "seed %d: %s".formatted(seed, question);
            boolean handed = steps.stream().anyMatch(Step.Appliance.class::isInstance);
            if (!translated && !handed && leavesThrough(from, Leg.THERE, steps)) {
                assertThat(lets).as(what).isEqualTo(receiverLets(steps, from));
            }
            // A reply by another NIC of the far machine may stay in the Subnet, and cross no border.
            if (sends || leavesThrough(to, Leg.BACK, steps)) {
                assertThat(sends).as(what).isEqualTo(senderSends(steps, from));
            }
            return (lets || translated) && sends;
        });
    }

    /** What is said of an address outside, of which no side is left out. */
    private static boolean outsideAgrees(RandomRegion region, long seed) {
        Nic nic = region.pick(region.nics);
        Traffic packet = region.pick(RandomRegion.PACKETS);
        Endpoint outside = new Endpoint.AtAddress(Optional.empty(), Exits.OUTSIDE);
        Endpoint inside = new Endpoint.AtNic(nic.id());
        return region.fixture.read(snapshot -> {
            ReachabilityAnalysis analysis = new ReachabilityAnalysis(RegionView.of(snapshot));
            Trace out = analysis.trace(new Question(inside, outside, packet));
            Trace in = analysis.trace(new Question(outside, inside, packet));
            if (out.steps().stream().anyMatch(Step.Beginning.class::isInstance)) {
                return false;
            }
            boolean reaches = analysis.whomReaches(nic.id()).stream()
                    .anyMatch(reach -> reach.coversOutside(Exits.OUTSIDE, packet));
            boolean isReached = analysis.whoReaches(nic.id()).stream()
                    .anyMatch(reach -> reach.coversOutside(Exits.OUTSIDE, packet));
            assertThat(reaches).as("seed %d: %s", seed, out).isEqualTo(out.reachable());
            assertThat(isReached).as("seed %d: %s", seed, in).isEqualTo(in.reachable());
            return reaches || isReached;
        });
    }

    /** What leaves through another NIC of its machine is taken for nobody of the sender's groups. */
    private static boolean leavesThrough(Nic nic, Leg leg, List<Step> steps) {
        return steps.stream()
                .noneMatch(step -> step instanceof Step.SourceCheck check
                        && check.leg() == leg
                        && !check.nic().equals(nic.id()));
    }

    private static boolean covers(List<Reach> reaches, Nic other, Traffic packet) {
        return reaches.stream()
                .anyMatch(
                        reach -> reach.covers(other.net(), other.primaryAddress(), Set.copyOf(other.groups()), packet));
    }

    private static boolean receiverLets(List<Step> steps, Nic from) {
        return steps.stream()
                .filter(step -> isBetween(step) || steps.lastIndexOf(step) >= arrival(steps))
                .filter(step -> !isReplyAtSender(step, from))
                .allMatch(step -> step.blockReason().isEmpty());
    }

    private static boolean senderSends(List<Step> steps, Nic from) {
        boolean translated = steps.stream().anyMatch(Step.Translating.class::isInstance);
        return Stream.concat(
                        steps.stream().limit(arrival(steps)),
                        steps.stream()
                                .filter(step -> isReplyAtSender(step, from)
                                        || translated
                                                && step.leg() == Leg.BACK
                                                && step.net().equals(from.net())))
                .filter(step -> !(step instanceof Step.Beginning))
                .allMatch(step -> step.blockReason().isEmpty());
    }

    /** The reply comes back into the sender's Subnet. */
    private static boolean isReplyAtSender(Step step, Nic from) {
        return step instanceof Step.SubnetBorder border
                && border.subnet().equals(from.subnet())
                && border.leg() == Leg.BACK
                && border.direction() == Direction.INBOUND;
    }

    private static boolean isBetween(Step step) {
        return step instanceof Step.Crossing
                || (step instanceof Step.Routing routing && routing.outcome() == Step.Outcome.OVERLAP);
    }

    /** Where the receiver's own steps begin. */
    private static int arrival(List<Step> steps) {
        return (int) steps.stream()
                .takeWhile(step -> !(step instanceof Step.Machine machine && machine.direction() == Direction.INBOUND))
                .count();
    }

    private static List<Trace> agree(RandomRegion region, long seed) {
        return region.fixture.read(snapshot -> {
            PlannedNetwork network = PlannedNetwork.withSilentAppliances(snapshot);
            ReachabilityAnalysis analysis = new ReachabilityAnalysis(RegionView.of(snapshot));
            return IntStream.range(0, QUESTIONS)
                    .mapToObj(_ -> analysis.trace(region.question()))
                    .filter(trace -> agree(network, trace, seed))
                    .toList();
        });
    }

    /** Whether a packet gets to an appliance is told alike too, and to which. */
    private static List<Trace> handed(RandomRegion region, long seed) {
        return region.fixture.read(snapshot -> {
            PlannedNetwork network = PlannedNetwork.withSilentAppliances(snapshot);
            ReachabilityAnalysis analysis = new ReachabilityAnalysis(RegionView.of(snapshot));
            return IntStream.range(0, QUESTIONS)
                    .mapToObj(_ -> analysis.trace(region.question()))
                    .filter(trace -> trace.from()
                            .filter(from -> handed(network, trace, from, seed))
                            .isPresent())
                    .toList();
        });
    }

    private static boolean handed(PlannedNetwork network, Trace trace, Site from, long seed) {
        Optional<NicId> planned = network.handedTo(
                from.net(),
                from.nic().orElseThrow(),
                trace.source(),
                trace.destination(),
                trace.question().packet());
        List<Cause> causes = trace.verdict().causes();
        Optional<NicId> told = !causes.isEmpty()
                        && causes.getFirst().step() instanceof Step.Appliance appliance
                        && appliance.leg() == Leg.THERE
                ? Optional.of(appliance.nic())
                : Optional.empty();
        assertThat(told).as("seed %d: %s", seed, trace).isEqualTo(planned);
        return told.isPresent();
    }

    /** And what becomes of it, and of its reply, if appliances pass on what they are handed. */
    private static List<Trace> passedOn(RandomRegion region, long seed) {
        new Detours(region.fixture, seed).draw();
        return region.fixture.read(snapshot -> {
            PlannedNetwork network = PlannedNetwork.withForwardingAppliances(snapshot);
            ReachabilityAnalysis analysis = new ReachabilityAnalysis(RegionView.of(snapshot));
            return IntStream.range(0, QUESTIONS)
                    .mapToObj(_ -> analysis.trace(region.question()))
                    .filter(trace -> trace.steps().stream().anyMatch(Step.Appliance.class::isInstance))
                    .filter(trace -> {
                        boolean told = trace.verdict().causes().stream()
                                .allMatch(cause -> cause.blockReason() == BlockReason.HANDED_TO_APPLIANCE);
                        assertThat(told).as("seed %d: %s", seed, trace).isEqualTo(planned(network, trace));
                        return told;
                    })
                    .toList();
        });
    }

    private static boolean agree(PlannedNetwork network, Trace trace, long seed) {
        boolean planned = planned(network, trace);
        assertThat(trace.reachable()).as("seed %d: %s", seed, trace).isEqualTo(planned);
        return planned;
    }

    private static boolean planned(PlannedNetwork network, Trace trace) {
        Traffic packet = trace.question().packet();
        return trace.from()
                .map(from -> network.answers(
                        from.net(),
                        from.nic().orElseThrow(),
                        trace.source(),
                        trace.destination(),
                        packet,
                        meant(trace)))
                .orElseGet(() -> network.answersOutside(trace.source(), trace.destination(), packet, meant(trace)));
    }

    /** The NIC that is to be reached, where one was named, or an address in a Net of its own. */
    private static Optional<NicId> meant(Trace trace) {
        boolean bare = trace.question().to() instanceof Endpoint.AtAddress address
                && address.net().isEmpty();
        return bare ? Optional.empty() : trace.to().flatMap(Site::nic);
    }

    private static boolean remedy(RandomRegion region, Question question, long seed) {
        return region.fixture.rehearse(unit -> {
            Trace before = new ReachabilityAnalysis(RegionView.of(unit)).trace(question);
            if (!(before.verdict() instanceof Verdict.Blocked)) {
                return false;
            }
            Trace after = remedied(unit, before);
            boolean stranger = before.verdict().causes().stream()
                    .anyMatch(cause -> cause.blockReason() == BlockReason.NO_PUBLIC_ADDRESS);
            if (stranger && after.verdict() instanceof Verdict.Blocked) {
                // What the far end says to an address is told once there is one.
                after = remedied(unit, after);
            }
            if (stranger && after.verdict() instanceof Verdict.Impossible) {
                return false;
            }
            assertThat(after.reachable())
                    .as("seed %d: %s then %s", seed, before, after.verdict())
                    .isTrue();
            return true;
        });
    }

    private static Trace remedied(UnitOfWork unit, Trace before) {
        Calls calls = new Calls(unit);
        before.remedies().forEach(calls::make);
        return new ReachabilityAnalysis(RegionView.of(unit)).trace(before.question());
    }

    private static int discreet(RandomRegion region, Question question, long seed) {
        return region.fixture.read(snapshot -> {
            ReachabilityAnalysis analysis = new ReachabilityAnalysis(RegionView.of(snapshot));
            Trace whole = analysis.trace(question);
            if (whole.sites().map(Site::owner).distinct().count() < 2) {
                return 0;
            }
            boolean byExit = whole.steps().stream().anyMatch(Step.Leaving.class::isInstance);
            List<AccountId> viewers =
                    whole.sites().map(Site::owner).limit(byExit ? 1 : 2).toList();
            for (AccountId viewer : viewers) {
                Trace seen = analysis.trace(question, viewer, Consent.asShown());
                assertThat(Leaks.in(seen, snapshot, viewer))
                        .as("seed %d: %s", seed, seen)
                        .isEmpty();
            }
            return 1;
        });
    }
}
