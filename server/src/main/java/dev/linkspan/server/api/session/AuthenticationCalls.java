package dev.linkspan.server.api.session;

import dev.linkspan.core.account.Password;
import dev.linkspan.server.api.call.Callers;
import dev.linkspan.server.api.call.Invocation;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.json.Required;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** The OUTSCALE API's call that tells whether an e-mail address and a password belong together. */
public final class AuthenticationCalls {

    record CheckAuthenticationRequest(
            @Required String login, @Required String password) {

        /** Leaves the password out, so that no log line can hold it. */
        @Override
        public String toString() {
            return "CheckAuthenticationRequest[%s]".formatted(login);
        }
    }

    private final PasswordSignIn passwords;
    private final InstantSource realTime;

    public AuthenticationCalls(PasswordSignIn passwords, InstantSource realTime) {
        this.passwords = passwords;
        this.realTime = realTime;
    }

    public List<Operation> operations() {
        return List.of(Operation.own(
                "CheckAuthentication",
                Set.of(Callers.ACCOUNTS),
                CheckAuthenticationRequest.class,
                Operation.Done.class,
                this::check));
    }

    private Operation.Done check(Invocation invocation, CheckAuthenticationRequest request) {
        Password _ = passwords.require(request.login(), request.password(), invocation.peer(), realTime.instant());
        return new Operation.Done();
    }
}
