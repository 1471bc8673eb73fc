package dev.linkspan.server.api.ec2;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadCall;
import java.util.List;

/** What clients ask of STS before anything else: whose key is this. */
public final class StsActions {

    record Identity(AccountId account, String arn, AccountId userId) {}

    public List<Operation> operations() {
        return List.of(Operation.read("GetCallerIdentity", Operation.Nothing.class, (call, _) -> identity(call)));
    }

    /** An account's keys all act as the account itself: there are no users below it. */
    private static Object identity(ReadCall call) {
        return new Identity(call.caller(), "arn:aws:iam::%s:root".formatted(call.caller()), call.caller());
    }
}
