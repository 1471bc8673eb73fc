package dev.linkspan.server.api;

/**
 * Lets one address, and then one account, make so many calls and no more.
 *
 * @param addresses asked before anything is looked up
 * @param accounts asked once it is known who calls
 */
public record ThrottledAuthenticator(Authenticator callers, Throttle addresses, Throttle accounts)
        implements Authenticator {

    @Override
    public Caller authenticate(ApiRequest request) {
        addresses.count(request.peer());
        Caller caller = callers.authenticate(request);
        accounts.count(caller.account().value());
        return caller;
    }

    /** Counts nothing: the call is counted once, when it is known whose it is. */
    @Override
    public boolean knows(ApiRequest head) {
        return callers.knows(head);
    }
}
