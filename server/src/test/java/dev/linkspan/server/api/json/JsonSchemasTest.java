package dev.linkspan.server.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.peering.PeeringStateName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** What is described is what {@link StrictJson} reads and writes. */
class JsonSchemasTest {

    private final JsonSchemas schemas = new JsonSchemas();

    record Part(@Required String key, Optional<String> value) {}

    record Asked(@Required NetId netId, Optional<Integer> count, List<Part> parts) {}

    record Answered(
            PeeringStateName state,
            Optional<Instant> until,
            @JsonProperty("Default") boolean isDefault,
            @OneOf({"there", "back"}) String leg,
            Map<String, Long> counts) {}

    record OtherAnswer(PartAnswer part) {}

    record PartAnswer(String key) {}

    @Test
    void a_request_demands_what_is_required_and_has_nothing_besides() {
        assertThat(schemas.request(Asked.class)).isEqualTo(json("""
                {"type": "object",
                 "properties": {
                   "NetId": {"type": "string", "examples": ["vpc-1234abcd"]},
                   "Count": {"type": "integer", "format": "int32"},
                   "Parts": {"type": "array", "items": {"$ref": "#/components/schemas/Part"}}},
                 "required": ["NetId"],
                 "additionalProperties": false}"""));
        assertThat(schemas.schemas()).containsOnlyKeys("Part");
        assertThat(schemas.schemas().get("Part")).isEqualTo(json("""
                {"type": "object",
                 "properties": {"Key": {"type": "string"}, "Value": {"type": "string"}},
                 "required": ["Key"],
                 "additionalProperties": false}"""));
    }

    @Test
    void an_answer_has_all_that_is_not_optional() {
        assertThat(schemas.answer(Answered.class)).isEqualTo(json("""
                {"type": "object",
                 "properties": {
                   "State": {"type": "string",
                             "enum": ["pending-acceptance", "active", "rejected", "failed", "expired", "deleted"]},
                   "Until": {"type": "string", "format": "date-time"},
                   "Default": {"type": "boolean"},
                   "Leg": {"type": "string", "enum": ["there", "back"]},
                   "Counts": {"type": "object", "additionalProperties": {"type": "integer", "format": "int64"}}},
                 "required": ["State", "Default", "Leg", "Counts"]}"""));
    }

    @Test
    void filters_are_lists_but_for_flags() {
        assertThat(JsonSchemas.filters(Map.of("NetIds", FilterKind.TEXTS)).path("properties"))
                .isEqualTo(json("{\"NetIds\": {\"type\": \"array\", \"items\": {\"type\": \"string\"}}}"));
        assertThat(JsonSchemas.filters(Map.of("IsDefault", FilterKind.FLAG)).path("properties"))
                .isEqualTo(json("{\"IsDefault\": {\"type\": \"boolean\"}}"));
    }

    @Test
    void two_records_of_one_name_are_noticed() {
        schemas.request(Asked.class);

        assertThatThrownBy(() -> schemas.answer(OtherAnswer.class)).hasMessageContaining("would be named like");
        assertThatThrownBy(() -> schemas.add("Part", JsonNodeFactory.instance.objectNode()))
                .hasMessageContaining("two schemas are named Part");
    }

    private static JsonNode json(String text) {
        return new ObjectMapper().readTree(text);
    }
}
