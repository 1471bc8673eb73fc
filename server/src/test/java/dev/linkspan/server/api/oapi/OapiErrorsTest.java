package dev.linkspan.server.api.oapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Rule("E2")
class OapiErrorsTest {

    private static final JsonMapper JSON = new JsonMapper();

    /** As clients see it. */
    private static String told(String call, Refusal refusal) {
        ApiResponse response = OapiErrors.WORDS.refused("request", AccessRecord.on("oapi", call), refusal);
        JsonNode problem = JSON.readTree(response.body()).path("Errors").path(0);
        assertThat(problem.path("Details").asString()).isEqualTo(refusal.getMessage());
        return "%d %s %s"
                .formatted(
                        response.status(),
                        problem.path("Code").asString(),
                        problem.path("Type").asString());
    }

    @ParameterizedTest
    @CsvSource({
        "MISSING_PARAMETER,      400 7000 MissingParameter",
        "UNKNOWN_PARAMETER,      400 3001 InvalidParameter",
        "PARAMETER_COMBINATION,  400 3002 InvalidParameter",
        "WRONG_TYPE,             400 4110 InvalidParameterValue",
        "UNREADABLE_REQUEST,     400 4110 InvalidParameterValue",
        "REQUEST_TOO_LARGE,      400 4110 InvalidParameterValue",
        "REQUEST_TIMEOUT,        408 4110 InvalidParameterValue",
        "ID_WITH_WRONG_PREFIX,   400 4104 InvalidParameterValue",
        "ID_MALFORMED,           400 4105 InvalidParameterValue",
        "MALFORMED_VALUE,        400 4047 InvalidParameterValue",
        "BAD_VALUE,              400 4045 InvalidParameterValue",
        "NET_WITHOUT_VM,         400 4045 InvalidParameterValue",
        "NET_SIZE,               400 4014 InvalidParameterValue",
        "PAGE_SIZE,              400 4113 InvalidParameterValue",
        "PAGE_TOKEN,             400 4117 InvalidParameterValue",
        "SAME_NET,               400 4199 InvalidParameterValue",
        "UNKNOWN_SUBREGION,      400 5009 InvalidResource",
        "UNKNOWN_KEYPAIR,        400 5071 InvalidResource",
        "PUBLIC_KEY_FORMAT,      400 4047 InvalidParameterValue",
        "KEYPAIR_EXISTS,         400 9029 ResourceConflict",
        "WRONG_PARTY,            401 4 AccessDenied",
        "SUBNET_OVERLAP,         409 9058 ResourceConflict",
        "SUBNET_IN_USE,          409 9095 ResourceConflict",
        "SECURITY_GROUP_IN_USE,  409 9085 ResourceConflict",
        "DEFAULT_SECURITY_GROUP, 409 9051 ResourceConflict",
        "CONFLICT,               400 9029 ResourceConflict",
        "ROUTE_EXISTS,           400 9029 ResourceConflict",
        "ADDRESS_IN_USE,         400 9029 ResourceConflict",
        "SUBNET_FULL,            400 9029 ResourceConflict",
        "PROTECTED,              400 6004 InvalidState",
        "NET_QUOTA,              400 10022 TooManyResources (QuotaExceded)",
        "QUOTA,                  400 10000 TooManyResources (QuotaExceded)",
        "NOT_SIGNED,             401 1 AccessDenied",
        "UNKNOWN_KEY,            400 4120 InvalidParameterValue",
        "BAD_SIGNATURE_DATE,     401 15 AccessDenied",
        "LOCKED_OUT,             401 13 AccessDenied",
        "THROTTLED,              429 25 OperationThrottled",
        "UNKNOWN_CALL,           404 12000 InvalidAction",
        "UNSUPPORTED_CALL,       400 8011 OperationNotSupported",
    })
    void each_reason_has_its_status_code_and_type(RefusalCode code, String expected) {
        assertThat(told("DeleteNet", new Refusal(code, "Because."))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void an_unknown_id_has_the_code_of_its_kind(IdKind<?> kind) {
        Map<String, Integer> codes = Map.ofEntries(
                Map.entry("vpc-", 5065),
                Map.entry("pcx-", 5035),
                Map.entry("subnet-", 5057),
                Map.entry("rtb-", 5046),
                Map.entry("rtbassoc-", 5047),
                Map.entry("sg-", 5020),
                Map.entry("i-", 5063),
                Map.entry("eni-", 5036),
                Map.entry("eni-attach-", 5007),
                Map.entry("ami-", 5023),
                Map.entry("igw-", 5001),
                Map.entry("dopt-", 5018),
                Map.entry("key-", 5071),
                Map.entry("nat-", 5032));
        Integer code = codes.get(kind.prefix());
        if (code != null) {
            assertThat(told("ReadNets", Refusal.unknown("Id", kind.of(1)))).isEqualTo("400 %d InvalidResource", code);
        }
    }

    static Stream<Arguments> kinds() {
        return ResourceId.KINDS.stream().map(Arguments::of);
    }

    @Test
    @Rule("E3")
    void what_is_in_the_way_is_a_409_only_where_the_call_declares_it() {
        Refusal refusal = new Refusal(RefusalCode.CONFLICT, "It is in the way.");
        assertThat(told("CreateNet", refusal)).startsWith("409 9029");
        assertThat(told("DeleteNet", refusal)).startsWith("400 9029");
        assertThat(told("CreateKeypair", new Refusal(RefusalCode.KEYPAIR_EXISTS, "It is taken.")))
                .isEqualTo("409 9029 ResourceConflict");
    }

    @Test
    void a_peering_in_the_wrong_state_is_a_409_for_the_calls_that_answer_it() {
        Refusal refusal = new Refusal(RefusalCode.INVALID_STATE, "It is dead.").about(NetPeeringId.KIND.of(1));
        for (String call : List.of("AcceptNetPeering", "RejectNetPeering", "DeleteNetPeering")) {
            assertThat(told(call, refusal)).isEqualTo("409 6004 InvalidState");
        }
        assertThat(told("CreateRoute", refusal)).isEqualTo("400 6004 InvalidState");
    }

    @ParameterizedTest
    @Rule("E3")
    @MethodSource("codes")
    void a_clients_mistake_is_never_answered_with_5xx(RefusalCode code) {
        int status = OapiErrors.WORDS
                .refused("request", AccessRecord.on("oapi", "CreateNet"), new Refusal(code, "Because."))
                .status();
        assertThat(status).isBetween(400, 499);
    }

    static Stream<RefusalCode> codes() {
        return Stream.of(RefusalCode.values()).filter(code -> code != RefusalCode.UNAVAILABLE);
    }
}
