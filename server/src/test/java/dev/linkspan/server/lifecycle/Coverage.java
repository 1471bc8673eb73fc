package dev.linkspan.server.lifecycle;

import dev.linkspan.server.lifecycle.Expected.Listed;
import dev.linkspan.server.lifecycle.Expected.Problem;
import dev.linkspan.server.lifecycle.Expected.Refused;
import dev.linkspan.server.lifecycle.Expected.Shown;
import dev.linkspan.server.lifecycle.ModelPeering.State;
import dev.linkspan.server.lifecycle.Step.Limit;
import dev.linkspan.server.random.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How often each case was tried: operation x situation x role; operation x boundary x millisecond before, at and behind it;
 * limit x one below, at and above it; operation x answer. A case that was never tried is a hole in the test.
 */
final class Coverage {

    /** What a step does about a peering. */
    enum Operation {
        ACCEPT("accept"),
        REJECT("reject"),
        DELETE("delete"),
        ASK_AGAIN("ask again"),
        ASK_BACK("ask back"),
        DELETE_NET("delete a Net"),
        READ_BY_ID("read by id"),
        LIST("list all"),
        TAG("tag"),
        SWEEP("sweep");

        final String label;

        Operation(String label) {
            this.label = label;
        }
    }

    /** Who does it. */
    enum Role {
        REQUESTER,
        ACCEPTER,
        BOTH,
        STRANGER
    }

    private static final List<String> OFFSETS = List.of("-1 ms", "0", "+1 ms");
    private static final List<String> HOURS =
            List.of("rejected's hour", "failed's hour", "expired's hour", "deleted's hour");
    private static final List<String> AROUND = List.of("one below", "at", "above");

    /** Every answer that an operation has; a number is an error's code, and 10 a quota's. */
    private static final String ANSWERS = """
            CreateNetPeering: pending-acceptance active rejected failed done 4199 5065 4045 10
            AcceptNetPeering: active done 401 6004 5035 9029 10
            RejectNetPeering: done 401 6004 5035
            DeleteNetPeering: done 401 6004 5035
            ReadNetPeerings: some none
            CreateTags: done 5035
            DeleteTags: done 5035
            DeleteNet: done 9029 5065
            """;

    private final Table situations = new Table("operation, by");
    private final Table boundaries = new Table("operation, boundary");
    private final Table limits = new Table("limit");
    private final Table answers = new Table("call");
    private Optional<Integer> beyondLimit = Optional.empty();
    private String limit = "";
    private long calls;
    private Instant now = Instant.EPOCH;

    Coverage() {
        for (Operation operation : Operation.values()) {
            if (operation != Operation.SWEEP && operation != Operation.LIST) {
                for (Role role : Role.values()) {
                    Arrays.stream(Situation.values())
                            .forEach(it -> situations.demand(row(operation, role), it.toString()));
                }
            }
            boundariesOf(operation).forEach(row -> OFFSETS.forEach(offset -> boundaries.demand(row, offset)));
        }
        Stream.of("outstanding requests", "active peerings of the source", "active peerings of the accepter")
                .forEach(row -> AROUND.forEach(place -> limits.demand(row, place)));
        ANSWERS.lines().forEach(line -> {
            String[] words = line.split(":? ", -1);
            Arrays.stream(words).skip(1).forEach(answer -> answers.demand(words[0], answer));
        });
    }

    private static Stream<String> boundariesOf(Operation operation) {
        return Stream.concat(Stream.of("expiry"), HOURS.stream()).map(boundary -> operation.label + ", " + boundary);
    }

    private static String row(Operation operation, Role role) {
        return operation.label + ", " + role;
    }

    long calls() {
        return calls;
    }

    /** So many calls were made. */
    void called(long times) {
        calls += times;
    }

    /** Counts what the step is about to meet. */
    void about(Step step, ModelWorld world) {
        now = world.now();
        beyondLimit = Optional.empty();
        switch (step) {
            case Step.AcceptNetPeering it -> {
                on(Operation.ACCEPT, it, world);
                world.peering(it.peering()).ifPresent(peering -> noteActive(peering, world));
            }
            case Step.RejectNetPeering it -> on(Operation.REJECT, it, world);
            case Step.DeleteNetPeering it -> on(Operation.DELETE, it, world);
            case Step.CreateTags it -> on(Operation.TAG, it, world);
            case Step.CreateNetPeering it -> {
                asking(it, world);
                limit = "outstanding requests";
                beyondLimit = Optional.of(Math.toIntExact(world.outstanding(it.by(), it.in()))
                        - world.limit(it.by(), Limit.OUTSTANDING_PEERING_REQUESTS));
            }
            case Step.DeleteNet it ->
                world.net(it.net())
                        .ifPresent(net -> world.allPeerings().stream()
                                .filter(peering -> peering.connects(net))
                                .forEach(peering -> count(Operation.DELETE_NET, peering, it.by())));
            case Step.ReadNetPeerings it -> reading(it, world);
            case Step.Sweep _ -> world.allPeerings().forEach(peering -> boundary(Operation.SWEEP, peering));
            default -> {}
        }
    }

    private void on(Operation operation, Step.OnPeering step, ModelWorld world) {
        world.peering(step.peering())
                .filter(peering -> peering.source.region.equals(step.in()))
                .ifPresent(peering -> count(operation, peering, step.by()));
    }

    private void asking(Step.CreateNetPeering step, ModelWorld world) {
        Optional<ModelNet> source = world.net(step.source());
        Optional<ModelNet> accepter = world.net(step.accepter());
        if (source.isPresent() && accepter.isPresent()) {
            for (ModelPeering peering : world.allPeerings()) {
                if (peering.asks(source.get(), accepter.get())) {
                    count(Operation.ASK_AGAIN, peering, step.by());
                } else if (peering.asks(accepter.get(), source.get())) {
                    count(Operation.ASK_BACK, peering, step.by());
                }
            }
        }
    }

    private void reading(Step.ReadNetPeerings step, ModelWorld world) {
        Set<ModelPeering> named = new LinkedHashSet<>();
        step.peerings().forEach(name -> world.peering(name).ifPresent(named::add));
        named.forEach(peering -> count(Operation.READ_BY_ID, peering, step.by()));
        if (step.equals(Step.ReadNetPeerings.everything(step.by(), step.in()))) {
            world.allPeerings().stream()
                    .filter(peering -> peering.concerns(step.by()))
                    .forEach(peering -> boundary(Operation.LIST, peering));
        }
    }

    private void noteActive(ModelPeering peering, ModelWorld world) {
        if (peering.stateAt(now) == State.PENDING) {
            int source = beyond(peering.source, world);
            int accepter = beyond(peering.accepter, world);
            limit = source >= accepter ? "active peerings of the source" : "active peerings of the accepter";
            beyondLimit = Optional.of(Math.max(source, accepter));
        }
    }

    private static int beyond(ModelNet net, ModelWorld world) {
        return Math.toIntExact(world.active(net)) - world.limit(net.owner, Limit.ACTIVE_PEERINGS_PER_NET);
    }

    private void count(Operation operation, ModelPeering peering, String by) {
        situations.count(
                row(operation, role(peering, by)), peering.situationAt(now).toString());
        boundary(operation, peering);
    }

    private static Role role(ModelPeering peering, String by) {
        boolean requester = peering.source.owner.equals(by);
        boolean accepter = peering.accepter.owner.equals(by);
        if (requester && accepter) {
            return Role.BOTH;
        }
        return requester ? Role.REQUESTER : accepter ? Role.ACCEPTER : Role.STRANGER;
    }

    private void boundary(Operation operation, ModelPeering peering) {
        if (peering.stateAt(now) == State.PENDING || peering.stateAt(now) == State.EXPIRED) {
            boundary(operation, "expiry", peering.expiry());
        }
        peering.endOfVisibility(now).ifPresent(end -> boundary(operation, peering.stateAt(now).label + "'s hour", end));
    }

    private void boundary(Operation operation, String boundary, Instant moment) {
        Duration behind = Duration.between(moment, now);
        if (behind.abs().compareTo(Duration.ofMillis(1)) <= 0) {
            boundaries.count(operation.label + ", " + boundary, OFFSETS.get((int) behind.toMillis() + 1));
        }
    }

    /** Counts what the step was to be answered. */
    void answered(Step step, Expected expected) {
        String call = step.getClass().getSimpleName();
        switch (expected) {
            case Expected.NoCall _ -> {}
            case Shown shown -> {
                answers.count(call, shown.view().state().label);
                if (shown.view().peering().createdAt.equals(now) || step instanceof Step.AcceptNetPeering) {
                    nearLimit(-1);
                }
            }
            case Listed(var views) -> answers.count(call, views.isEmpty() ? "none" : "some");
            case Refused(List<Problem> reasons) -> {
                reasons.forEach(reason -> answers.count(call, code(reason)));
                if (reasons.stream().anyMatch(reason -> code(reason).equals("10"))) {
                    nearLimit(0);
                }
            }
            default -> answers.count(call, "done");
        }
    }

    private static String code(Problem problem) {
        if (problem.status() == 401) {
            return "401";
        }
        return problem.code().startsWith("10") ? "10" : problem.code();
    }

    private void nearLimit(int least) {
        beyondLimit
                .filter(beyond -> least == 0 ? beyond >= 0 : beyond == -1)
                .ifPresent(beyond -> limits.count(limit, AROUND.get(Math.min(beyond, 1) + 1)));
    }

    /** How many cases there are to be tried. */
    int cases() {
        return Stream.of(situations, boundaries, limits, answers)
                .mapToInt(Table::demanded)
                .sum();
    }

    /** The cases that were never tried. */
    List<String> holes() {
        return Stream.of(situations, boundaries, limits, answers)
                .flatMap(table -> table.holes().stream())
                .toList();
    }

    String text() {
        return situations.text() + "\n" + boundaries.text() + "\n" + limits.text() + "\n" + answers.lines();
    }
}
