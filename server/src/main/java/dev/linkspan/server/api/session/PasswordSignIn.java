package dev.linkspan.server.api.session;

import dev.linkspan.core.account.EmailAddress;
import dev.linkspan.core.account.Password;
import dev.linkspan.core.account.Session;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SessionId;
import dev.linkspan.core.operation.Sessions;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.sigv4.Lockouts;
import java.time.Instant;
import java.util.Optional;

/**
 * How somebody signs in with an e-mail address and a password. Answer and time are the same for an address that no account
 * has as for a wrong password, and so are the lockouts (A3): nobody learns who has an account.
 */
public final class PasswordSignIn {

    private final Store store;
    private final RegionName home;
    private final Sessions sessions;
    private final PasswordHashes hashes;
    private final Lockouts<EmailAddress> lockouts = new Lockouts<>();
    /** Whose password somebody guesses at who is signed in already: that shuts nobody out who signs in. */
    private final Lockouts<AccountId> owners = new Lockouts<>();

    public PasswordSignIn(Store store, RegionName home, Sessions sessions, PasswordHashes hashes) {
        this.store = store;
        this.home = home;
        this.sessions = sessions;
        this.hashes = hashes;
    }

    /**
     * Opens a session for the account; refused where address and password do not belong together.
     *
     * @param id what the session is to be called
     * @param peer the address that asks
     * @param now the real time
     * @param requestId what the event log calls the request
     */
    Session open(String email, String password, SessionId id, String peer, Instant now, String requestId) {
        Password right = require(email, password, peer, now);
        return store.change(
                home, new Origin(right.owner().value(), requestId), unit -> sessions.open(unit, id, right, now));
    }

    /**
     * What is kept of the password; refused where address and password do not belong together.
     *
     * @param peer the address that asks
     * @param now the real time
     */
    public Password require(String email, String password, String peer, Instant now) {
        EmailAddress address = EmailAddress.tryParse(email.strip()).orElseThrow(PasswordSignIn::wrong);
        lockouts.requireUnlocked("e-mail address", address, peer, now);
        Optional<Password> right = right(peer, address, password);
        // While this one was compared, others may have locked it: then nobody learns how it came out.
        lockouts.requireUnlocked("e-mail address", address, peer, now);
        if (right.isEmpty()) {
            lockouts.failed(address, peer, now);
            throw wrong();
        }
        lockouts.succeeded(address, peer);
        return right.get();
    }

    /**
     * Refuses where this is not the password of the account that is at it, so that nobody takes an account over who merely
     * finds it signed in. An account without a password has none to give.
     *
     * @param peer the address that asks
     * @param now the real time
     */
    public void confirm(AccountId account, Optional<String> given, String peer, Instant now) {
        Optional<Password> kept =
                store.read(home, snapshot -> snapshot.passwords().find(account));
        if (kept.isEmpty()) {
            return;
        }
        String password = given.orElseThrow(() -> new Refusal(
                RefusalCode.MISSING_PARAMETER,
                "The parameter 'CurrentPassword' is required: the account %s has a password.",
                account));
        owners.requireUnlocked("password of the account", account, peer, now);
        boolean right = hashes.matches(peer, password, kept.get().hash());
        owners.requireUnlocked("password of the account", account, peer, now);
        if (!right) {
            owners.failed(account, peer, now);
            throw new Refusal(RefusalCode.BAD_VALUE, "The value of CurrentPassword is not the account's password.");
        }
        owners.succeeded(account, peer);
    }

    /** What is kept of the address's password, if this is it. */
    private Optional<Password> right(String peer, EmailAddress address, String password) {
        Optional<Password> kept = store.read(
                home,
                snapshot -> snapshot.accounts()
                        .findByEmail(address)
                        .flatMap(account -> snapshot.passwords().find(account.id())));
        if (kept.isEmpty()) {
            hashes.pretend(peer, password);
        }
        return kept.filter(it -> hashes.matches(peer, password, it.hash()));
    }

    private static Refusal wrong() {
        return new Refusal(RefusalCode.NOT_SIGNED, "The e-mail address or the password is wrong.");
    }
}
