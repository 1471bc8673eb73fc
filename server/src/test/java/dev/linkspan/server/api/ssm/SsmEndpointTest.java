package dev.linkspan.server.api.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.Headers;
import dev.linkspan.server.api.resource.image.ImageFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Images' ids under the names that Systems Manager publishes them by. */
class SsmEndpointTest {

    private static final String AL2023 = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
    private static final String JAMMY =
            "/aws/service/canonical/ubuntu/server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id";

    private final Images images = ImageFile.standard();
    private final SsmEndpoint endpoint =
            new SsmEndpoint(_ -> new Caller(new AccountId("111111111111"), Fixture.REGION), images);

    private static ApiRequest request(String target, String body) {
        return new ApiRequest(
                "request-1",
                "POST",
                "/",
                "",
                Headers.of(Map.of("X-Amz-Target", List.of(target))),
                body.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                false,
                "127.0.0.1");
    }

    private JsonNode asked(int status, String action, String body) {
        ApiResponse response = endpoint.answer(request("AmazonSSM." + action, body));
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.contentType()).isEqualTo("application/x-amz-json-1.1");
        assertThat(response.headers()).containsEntry("x-amzn-RequestId", "request-1");
        return JsonMapper.builder().build().readTree(response.body());
    }

    private String idOf(String name) {
        return images.all().stream()
                .filter(image -> image.parameters().contains(name))
                .findFirst()
                .orElseThrow()
                .id()
                .value();
    }

    @Test
    void a_parameter_is_the_id_of_an_image() {
        JsonNode parameter =
                asked(200, "GetParameter", "{'Name':'%s'}".formatted(AL2023)).path("Parameter");

        assertThat(parameter.path("Value").stringValue()).isEqualTo(idOf(AL2023));
        assertThat(parameter.path("Name").stringValue()).isEqualTo(AL2023);
        assertThat(parameter.path("ARN").stringValue()).isEqualTo("arn:aws:ssm:eu-west-2::parameter" + AL2023);
        assertThat(parameter.path("Type").stringValue()).isEqualTo("String");
        assertThat(parameter.path("Version").intValue()).isEqualTo(1);
        assertThat(parameter.path("LastModifiedDate").isNumber()).isTrue();
        assertThat(asked(
                                200,
                                "GetParameter",
                                "{'Name':'arn:aws:ssm:eu-west-2::parameter%s','WithDecryption':false}".formatted(JAMMY))
                        .path("Parameter")
                        .path("Value")
                        .stringValue())
                .isEqualTo(idOf(JAMMY));
    }

    @Test
    void several_are_told_with_those_that_are_not_there() {
        JsonNode answer = asked(200, "GetParameters", "{'Names':['%s','/mine','%s']}".formatted(JAMMY, AL2023));

        assertThat(answer.path("Parameters").size()).isEqualTo(2);
        assertThat(answer.path("InvalidParameters").toString()).isEqualTo("[\"/mine\"]");
    }

    @Test
    void those_below_a_path_come_in_pages() {
        String path = "'Path':'/aws/service/ami-amazon-linux-latest'";
        JsonNode first = asked(200, "GetParametersByPath", "{%s,'MaxResults':3}".formatted(path));
        JsonNode second = asked(
                200,
                "GetParametersByPath",
                "{%s,'MaxResults':10,'NextToken':'%s'}"
                        .formatted(path, first.path("NextToken").stringValue()));

        assertThat(first.path("Parameters").size()).isEqualTo(3);
        assertThat(second.path("Parameters").size()).isGreaterThan(3);
        assertThat(second.path("Parameters").toString())
                .doesNotContain(first.path("Parameters").path(2).path("Name").stringValue() + '"');
        assertThat(asked(200, "GetParametersByPath", "{'Path':'/aws/service/canonical/ubuntu/'}")
                        .path("Parameters"))
                .isEmpty();
        assertThat(asked(200, "GetParametersByPath", "{'Path':'/aws/service/canonical/ubuntu/','Recursive':true}")
                        .path("Parameters")
                        .size())
                .isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GetParameter        | {'Name':'/mine'}                                  | ParameterNotFound         | /mine
            GetParameter        | {}                                                | ValidationException       | Name
            GetParameter        | {'Name':1}                                        | SerializationException    | Name
            GetParameter        | {                                                 | SerializationException    | JSON
            GetParameters       | {'Names':[]}                                      | ValidationException       | Names
            GetParametersByPath | {'Path':'aws'}                                    | ValidationException       | Path
            GetParametersByPath | {'Path':'/aws','MaxResults':11}                   | ValidationException       | MaxResults
            GetParametersByPath | {'Path':'/aws','NextToken':'x'}                   | InvalidNextToken          | x
            GetParametersByPath | {'Path':'/aws','ParameterFilters':[{'Key':'Type'}]} | ValidationException     | ParameterFilters
            PutParameter        | {'Name':'/mine'}                                  | UnknownOperationException | GetParameter
            """)
    void refusals_are_in_its_own_protocol(String action, String body, String code, String named) {
        JsonNode error = asked(400, action, body);

        assertThat(error.path("__type").stringValue()).isEqualTo(code);
        assertThat(error.path("message").stringValue()).contains(named);
    }

    @Test
    void who_is_not_signed_in_is_told_so_in_its_protocol() {
        SsmEndpoint closed = new SsmEndpoint(
                _ -> {
                    throw new Refusal(RefusalCode.UNKNOWN_KEY, "unknown");
                },
                images);

        assertThat(new String(
                        closed.answer(request("AmazonSSM.GetParameter", "{'Name':'/a'}"))
                                .body(),
                        StandardCharsets.UTF_8))
                .contains("UnrecognizedClientException");
    }
}
