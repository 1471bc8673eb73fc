package dev.linkspan.server.api.oapi;

import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.HostId;
import dev.linkspan.core.id.ImageId;
import dev.linkspan.core.id.InsightsAnalysisId;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.id.LaunchTemplateId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NetworkAclAssociationId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.PublicIpLinkId;
import dev.linkspan.core.id.ReservationId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.id.VolumeId;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.call.Answering;
import dev.linkspan.server.api.call.OutscaleWords;
import dev.linkspan.server.api.json.StrictJson;
import java.util.List;
import java.util.Set;

/**
 * How the OUTSCALE API words each refusal: status, code and type (E2). Go clients can decode only the statuses
 * that the API's description declares for a call, so whatever is in the way is a 409 where the call declares it and a
 * 400 elsewhere, unless clients are known to wait for that 409.
 */
public final class OapiErrors implements Answering.Words {

    public static final OapiErrors WORDS = new OapiErrors();

    /** The calls whose description declares the status 409. */
    private static final Set<String> DECLARING_CONFLICT = Set.of(
            "AcceptNetPeering", "CreateKeypair", "CreateNet", "CreateSubnet", "DeleteNetPeering", "RejectNetPeering");

    private static final String INVALID_VALUE = "InvalidParameterValue";
    private static final String INVALID_RESOURCE = "InvalidResource";
    private static final String CONFLICT = "ResourceConflict";
    private static final String DENIED = "AccessDenied";
    private static final String TOO_MANY = "TooManyResources (QuotaExceded)";

    private OapiErrors() {}

    /** One error of a body; the components stand in the order of the alphabet, as the API has them. */
    record Problem(String code, String details, String type) {}

    /** The body of every refusal. */
    public record ErrorResponse(List<Problem> errors, ResponseContext responseContext) {}

    private record Wording(int status, int code, String type) {}

    @Override
    public ApiResponse refused(String requestId, AccessRecord access, Refusal refusal) {
        Wording wording = wording(access.operation(), refusal);
        return answer(requestId, access, wording, refusal.sentence().in(OutscaleWords.WORDS));
    }

    @Override
    public ApiResponse failed(String requestId, AccessRecord access) {
        String details = "BUG: request %s failed; the server's log says why.".formatted(requestId);
        return answer(requestId, access, new Wording(500, 2000, "InternalError"), details);
    }

    private static ApiResponse answer(String requestId, AccessRecord access, Wording wording, String details) {
        Problem problem = new Problem(Integer.toString(wording.code()), details, wording.type());
        ErrorResponse body = new ErrorResponse(List.of(problem), new ResponseContext(requestId));
        return ApiResponse.json(
                wording.status(), StrictJson.bytes(body), access.refused(Integer.toString(wording.code())));
    }

    private static Wording wording(String call, Refusal refusal) {
        int conflict = DECLARING_CONFLICT.contains(call) ? 409 : 400;
        return switch (refusal.code()) {
            case MISSING_PARAMETER -> new Wording(400, 7000, "MissingParameter");
            case UNKNOWN_PARAMETER -> new Wording(400, 3001, "InvalidParameter");
            case PARAMETER_COMBINATION -> new Wording(400, 3002, "InvalidParameter");
            case WRONG_TYPE, UNREADABLE_REQUEST, REQUEST_TOO_LARGE -> new Wording(400, 4110, INVALID_VALUE);
            case REQUEST_TIMEOUT -> new Wording(408, 4110, INVALID_VALUE);
            case ID_WITH_WRONG_PREFIX -> new Wording(400, 4104, INVALID_VALUE);
            case ID_MALFORMED -> new Wording(400, 4105, INVALID_VALUE);
            case MALFORMED_VALUE, PUBLIC_KEY_FORMAT -> new Wording(400, 4047, INVALID_VALUE);
            case BAD_VALUE, SUBNET_RANGE, NET_WITHOUT_VM, SEVERAL_NICS -> new Wording(400, 4045, INVALID_VALUE);
            case NET_SIZE -> new Wording(400, 4014, INVALID_VALUE);
            case PAGE_SIZE -> new Wording(400, 4113, INVALID_VALUE);
            case PAGE_TOKEN -> new Wording(400, 4117, INVALID_VALUE);
            case SAME_NET -> new Wording(400, 4199, INVALID_VALUE);
            case UNKNOWN_ID ->
                new Wording(400, refusal.subject().map(OapiErrors::unknown).orElse(4045), INVALID_RESOURCE);
            case UNKNOWN_ACCOUNT -> new Wording(400, 5000, INVALID_RESOURCE);
            case UNKNOWN_ACCESS_KEY -> new Wording(400, 5076, INVALID_RESOURCE);
            case UNKNOWN_SUBREGION -> new Wording(400, 5009, INVALID_RESOURCE);
            case UNKNOWN_KEYPAIR -> new Wording(400, 5071, INVALID_RESOURCE);
            case UNKNOWN_ROUTE -> new Wording(400, 5046, INVALID_RESOURCE);
            // The API has no network ACLs.
            case UNKNOWN_ACL_ENTRY -> new Wording(400, 4045, INVALID_RESOURCE);
            case UNKNOWN_GROUP_NAME, UNKNOWN_RULE -> new Wording(400, 5020, INVALID_RESOURCE);
            case INVALID_STATE, PROTECTED -> new Wording(conflict, 6004, "InvalidState");
            case WRONG_PARTY, NOT_AUTHORIZED -> new Wording(401, 4, DENIED);
            case SUBNET_OVERLAP -> new Wording(409, 9058, CONFLICT);
            case SUBNET_IN_USE -> new Wording(409, 9095, CONFLICT);
            case SECURITY_GROUP_IN_USE -> new Wording(409, 9085, CONFLICT);
            case DEFAULT_SECURITY_GROUP -> new Wording(409, 9051, CONFLICT);
            case UNKNOWN_PUBLIC_IP -> new Wording(400, 5080, INVALID_RESOURCE);
            case NOT_LINKED -> new Wording(conflict, 6004, "InvalidState");
            case UNKNOWN_LAUNCH_TEMPLATE -> new Wording(400, 4045, INVALID_VALUE);
            case NO_DEFAULT_NET -> new Wording(400, 7000, "MissingParameter");
            case ALREADY_LINKED, NET_HAS_INTERNET_SERVICE, NO_PUBLIC_ADDRESS, DEFAULT_EXISTS, LAUNCH_TEMPLATE_EXISTS ->
                new Wording(conflict, 9029, CONFLICT);
            case RULE_EXISTS,
                    ROUTE_EXISTS,
                    ACL_ENTRY_EXISTS,
                    ADDRESS_IN_USE,
                    SUBNET_FULL,
                    KEYPAIR_EXISTS,
                    MANAGED,
                    CONFLICT -> new Wording(conflict, 9029, CONFLICT);
            case NET_QUOTA -> new Wording(400, 10022, TOO_MANY);
            case QUOTA -> new Wording(400, 10000, TOO_MANY);
            case INSUFFICIENT_CAPACITY -> new Wording(400, 10001, "InsufficientCapacity");
            case NOT_SIGNED, SESSION_EXPIRED -> new Wording(401, 1, DENIED);
            case UNKNOWN_KEY -> new Wording(400, 4120, INVALID_VALUE);
            case BAD_SIGNATURE_DATE -> new Wording(401, 15, DENIED);
            case LOCKED_OUT -> new Wording(401, 13, DENIED);
            case THROTTLED -> new Wording(429, 25, "OperationThrottled");
            case UNKNOWN_CALL -> new Wording(404, 12000, "InvalidAction");
            case UNSUPPORTED_CALL -> new Wording(400, 8011, "OperationNotSupported");
            case UNAVAILABLE -> new Wording(503, 2001, "ServiceUnavailable");
        };
    }

    private static int unknown(ResourceId id) {
        return switch (id) {
            case NetId _ -> 5065;
            case NetPeeringId _ -> 5035;
            case SubnetId _ -> 5057;
            case RouteTableId _ -> 5046;
            case RouteTableLinkId _ -> 5047;
            case SecurityGroupId _, SecurityGroupRuleId _ -> 5020;
            case VmId _, ReservationId _ -> 5063;
            case VolumeId _ -> 5064;
            case NicId _ -> 5036;
            case NicLinkId _ -> 5007;
            case ImageId _ -> 5023;
            case InternetServiceId _ -> 5001;
            case NatServiceId _ -> 5032;
            case PublicIpId _ -> 5080;
            case PublicIpLinkId _ -> 5026;
            case DhcpOptionsSetId _ -> 5018;
            case LaunchTemplateId _ -> 4045;
            case KeypairId _ -> 5071;
            case HostId _, InsightsPathId _, InsightsAnalysisId _, NetworkAclId _, NetworkAclAssociationId _ -> 4045;
        };
    }
}
