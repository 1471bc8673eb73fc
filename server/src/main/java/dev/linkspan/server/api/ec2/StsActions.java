package dev.linkspan.server.api.ec2;

import dev.linkspan.core.account.Role;
import dev.linkspan.core.account.RoleSession;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.operation.Roles;
import dev.linkspan.core.port.Credentials;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.sigv4.SessionTokens;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What clients ask of STS: whose key is this, and may I act as another account for a while. */
public final class StsActions {

    private static final Pattern ROLE_ARN = Pattern.compile("arn:aws:iam::([0-9]{12}):role/([A-Za-z0-9_+=,.@-]{1,64})");
    private static final Pattern SESSION_NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]{2,64}");
    private static final int DEFAULT_SECONDS = 3600;
    private static final int FEWEST_SECONDS = 900;
    private static final int MOST_SECONDS = 43_200;

    /** The most where the caller itself acts in a role, so that no chain of roles outlasts them all by much. */
    private static final int MOST_SECONDS_IN_CHAIN = 3600;

    /**
     * What STS has. Tags, an external id and a source identity say something to policies alone, of which there are none
     * here; what would narrow or guard the session is refused, as nothing enforces it.
     */
    record AssumeRoleRequest(
            @Required String roleArn,
            @Required String roleSessionName,
            Optional<Integer> durationSeconds,
            Optional<String> externalId,
            Optional<String> sourceIdentity,
            List<SessionTag> tags,
            List<String> transitiveTagKeys,
            Optional<String> policy,
            List<PolicyDescriptor> policyArns,
            Optional<String> serialNumber,
            Optional<String> tokenCode) {

        void requireEnforceable() {
            requireAbsent("Policy", policy.isPresent(), "policies that narrow a session");
            requireAbsent("PolicyArns", !policyArns.isEmpty(), "policies that narrow a session");
            requireAbsent("SerialNumber", serialNumber.isPresent(), "multi-factor authentication");
            requireAbsent("TokenCode", tokenCode.isPresent(), "multi-factor authentication");
        }

        private static void requireAbsent(String parameter, boolean present, String what) {
            if (present) {
                throw new Refusal(
                        RefusalCode.BAD_VALUE,
                        "The parameter %s is not supported: this server does not enforce %s.",
                        parameter,
                        what);
            }
        }

        Role role() {
            Matcher arn = ROLE_ARN.matcher(roleArn);
            if (!arn.matches()) {
                throw Refusal.malformed("RoleArn", roleArn, "arn:aws:iam::ACCOUNT:role/NAME is expected");
            }
            return new Role(new AccountId(arn.group(1)), arn.group(2));
        }

        String sessionName() {
            if (!SESSION_NAME.matcher(roleSessionName).matches()) {
                throw Refusal.malformed(
                        "RoleSessionName", roleSessionName, "2 to 64 letters, digits and _+=,.@- are expected");
            }
            return roleSessionName;
        }

        int seconds(int most) {
            int seconds = durationSeconds.orElse(DEFAULT_SECONDS);
            if (seconds < FEWEST_SECONDS || seconds > most) {
                throw Refusal.badValue("DurationSeconds", seconds, "%d to %d are expected here", FEWEST_SECONDS, most);
            }
            return seconds;
        }
    }

    record SessionTag(@Required String key, Optional<String> value) {}

    record PolicyDescriptor(Optional<String> arn) {}

    record Assumed(TemporaryKey credentials, AssumedRoleUser assumedRoleUser) {}

    record TemporaryKey(AccessKeyId accessKeyId, String secretAccessKey, String sessionToken, Instant expiration) {

        /** Leaves out what signs, so that no log line can hold it. */
        @Override
        public String toString() {
            return "TemporaryKey[%s until %s]".formatted(accessKeyId, expiration);
        }
    }

    record AssumedRoleUser(String assumedRoleId, String arn) {}

    record Identity(AccountId account, String arn, String userId) {}

    private final Roles roles;
    private final Credentials credentials;
    private final SessionTokens tokens;
    private final InstantSource realTime;

    /** @param roles who may assume what */
    public StsActions(Roles roles, Credentials credentials, SessionTokens tokens, InstantSource realTime) {
        this.roles = roles;
        this.credentials = credentials;
        this.tokens = tokens;
        this.realTime = realTime;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.read("GetCallerIdentity", Operation.Nothing.class, (call, _) -> identity(call)),
                Operation.read("AssumeRole", AssumeRoleRequest.class, this::assume));
    }

    /** An account's keys all act as the account itself: there are no users below it. */
    private static Identity identity(ReadCall call) {
        return call.session()
                .map(session -> new Identity(call.caller(), Arns.of(session), Arns.id(session)))
                .orElseGet(() -> new Identity(
                        call.caller(), Arns.of(call.caller()), call.caller().value()));
    }

    /** In a chain of roles each session ends with the one before it at the latest: none outlives the first. */
    private Instant end(ReadCall call, int seconds) {
        Instant wanted = realTime.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(seconds);
        return call.session()
                .map(RoleSession::expiresAt)
                .filter(wanted::isAfter)
                .orElse(wanted);
    }

    /** Nothing is stored, so nothing is changed: the session is in its token. */
    private Object assume(ReadCall call, AssumeRoleRequest request) {
        request.requireEnforceable();
        Role role = request.role();
        String name = request.sessionName();
        int seconds = request.seconds(call.session().isPresent() ? MOST_SECONDS_IN_CHAIN : MOST_SECONDS);
        if (!roles.admit(call.snapshot(), call.caller(), role)) {
            throw new Refusal(
                    RefusalCode.NOT_AUTHORIZED,
                    "User: %s is not authorized to perform: sts:AssumeRole on resource: %s",
                    identity(call).arn(),
                    Arns.of(role));
        }
        RoleSession session = new RoleSession(
                credentials.newSessionKeyId(), credentials.newSecret(), role, call.caller(), name, end(call, seconds));
        return new Assumed(
                new TemporaryKey(session.key(), session.secret(), tokens.token(session), session.expiresAt()),
                new AssumedRoleUser(Arns.id(session), Arns.of(session)));
    }
}
