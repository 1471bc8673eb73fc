package dev.linkspan.server.api.own;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.reachability.Consent;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.json.StrictJson;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Makes planned calls in a unit of work, by the operations that the real calls run. */
final class Plans {

    private static final int LONGEST = 50;

    private final Map<String, Operation.Change<?>> calls;

    /** @param operations those of the OUTSCALE API */
    Plans(Collection<Operation> operations) {
        this.calls = operations.stream()
                .filter(Operation.Change.class::isInstance)
                .map(operation -> (Operation.Change<?>) operation)
                .collect(Collectors.toUnmodifiableMap(Operation::name, Function.identity()));
    }

    /** @param consent where the asker and other owners agreed before the plan */
    void make(UnitOfWork unit, Asker asker, Consent consent, List<PlannedCall> plan) {
        if (plan.size() > LONGEST) {
            throw Refusal.badValue("Plan", plan.size() + " calls", "at most %d are thought through", LONGEST);
        }
        EarlierAnswers answers = new EarlierAnswers();
        for (int i = 0; i < plan.size(); i++) {
            make(unit, asker, consent, plan.get(i), i + 1, answers);
        }
    }

    private void make(
            UnitOfWork unit, Asker asker, Consent consent, PlannedCall planned, int number, EarlierAnswers answers) {
        Operation.Change<?> operation = calls.get(planned.call());
        if (operation == null) {
            throw Refusal.badValue("Call", planned.call(), "a call that changes something is expected");
        }
        try {
            ObjectNode arguments = answers.fillIn(planned.arguments());
            if (asker instanceof Asker.Tenant(var caller)) {
                new PlannedView(unit, caller.account(), consent).require(planned.call(), arguments);
            }
            answers.keep(planned.call(), make(unit, ownerOf(asker, planned), operation, arguments));
        } catch (Refusal refusal) {
            Refusal ofPlan = new Refusal(
                    refusal.code(), "Call %d of the Plan, %s: %s", number, planned.call(), refusal.sentence());
            throw refusal.subject().map(ofPlan::about).orElse(ofPlan);
        }
    }

    private static <Q extends Record> Object make(
            UnitOfWork unit, AccountId owner, Operation.Change<Q> operation, ObjectNode arguments) {
        Q request = StrictJson.bind(arguments, operation.request());
        return operation.handler().handle(new ChangeCall(unit, owner), request);
    }

    private static AccountId ownerOf(Asker asker, PlannedCall planned) {
        return switch (asker) {
            case Asker.Tenant(var caller) -> {
                planned.accountId().filter(it -> !it.equals(caller.account())).ifPresent(other -> {
                    throw Refusal.badValue("AccountId", other, "an account plans its own calls only");
                });
                yield caller.account();
            }
            case Asker.Operator _ ->
                planned.accountId()
                        .orElseThrow(() -> new Refusal(
                                RefusalCode.MISSING_PARAMETER,
                                "The parameter 'AccountId' of a planned call is required: the operator owns nothing."));
        };
    }
}
