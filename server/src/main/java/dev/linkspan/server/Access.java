package dev.linkspan.server;

import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.operation.Accounts;
import dev.linkspan.core.operation.Roles;
import dev.linkspan.core.port.Store;
import dev.linkspan.server.api.Authenticator;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.resource.account.StsActions;
import dev.linkspan.server.api.sigv4.Lockouts;
import dev.linkspan.server.api.sigv4.RequestRegion;
import dev.linkspan.server.api.sigv4.SessionTokens;
import dev.linkspan.server.api.sigv4.SignatureAuthenticator;
import dev.linkspan.server.api.sigv4.TrustingAuthenticator;
import dev.linkspan.server.store.DataFolder;
import java.time.InstantSource;
import java.util.List;

/**
 * How the server finds out who signed a request (A1 to A6), and hands out the keys of role sessions.
 *
 * @param lockouts the access keys', however they are used
 * @param stsActions STS, which is asked for role sessions
 */
record Access(Authenticator authenticator, Lockouts<AccessKeyId> lockouts, List<Operation> stsActions) {

    static Access of(Settings settings, DataFolder folder, Store store, RequestRegion region, Accounts accounts) {
        InstantSource realTime = InstantSource.system();
        SessionTokens tokens = new SessionTokens(folder.sealing(SessionTokens.PURPOSE));
        Roles roles = settings.dev() ? Roles.ANY : Roles.listed(settings.roles());
        Lockouts<AccessKeyId> lockouts = new Lockouts<>();
        Authenticator authenticator = settings.dev()
                ? new TrustingAuthenticator(store, region, accounts, tokens, realTime)
                : new SignatureAuthenticator(store, region, tokens, roles, realTime, lockouts);
        return new Access(
                authenticator, lockouts, new StsActions(roles, new RandomCredentials(), tokens, realTime).operations());
    }
}
