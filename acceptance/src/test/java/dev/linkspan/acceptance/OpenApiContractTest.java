package dev.linkspan.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.linkspan.cli.client.Json;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The judge itself has to find faults, or its silence means nothing. */
class OpenApiContractTest {

    private OpenApiContract contract;

    @BeforeEach
    void the_description_is_at_hand() {
        assumeTrue(OpenApiContract.ofTheApi().isPresent(), "the public description is not beside the repository");
        contract = OpenApiContract.ofTheApi().orElseThrow();
    }

    @Test
    void a_good_answer_has_no_fault() {
        Object answer = Json.object(
                "Nets",
                List.of(Json.object("NetId", "vpc-12345678", "IpRange", "10.0.0.0/16")),
                "ResponseContext",
                Json.object("RequestId", "x"));
        assertThat(contract.faultsOfAnswer(
                        "ReadNets", 200, Json.object("A", answer).path("A")))
                .isEmpty();
    }

    @Test
    void an_unknown_field_deep_inside_is_found() {
        Object answer = Json.object("Nets", List.of(Json.object("VpcId", "vpc-12345678")));
        assertThat(contract.faultsOfAnswer(
                        "ReadNets", 200, Json.object("A", answer).path("A")))
                .singleElement()
                .asString()
                .contains("VpcId");
    }

    @Test
    void a_field_that_our_own_description_does_not_have_is_found() {
        JsonNode answer =
                Json.object("Nets", List.of(), "More", true, "ResponseContext", Json.object("RequestId", "x"));
        assertThat(OpenApiContract.ofLinkspan().faultsOfAnswer("/api/v1/ReadNets", 200, answer))
                .singleElement()
                .asString()
                .contains("More");
    }

    @Test
    void a_field_that_our_own_description_demands_is_missed() {
        assertThat(OpenApiContract.ofLinkspan()
                        .faultsOfAnswer("/api/v1/ReadNets", 400, Json.object("Errors", List.of())))
                .singleElement()
                .asString()
                .contains("ResponseContext");
    }

    @Test
    void a_wrong_type_is_found() {
        assertThat(contract.faultsOfAnswer("ReadNets", 200, Json.object("Nets", "none")))
                .hasSize(1);
    }

    @Test
    void a_null_is_found() {
        assertThat(contract.faultsOfAnswer("ReadNets", 200, Json.parse("{\"Nets\": null}".getBytes(UTF_8))))
                .hasSize(1);
    }

    @Test
    void a_status_that_the_call_does_not_declare_is_found() {
        assertThat(contract.faultsOfAnswer("ReadNets", 418, Json.object())).hasSize(1);
    }

    @Test
    void a_request_without_what_is_required_is_found() {
        assertThat(contract.faultsOfRequest("CreateNet", Json.object())).hasSize(1);
    }
}
