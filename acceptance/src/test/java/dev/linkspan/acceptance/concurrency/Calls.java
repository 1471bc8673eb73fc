package dev.linkspan.acceptance.concurrency;

import dev.linkspan.acceptance.concurrency.Outcome.Seen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What one client does next, by chance: mostly what may succeed, by whoever may do it.
 *
 * @param pairs the Nets between which peerings are asked for, whichever way round
 * @param movesClock whether it moves the clock now and then, which must be a manual one
 */
record Calls(World world, List<Pair> pairs, Knowledge knowledge, Random random, boolean movesClock) {

    private static final Duration AN_HOUR = Duration.ofHours(1);
    private static final Duration A_MILLISECOND = Duration.ofMillis(1);

    record Pair(String one, String other) {}

    /** A call and who makes it. */
    record Plan(String account, Call call) {}

    Plan next() {
        int choice = random.nextInt(100);
        Optional<Seen> known = knowledge.any(random);
        if (choice < 3 && movesClock) {
            return new Plan(Operation.OPERATOR, new Call.Advance(jump()));
        }
        if (choice < 28 || known.isEmpty()) {
            return create();
        }
        Seen peering = known.get();
        String asker = world.owner(peering.source());
        String asked = mostly(world.owner(peering.accepter()));
        if (choice < 50) {
            return new Plan(asked, new Call.Accept(peering.id()));
        }
        if (choice < 56) {
            return new Plan(asked, new Call.Reject(peering.id()));
        }
        if (choice < 68) {
            return new Plan(random.nextBoolean() ? asker : asked, new Call.Delete(peering.id()));
        }
        return read(peering, random.nextBoolean() ? asker : asked);
    }

    private Plan create() {
        Pair pair = pairs.get(random.nextInt(pairs.size()));
        boolean forth = random.nextBoolean();
        String source = forth ? pair.one() : pair.other();
        return new Plan(mostly(world.owner(source)), new Call.Create(source, forth ? pair.other() : pair.one()));
    }

    private Plan read(Seen peering, String account) {
        return new Plan(
                account,
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> Call.Read.one(peering.id());
                    case 3, 4 -> Call.Read.between(peering.source(), peering.accepter());
                    case 5 -> Call.Read.from(peering.source());
                    case 6 -> Call.Read.to(peering.accepter());
                    default -> Call.Read.everything();
                });
    }

    /** Now and then somebody tries who may not. */
    private String mostly(String account) {
        List<String> accounts = world.accounts();
        return random.nextInt(10) > 0 ? account : accounts.get(random.nextInt(accounts.size()));
    }

    private Duration jump() {
        return switch (random.nextInt(5)) {
            case 0 -> AN_HOUR;
            case 1 -> AN_HOUR.minus(A_MILLISECOND);
            case 2 -> A_MILLISECOND;
            default -> knowledge.untilAnExpiry(random);
        };
    }
}
