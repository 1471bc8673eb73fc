package dev.linkspan.server.api;

import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.HostId;

/**
 * What a request turned out to be, for its log line and the metrics. All but the account and the session are words that the
 * server knows: nothing that a client made up.
 *
 * @param api whose paths they are: those of "oapi", of "ec2", of "ssm" (images' parameters), of "linkspan" (its own calls), of "cockpit", of "monitoring", of "agent" (those of hosts),
 *     or of "none"
 * @param operation the call's name, or {@link #UNKNOWN}
 * @param account who asked: an account id, {@link Origin#OPERATOR}, a host's id, or an empty text where that is not known
 * @param session the name of the role and of the session that asked, {@code peering/alice}, or an empty text
 * @param region where, or an empty text
 * @param error the error's code, or an empty text
 * @param rehearsed whether it was a DryRun
 */
public record AccessRecord(
        String api, String operation, String account, String session, String region, String error, boolean rehearsed) {

    /** Every operation that there is not. */
    public static final String UNKNOWN = "unknown";

    /** @param operation an empty text where it is none of the API's */
    public static AccessRecord on(String api, String operation) {
        return new AccessRecord(api, operation.isEmpty() ? UNKNOWN : operation, "", "", "", "", false);
    }

    /** The server could tell who asks. */
    public AccessRecord by(Caller caller) {
        String session =
                caller.session().map(it -> it.role().name() + "/" + it.name()).orElse("");
        return new AccessRecord(
                api,
                operation,
                caller.account().value(),
                session,
                caller.region().value(),
                error,
                rehearsed);
    }

    public AccessRecord byOperator() {
        return new AccessRecord(api, operation, Origin.OPERATOR, session, region, error, rehearsed);
    }

    /** The agent of this host asks. */
    public AccessRecord byHost(HostId host) {
        return new AccessRecord(api, operation, host.value(), session, region, error, rehearsed);
    }

    public AccessRecord refused(String error) {
        return new AccessRecord(api, operation, account, session, region, error, rehearsed);
    }

    public AccessRecord rehearsal(boolean rehearsed) {
        return new AccessRecord(api, operation, account, session, region, error, rehearsed);
    }
}
