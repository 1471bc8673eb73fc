package dev.linkspan.server.api.ec2;

import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.HostId;
import dev.linkspan.core.id.IdKind;
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
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.call.Answering;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the EC2 API words each refusal: HTTP status, code, and a message in EC2's words (Amazon EC2 API Reference, Error
 * codes). Clients decide by the code: waiters wait on {@code ...ID.NotFound}, and what cannot be undone any more is {@code
 * InvalidStateTransition}.
 */
public final class Ec2Errors implements Answering.Words {

    /** How EC2 words what is not done. */
    static final Ec2Errors EC2 = new Ec2Errors(false);

    /** How STS words it. */
    static final Ec2Errors STS = new Ec2Errors(true);

    /** What the codes about an id begin with. */
    private static final Map<IdKind<?>, String> FAMILIES = Map.ofEntries(
            Map.entry(NetId.KIND, "InvalidVpcID"),
            Map.entry(NetPeeringId.KIND, "InvalidVpcPeeringConnectionID"),
            Map.entry(SubnetId.KIND, "InvalidSubnetID"),
            Map.entry(RouteTableId.KIND, "InvalidRouteTableID"),
            Map.entry(RouteTableLinkId.KIND, "InvalidAssociationID"),
            Map.entry(SecurityGroupId.KIND, "InvalidGroup"),
            Map.entry(SecurityGroupRuleId.KIND, "InvalidSecurityGroupRuleId"),
            Map.entry(NetworkAclId.KIND, "InvalidNetworkAclID"),
            Map.entry(NetworkAclAssociationId.KIND, "InvalidAssociationID"),
            Map.entry(VmId.KIND, "InvalidInstanceID"),
            Map.entry(ReservationId.KIND, "InvalidReservationID"),
            Map.entry(HostId.KIND, "InvalidHostID"),
            Map.entry(VolumeId.KIND, "InvalidVolume"),
            Map.entry(LaunchTemplateId.KIND, "InvalidLaunchTemplateId"),
            Map.entry(NicId.KIND, "InvalidNetworkInterfaceID"),
            Map.entry(NicLinkId.KIND, "InvalidAttachmentID"),
            Map.entry(ImageId.KIND, "InvalidAMIID"),
            Map.entry(DhcpOptionsSetId.KIND, "InvalidDhcpOptionID"),
            Map.entry(KeypairId.KIND, "InvalidKeyPair"),
            Map.entry(InsightsPathId.KIND, "InvalidNetworkInsightsPathId"),
            Map.entry(InsightsAnalysisId.KIND, "InvalidNetworkInsightsAnalysisId"),
            Map.entry(PublicIpId.KIND, "InvalidAllocationID"),
            Map.entry(PublicIpLinkId.KIND, "InvalidAssociationID"),
            Map.entry(InternetServiceId.KIND, "InvalidInternetGatewayID"),
            Map.entry(NatServiceId.KIND, "InvalidNatGatewayID"));

    /** The codes about a malformed id that do not follow the pattern of the others. */
    private static final Map<IdKind<?>, String> MALFORMED = Map.of(
            SecurityGroupId.KIND, "InvalidGroupId.Malformed",
            VolumeId.KIND, "InvalidVolumeID.Malformed",
            NicId.KIND, "InvalidNetworkInterfaceId.Malformed",
            NicLinkId.KIND, "InvalidNetworkInterfaceAttachmentId.Malformed",
            DhcpOptionsSetId.KIND, "InvalidDhcpOptionsId.Malformed",
            NatServiceId.KIND, "NatGatewayMalformed");

    /** By these words Terraform's provider tells that a peering is over and needs no deleting, and goes on. */
    private static final String NO_WAY_TO_DELETING = " No transition leads from there to deleting.";

    /** The actions in which a gateway is a route's target, of whichever kind. */
    private static final Set<String> ROUTING = Set.of("CreateRoute", "ReplaceRoute");

    /** The actions that are about NAT gateways, which name one that is not there otherwise than those that mention one. */
    private static final Set<String> ON_NAT_GATEWAYS = Set.of("DeleteNatGateway", "DescribeNatGateways");

    private static final Set<String> TAGGING = Set.of("CreateTags", "DeleteTags");

    private final boolean sts;

    private Ec2Errors(boolean sts) {
        this.sts = sts;
    }

    private record Wording(int status, String code) {}

    /** What STS words otherwise than EC2 (AWS STS API Reference, Common errors). */
    private static final Map<RefusalCode, Wording> OF_STS = Map.of(
            RefusalCode.MISSING_PARAMETER, new Wording(400, "ValidationError"),
            RefusalCode.BAD_VALUE, new Wording(400, "ValidationError"),
            RefusalCode.MALFORMED_VALUE, new Wording(400, "ValidationError"),
            RefusalCode.UNKNOWN_CALL, new Wording(400, "InvalidAction"),
            RefusalCode.NOT_SIGNED, new Wording(403, "SignatureDoesNotMatch"),
            RefusalCode.UNKNOWN_KEY, new Wording(403, "InvalidClientTokenId"),
            RefusalCode.LOCKED_OUT, new Wording(403, "AccessDenied"),
            RefusalCode.NOT_AUTHORIZED, new Wording(403, "AccessDenied"),
            RefusalCode.SESSION_EXPIRED, new Wording(403, "ExpiredToken"));

    @Override
    public ApiResponse refused(String requestId, AccessRecord access, Refusal refusal) {
        Wording wording = Optional.ofNullable(sts ? OF_STS.get(refusal.code()) : null)
                .orElseGet(() -> wording(access.operation(), refusal));
        return answer(requestId, access, wording, message(access.operation(), refusal));
    }

    @Override
    public ApiResponse failed(String requestId, AccessRecord access) {
        String message = "BUG: request %s failed; the server's log says why.".formatted(requestId);
        return answer(requestId, access, new Wording(500, "InternalError"), message);
    }

    /** The answer to what would have succeeded and was only rehearsed. */
    static ApiResponse rehearsed(String requestId, AccessRecord access) {
        byte[] xml =
                Ec2Xml.ec2Error("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", requestId);
        return ApiResponse.xml(412, xml, access);
    }

    private ApiResponse answer(String requestId, AccessRecord access, Wording wording, String message) {
        byte[] xml = sts
                ? Ec2Xml.stsError(wording.code(), message, requestId)
                : Ec2Xml.ec2Error(wording.code(), message, requestId);
        return ApiResponse.xml(wording.status(), xml, access.refused(wording.code()));
    }

    private static String message(String action, Refusal refusal) {
        if (refusal.code() == RefusalCode.SEVERAL_NICS) {
            // EC2's own words, by which scripts tell that it is the interface that they have to name.
            return "There are multiple interfaces attached to instance '%s'. Please specify an interface ID for the operation instead."
                    .formatted(refusal.subject().map(ResourceId::value).orElse(""));
        }
        boolean over = action.equals("DeleteVpcPeeringConnection") && refusal.code() == RefusalCode.INVALID_STATE;
        return refusal.sentence().in(Ec2Words.WORDS) + (over ? NO_WAY_TO_DELETING : "");
    }

    private static Wording wording(String action, Refusal refusal) {
        return switch (refusal.code()) {
            case MISSING_PARAMETER -> new Wording(400, "MissingParameter");
            case UNKNOWN_PARAMETER -> new Wording(400, "UnknownParameter");
            case PARAMETER_COMBINATION -> new Wording(400, "InvalidParameterCombination");
            case UNREADABLE_REQUEST -> new Wording(400, "MalformedQueryString");
            case REQUEST_TOO_LARGE -> new Wording(400, "InvalidRequest");
            case REQUEST_TIMEOUT -> new Wording(408, "RequestTimeout");
            case WRONG_TYPE, MALFORMED_VALUE, PAGE_SIZE, SAME_NET -> new Wording(400, "InvalidParameterValue");
            case BAD_VALUE ->
                new Wording(
                        400,
                        action.equals("DetachNetworkInterface") ? "OperationNotPermitted" : "InvalidParameterValue");
            case PAGE_TOKEN -> new Wording(400, "InvalidNextToken");
            case ID_WITH_WRONG_PREFIX, ID_MALFORMED -> new Wording(400, malformed(action, refusal.expected()));
            case NET_SIZE -> new Wording(400, "InvalidVpc.Range");
            case SUBNET_RANGE -> new Wording(400, "InvalidSubnet.Range");
            case SUBNET_OVERLAP -> new Wording(400, "InvalidSubnet.Conflict");
            case UNKNOWN_ID ->
                new Wording(
                        400, refusal.subject().map(id -> notFound(action, id)).orElse("InvalidParameterValue"));
            case UNKNOWN_ACCOUNT -> new Wording(400, "InvalidUserID.Malformed");
            case UNKNOWN_ACCESS_KEY, UNKNOWN_SUBREGION, NET_WITHOUT_VM -> new Wording(400, "InvalidParameterValue");
            case UNKNOWN_KEYPAIR -> new Wording(400, "InvalidKeyPair.NotFound");
            case KEYPAIR_EXISTS -> new Wording(400, "InvalidKeyPair.Duplicate");
            case PUBLIC_KEY_FORMAT -> new Wording(400, "InvalidKey.Format");
            case UNKNOWN_ROUTE -> new Wording(400, "InvalidRoute.NotFound");
            case UNKNOWN_GROUP_NAME -> new Wording(400, "InvalidGroup.NotFound");
            case UNKNOWN_RULE -> new Wording(400, "InvalidPermission.NotFound");
            case INVALID_STATE -> new Wording(400, invalidState(action, refusal.subject()));
            case WRONG_PARTY, PROTECTED, MANAGED -> new Wording(400, "OperationNotPermitted");
            case SUBNET_IN_USE, SECURITY_GROUP_IN_USE -> new Wording(400, "DependencyViolation");
            case ADDRESS_IN_USE -> new Wording(400, "InvalidIPAddress.InUse");
            case SUBNET_FULL -> new Wording(400, "InsufficientFreeAddressesInSubnet");
            case ALREADY_LINKED -> new Wording(400, "Resource.AlreadyAssociated");
            case DEFAULT_EXISTS, NO_DEFAULT_NET, UNKNOWN_LAUNCH_TEMPLATE, LAUNCH_TEMPLATE_EXISTS ->
                new Wording(400, ofDefaultsAndTemplates(action, refusal));
            case NET_HAS_INTERNET_SERVICE -> new Wording(400, "InvalidParameterValue");
            case NOT_LINKED -> new Wording(400, "Gateway.NotAttached");
            case SEVERAL_NICS -> new Wording(400, "InvalidInstanceID");
            case UNKNOWN_PUBLIC_IP -> new Wording(400, "InvalidAddress.NotFound");
            case NO_PUBLIC_ADDRESS -> new Wording(400, "InsufficientAddressCapacity");
            case INSUFFICIENT_CAPACITY -> new Wording(400, "InsufficientInstanceCapacity");
            case CONFLICT -> new Wording(400, conflict(action, refusal.subject()));
            case DEFAULT_SECURITY_GROUP -> new Wording(400, "CannotDelete");
            case RULE_EXISTS -> new Wording(400, "InvalidPermission.Duplicate");
            case ROUTE_EXISTS -> new Wording(400, "RouteAlreadyExists");
            case ACL_ENTRY_EXISTS -> new Wording(400, "NetworkAclEntryAlreadyExists");
            case UNKNOWN_ACL_ENTRY -> new Wording(400, "InvalidNetworkAclEntry.NotFound");
            case NET_QUOTA -> new Wording(400, "VpcLimitExceeded");
            case QUOTA -> new Wording(400, quota(action, refusal.subject()));
            case NOT_SIGNED, UNKNOWN_KEY, LOCKED_OUT -> new Wording(401, "AuthFailure");
            case SESSION_EXPIRED -> new Wording(400, "ExpiredToken");
            case NOT_AUTHORIZED -> new Wording(403, "UnauthorizedOperation");
            case BAD_SIGNATURE_DATE -> new Wording(400, "RequestExpired");
            case THROTTLED -> new Wording(503, "RequestLimitExceeded");
            case UNKNOWN_CALL, UNSUPPORTED_CALL -> new Wording(400, "UnsupportedOperation");
            case UNAVAILABLE -> new Wording(503, "Unavailable");
        };
    }

    /** Options of a peering that is not active are no transition. */
    private static String invalidState(String action, Optional<ResourceId> subject) {
        if (action.equals("ModifyVpcPeeringConnectionOptions")) {
            return "OperationNotPermitted";
        }
        if (subject.filter(VolumeId.class::isInstance).isPresent()) {
            return "IncorrectState";
        }
        return subject.filter(VmId.class::isInstance).isPresent() ? "IncorrectInstanceState" : "InvalidStateTransition";
    }

    private static String ofDefaultsAndTemplates(String action, Refusal refusal) {
        return switch (refusal.code()) {
            case DEFAULT_EXISTS ->
                action.equals("CreateDefaultSubnet")
                        ? "DefaultSubnetAlreadyExistsInAvailabilityZone"
                        : "DefaultVpcAlreadyExists";
            case NO_DEFAULT_NET -> noDefault(action, refusal.subject());
            case UNKNOWN_LAUNCH_TEMPLATE ->
                refusal.subject().isPresent()
                        ? "InvalidLaunchTemplateId.VersionNotFound"
                        : "InvalidLaunchTemplateName.NotFoundException";
            default -> "InvalidLaunchTemplateName.AlreadyExistsException";
        };
    }

    /** A default VPC without a subnet is another matter than none. */
    private static String noDefault(String action, Optional<ResourceId> subject) {
        if (subject.isPresent()) {
            return "MissingInput";
        }
        return action.equals("CreateDefaultSubnet") ? "DefaultVpcDoesNotExist" : "VPCIdNotSpecified";
    }

    private static String conflict(String action, Optional<ResourceId> subject) {
        if (subject.filter(NicId.class::isInstance).isPresent()) {
            return "InvalidNetworkInterface.InUse";
        }
        if (subject.filter(VolumeId.class::isInstance).isPresent()) {
            return "VolumeInUse";
        }
        return switch (action) {
            case "AttachNetworkInterface" -> "InvalidParameterValue";
            case "CreateSecurityGroup" -> "InvalidGroup.Duplicate";
            case "CreateVpcPeeringConnection" -> "VpcPeeringConnectionAlreadyExists";
            case "CreateNatGateway", "CreateNetworkInsightsPath", "StartNetworkInsightsAnalysis" ->
                "IdempotentParameterMismatch";
            case "DeleteNetworkInsightsPath" -> "AnalysisExistsForNetworkInsightsPath";
            case "AssociateRouteTable" -> "Resource.AlreadyAssociated";
            default -> "DependencyViolation";
        };
    }

    private static String quota(String action, Optional<ResourceId> subject) {
        return switch (action) {
            case "CreateVpcPeeringConnection" -> "OutstandingVpcPeeringConnectionLimitExceeded";
            case "AcceptVpcPeeringConnection" -> "ActiveVpcPeeringConnectionPerVpcLimitExceeded";
            case "RunInstances" -> subject.isPresent() ? "TagLimitExceeded" : "InstanceLimitExceeded";
            case "CreateTags" -> "TagLimitExceeded";
            case "CreateVolume" -> "VolumeLimitExceeded";
            case "CreateNetworkAcl" -> "NetworkAclLimitExceeded";
            case "CreateInternetGateway" -> "InternetGatewayLimitExceeded";
            case "CreateNatGateway" -> "NatGatewayLimitExceeded";
            case "AllocateAddress" -> "AddressLimitExceeded";
            case "CreateNetworkAclEntry" -> "NetworkAclEntryLimitExceeded";
            default -> subject.isPresent() ? "ResourceLimitExceeded" : "LimitExceeded";
        };
    }

    /** What is tagged may be of any kind. */
    private static String malformed(String action, Optional<IdKind<?>> expected) {
        return TAGGING.contains(action)
                ? "InvalidID"
                : expected.map(Ec2Errors::malformed).orElse("InvalidParameterValue");
    }

    private static String malformed(IdKind<?> kind) {
        return MALFORMED.getOrDefault(kind, FAMILIES.get(kind) + ".Malformed");
    }

    private static String notFound(String action, ResourceId id) {
        if (id instanceof InternetServiceId && ROUTING.contains(action)) {
            return "InvalidGatewayID.NotFound";
        }
        if (id instanceof NatServiceId && ON_NAT_GATEWAYS.contains(action)) {
            return "NatGatewayNotFound";
        }
        return FAMILIES.entrySet().stream()
                .filter(family -> family.getKey().tryParse(id.value()).isPresent())
                .map(family -> family.getValue() + ".NotFound")
                .findFirst()
                .orElseThrow();
    }
}
