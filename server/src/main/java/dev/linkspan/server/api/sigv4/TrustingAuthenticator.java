package dev.linkspan.server.api.sigv4;

import dev.linkspan.core.account.Account;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.Authenticator;
import dev.linkspan.server.api.Caller;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    public TrustingAuthenticator(Store store, RequestRegion regions) {
        this.store = store;
        this.regions = regions;
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
            store.change(region, new Origin(account.value(), request.id()), unit -> make(unit, account));
        }
        return new Caller(account, region);
    }

    /** Another request may have made it in the meantime. */
    private static boolean make(UnitOfWork unit, AccountId id) {
        if (unit.account(id).isEmpty()) {
            unit.save(new Account(id, Optional.empty(), Map.of(), unit.now()));
            unit.record(
                    new Fact(EventType.ACCOUNT_CREATED, id.value(), Set.of(id), Set.of(), "made on first use (--dev)"));
        }
        return true;
    }
}
