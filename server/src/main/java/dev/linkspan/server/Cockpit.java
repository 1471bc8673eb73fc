package dev.linkspan.server;

import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.operation.Accounts;
import dev.linkspan.core.operation.Sessions;
import dev.linkspan.core.port.Store;
import dev.linkspan.server.api.Authenticator;
import dev.linkspan.server.api.Endpoint;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadTurns;
import dev.linkspan.server.api.cockpit.CockpitEndpoint;
import dev.linkspan.server.api.cockpit.CockpitFiles;
import dev.linkspan.server.api.cockpit.EventStream;
import dev.linkspan.server.api.own.OwnAccountCalls;
import dev.linkspan.server.api.own.RegionClock;
import dev.linkspan.server.api.session.AuthenticationCalls;
import dev.linkspan.server.api.session.CallerAuthenticator;
import dev.linkspan.server.api.session.CheckedKeys;
import dev.linkspan.server.api.session.KeySignIn;
import dev.linkspan.server.api.session.PasswordAuthenticator;
import dev.linkspan.server.api.session.PasswordHashes;
import dev.linkspan.server.api.session.PasswordSignIn;
import dev.linkspan.server.api.session.SessionAuthenticator;
import dev.linkspan.server.api.session.SessionCalls;
import dev.linkspan.server.api.session.TrustedKeys;
import dev.linkspan.server.api.sigv4.Lockouts;
import dev.linkspan.server.api.sigv4.RequestRegion;
import java.io.File;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The server's side of Cockpit: who is signed in, what is below {@code /cockpit/}, and how they are put together. */
final class Cockpit {

    private final Store store;
    private final Settings settings;
    private final RegionName home;
    private final Sessions sessions;
    private final PasswordHashes passwords = new PasswordHashes();
    private final PasswordSignIn passwordSignIn;
    private final SessionAuthenticator authenticator;
    private final EventStream events;

    Cockpit(Store store, Settings settings, RequestRegion region) {
        this.store = store;
        this.settings = settings;
        this.home = settings.regions().getFirst().name();
        this.sessions = new Sessions(settings.dev());
        this.passwordSignIn = new PasswordSignIn(store, home, sessions, passwords);
        this.authenticator = new SessionAuthenticator(store, home, sessions, region, InstantSource.system());
        this.events = new EventStream(store, authenticator, region);
    }

    /** Takes a session where a request comes from Cockpit, and a signature else. */
    Authenticator or(Authenticator signatures) {
        return new CallerAuthenticator(signatures, authenticator);
    }

    /** Takes an e-mail address and a password, where the OUTSCALE API does. */
    Authenticator byPassword(RequestRegion region) {
        return new PasswordAuthenticator(passwordSignIn, region, InstantSource.system());
    }

    List<Operation> authenticationCalls() {
        return new AuthenticationCalls(passwordSignIn, InstantSource.system()).operations();
    }

    PasswordHashes passwords() {
        return passwords;
    }

    /** What an account changes about itself, where it shows that it knows its password. */
    OwnAccountCalls ownAccount(Accounts accounts, ReadTurns turns) {
        return new OwnAccountCalls(store, home, accounts, passwords, passwordSignIn, InstantSource.system(), turns);
    }

    /** @param lockouts those of the keys' signatures */
    Endpoint endpoint(Operations operations, Lockouts<AccessKeyId> lockouts, RegionClock clock) {
        KeySignIn keys = settings.dev()
                ? new TrustedKeys(store, home, sessions, operations.accounts())
                : new CheckedKeys(store, home, sessions, lockouts);
        SessionCalls calls = new SessionCalls(
                store,
                sessions,
                authenticator,
                passwordSignIn,
                keys,
                new SessionCalls.Surroundings(
                        settings.regions(), settings.network().name(), clock.kind(), clock::now, settings.dev()),
                InstantSource.system());
        return new CockpitEndpoint(
                CockpitFiles.in(folder()), Map.of(SessionCalls.PATH, calls, "/cockpit/events", events));
    }

    /**
     * Beside the jar with which the class path begins, where the launcher puts what it has built. The code source of a class does not tell
     * it: in a release, classes come from an archive that was made in another place.
     */
    private static Path folder() {
        String classPath = System.getProperty("java.class.path");
        return Path.of(classPath.split(File.pathSeparator, 2)[0])
                .toAbsolutePath()
                .resolveSibling("cockpit");
    }

    /** Whoever follows the events is told no more. */
    void stop() {
        events.stop();
    }
}
