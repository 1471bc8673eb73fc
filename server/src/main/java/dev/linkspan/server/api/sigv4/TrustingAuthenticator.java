package dev.linkspan.server.api.sigv4;

import dev.linkspan.core.account.RoleSession;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.operation.Accounts;
import dev.linkspan.core.port.Store;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.Authenticator;
import dev.linkspan.server.api.Caller;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The developer's mode (A6): believes every request. A key of 12 digits acts as that account, anything else as {@link
 * #ANYBODY}; the account is made when it is first used. A role session's token, where there is one, tells the account, and
 * ends as it does elsewhere.
 */
public final class TrustingAuthenticator implements Authenticator {

    public static final AccountId ANYBODY = new AccountId("123456789012");

    private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/,\\s]{1,128})(?:/[^/]*/([^/]*))?");

    private final Store store;
    private final RequestRegion regions;
    private final Accounts accounts;
    private final SessionTokens tokens;
    private final InstantSource realTime;

    public TrustingAuthenticator(
            Store store, RequestRegion regions, Accounts accounts, SessionTokens tokens, InstantSource realTime) {
        this.store = store;
        this.regions = regions;
        this.accounts = accounts;
        this.tokens = tokens;
        this.realTime = realTime;
    }

    @Override
    public Caller authenticate(ApiRequest request) {
        Matcher credential = CREDENTIAL.matcher(request.headers()
                .first("Authorization")
                .or(() -> PresignedQuery.of(request).map(PresignedQuery::authorization))
                .orElse(""));
        boolean given = credential.find();
        RegionName region = regions.of(request, given ? Optional.ofNullable(credential.group(2)) : Optional.empty());
        Optional<RoleSession> session = given ? session(request, credential.group(1)) : Optional.empty();
        AccountId account = session.map(it -> it.role().account())
                .or(() -> given ? AccountId.tryParse(credential.group(1)) : Optional.empty())
                .orElse(ANYBODY);
        boolean known =
                store.read(region, snapshot -> snapshot.accounts().find(account).isPresent());
        if (!known) {
            // Another request may have made it in the meantime.
            store.change(region, new Origin(account.value(), request.id()), unit -> accounts.known(unit, account));
        }
        return new Caller(account, region, session);
    }

    @Override
    public boolean knows(ApiRequest head) {
        return true;
    }

    /** A token of someone else's is believed like any key: it says nothing here. */
    private Optional<RoleSession> session(ApiRequest request, String key) {
        Optional<RoleSession> session = Arrays.stream(SignatureFamily.values())
                .flatMap(family -> SessionTokens.of(request, family).stream())
                .filter(SessionTokens::isToken)
                .findFirst()
                .map(token -> tokens.session(token, new AccessKeyId(key)));
        session.filter(it -> !it.usableAt(realTime.instant())).ifPresent(over -> {
            throw SessionTokens.expired(over);
        });
        return session;
    }
}
