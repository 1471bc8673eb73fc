package dev.linkspan.server.api.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Endpoint;
import dev.linkspan.server.api.Headers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwsServicesTest {

    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";

    private final AwsServices services = new AwsServices(saying("ec2"), Map.of("ssm", saying("ssm")));

    private static Endpoint saying(String text) {
        return _ -> ApiResponse.text(200, text, AccessRecord.on("test", text));
    }

    private static String credential(String service) {
        return "AKID/20261130/eu-west-2/%s/aws4_request".formatted(service);
    }

    /** @param headers names and values by turns */
    private static ApiRequest request(String method, String path, String query, String... headers) {
        Map<String, List<String>> fields = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            fields.put(headers[i], List.of(headers[i + 1]));
        }
        return new ApiRequest("r-1", method, path, query, Headers.of(fields), new byte[0], false, "127.0.0.1");
    }

    private static ApiRequest signed(String service, String... more) {
        String[] headers = new String[more.length + 2];
        headers[0] = "Authorization";
        headers[1] = "AWS4-HMAC-SHA256 Credential=%s, SignedHeaders=host, Signature=0".formatted(credential(service));
        System.arraycopy(more, 0, headers, 2, more.length);
        return request("POST", "/", "", headers);
    }

    private static String text(ApiResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ec2", "sts", "fcu", "api", "whatever"})
    void what_is_signed_for_no_other_service_is_ec2s(String service) {
        assertThat(text(services.answer(signed(service)))).isEqualTo("ec2");
    }

    @Test
    void what_nobody_signed_is_ec2s() {
        assertThat(text(services.answer(request("POST", "/", "")))).isEqualTo("ec2");
    }

    @Test
    void a_service_that_is_here_answers_for_itself() {
        assertThat(text(services.answer(signed("ssm")))).isEqualTo("ssm");
        assertThat(text(services.answer(request("POST", "/", "", "X-Amz-Target", "AmazonSSM.GetParameter"))))
                .isEqualTo("ssm");
    }

    @ParameterizedTest
    @CsvSource({
        "iam, IAM",
        "elasticloadbalancing, Elastic Load Balancing",
        "rds, RDS",
        "monitoring, CloudWatch",
        "route53, Route 53",
        "sqs, SQS"
    })
    void query_clients_hear_in_xml_that_a_service_is_not_here(String service, String title) {
        ApiResponse response = services.answer(signed(service, "Content-Type", FORM));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.contentType()).startsWith("text/xml");
        assertThat(response.headers()).containsEntry("x-amzn-requestid", "r-1");
        assertThat(text(response))
                .contains(
                        "<ErrorResponse><Error><Type>Sender</Type><Code>UnsupportedOperation</Code>",
                        "<Message>This server has no %s: of AWS's services it answers EC2, Systems Manager and STS.</Message>"
                                .formatted(title),
                        "<RequestId>r-1</RequestId>");
    }

    @ParameterizedTest
    @CsvSource({
        "dynamodb, DynamoDB_20120810.ListTables, DynamoDB",
        "logs, Logs_20140328.DescribeLogGroups, CloudWatch Logs",
        "kms, TrentService.ListKeys, KMS",
        "monitoring, GraniteServiceVersion20100801.ListMetrics, CloudWatch"
    })
    void json_clients_hear_it_in_json(String service, String target, String title) {
        ApiResponse signed =
                services.answer(signed(service, "X-Amz-Target", target, "Content-Type", "application/x-amz-json-1.1"));
        ApiResponse unsigned = services.answer(request("POST", "/", "", "X-Amz-Target", target));

        for (ApiResponse response : List.of(signed, unsigned)) {
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.headers()).containsEntry("x-amzn-ErrorType", "UnsupportedOperationException");
            assertThat(text(response))
                    .startsWith(
                            "{\"__type\":\"UnsupportedOperationException\",\"message\":\"This server has no " + title);
        }
    }

    @Test
    void clients_of_cbor_hear_it_in_cbor() {
        ApiResponse response = services.elsewhere()
                .answer(request(
                        "POST",
                        "/service/GraniteServiceVersion20100801/operation/ListMetrics",
                        "",
                        "Smithy-Protocol",
                        "rpc-v2-cbor"));

        assertThat(response.headers()).containsEntry("smithy-protocol", "rpc-v2-cbor");
        assertThat(response.body()).startsWith(0xa2).contains((byte) 0x79);
        assertThat(text(response))
                .contains("__type", "UnsupportedOperationException", "This server has no CloudWatch:");
    }

    @Test
    void clients_of_s3_hear_it_as_s3_says_it_wherever_their_bucket_would_be() {
        String presigned = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
                + credential("s3").replace("/", "%2F");
        for (ApiResponse response : List.of(
                services.answer(signed("s3")), services.elsewhere().answer(request("GET", "/bucket/key", presigned)))) {
            assertThat(response.status()).isEqualTo(501);
            assertThat(response.headers()).containsEntry("x-amz-request-id", "r-1");
            assertThat(text(response))
                    .contains("<Error><Code>NotImplemented</Code><Message>This server has no S3:")
                    .doesNotContain("ErrorResponse");
        }
    }

    @Test
    void at_other_paths_clients_of_every_service_hear_it_and_everybody_else_finds_nothing() {
        ApiRequest zones = request(
                "GET",
                "/2013-04-01/hostedzone",
                "",
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=%s, SignedHeaders=host, Signature=0".formatted(credential("quicksight")));

        assertThat(text(services.elsewhere().answer(zones))).contains("This server has no quicksight:");
        for (ApiRequest other : List.of(request("GET", "/elsewhere", ""), atAnotherPath("ec2"), atAnotherPath("api"))) {
            ApiResponse response = services.elsewhere().answer(other);
            assertThat(response.status()).isEqualTo(404);
            assertThat(text(response)).isEqualTo("not found\n");
        }
    }

    private static ApiRequest atAnotherPath(String service) {
        ApiRequest signed = signed(service);
        return new ApiRequest("r-1", "POST", "/other", "", signed.headers(), new byte[0], false, "127.0.0.1");
    }
}
