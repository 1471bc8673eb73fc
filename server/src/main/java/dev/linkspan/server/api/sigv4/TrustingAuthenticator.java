package dev.linkspan.server.api.sigv4;

import dev.linkspan.core.account.Accounts;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.Store;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.Authenticator;
import dev.linkspan.server.api.Caller;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The developer's mode (A6): believes every request. A key of 12 digits acts as that account, anything else as {@link
 * #ANYBODY}; the account is made when it is first used.
 */
public final class TrustingAuthenticator implements Authenticator {

    public static final AccountId ANYBODY = new AccountId("123456789012");

    private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/,\\s]+)(?:/[^/]*/([^/]*))?");

    private final Store store;
    private final RequestRegion regions;
    private final Accounts accounts;

    public TrustingAuthenticator(Store store, RequestRegion regions, Accounts accounts) {
        this.store = store;
        this.regions = regions;
        this.accounts = accounts;
    }

    @Override
    public Caller authenticate(ApiRequest request) {
        Matcher credential =
                CREDENTIAL.matcher(request.headers().first("Authorization").orElse(""));
        boolean given = credential.find();
        AccountId account = given ? AccountId.tryParse(credential.group(1)).orElse(ANYBODY) : ANYBODY;
        RegionName region = regions.of(request, given ? Optional.ofNullable(credential.group(2)) : Optional.empty());
        boolean known = store.read(region, snapshot -> snapshot.account(account).isPresent());
        if (!known) {
            // Another request may have made it in the meantime.
            store.change(region, new Origin(account.value(), request.id()), unit -> accounts.known(unit, account));
        }
        return new Caller(account, region);
    }
}
