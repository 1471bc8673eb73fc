package dev.linkspan.server.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    record Inner(@Required String name, Optional<Integer> size) {}

    record Sample(
            @Required NetId netId,
            Optional<Cidr> ipRange,
            Optional<AccountId> ownerId,
            Optional<Ipv4> address,
            Optional<PeeringStateName> state,
            Optional<Instant> at,
            Optional<Boolean> flag,
            Optional<Integer> number,
            Optional<String> text,
            List<NetId> netIds,
            List<Inner> inners,
            Optional<Inner> inner,
            Optional<FilterArguments> filters) {}

    record Answer(
            Optional<String> absent, List<String> none, Instant at, Cidr range, PeeringStateName state, NetId id) {}

    private static Sample bind(String json) {
        return StrictJson.bind(StrictJson.parse(json.getBytes(StandardCharsets.UTF_8)), Sample.class);
    }

    @Test
    void what_is_absent_is_empty() {
        Sample sample = bind("{\"NetId\":\"vpc-00000001\"}");
        assertThat(sample.netId()).isEqualTo(new NetId("vpc-00000001"));
        assertThat(sample.ipRange()).isEmpty();
        assertThat(sample.flag()).isEmpty();
        assertThat(sample.netIds()).isEmpty();
        assertThat(sample.inners()).isEmpty();
        assertThat(sample.inner()).isEmpty();
        assertThat(sample.filters()).isEmpty();
    }

    @Test
    void domain_values_are_bound_to_their_types() {
        Sample sample = bind("""
                {"NetId":"vpc-00000001","IpRange":"10.0.0.0/16","OwnerId":"123456789012","Address":"10.0.0.4",
                 "State":"pending-acceptance","At":"2026-11-29T18:44:49.000Z","Flag":true,"Number":7,"Text":"x",
                 "NetIds":["vpc-00000002"],"Inners":[{"Name":"a","Size":1}],"Inner":{"Name":"b"},
                 "Filters":{"NetIds":["vpc-1"]}}""");
        assertThat(sample.ipRange()).contains(Cidr.parse("10.0.0.0/16"));
        assertThat(sample.ownerId()).contains(new AccountId("123456789012"));
        assertThat(sample.address()).contains(Ipv4.parse("10.0.0.4"));
        assertThat(sample.state()).contains(PeeringStateName.PENDING_ACCEPTANCE);
        assertThat(sample.at()).contains(Instant.parse("2026-11-29T18:44:49Z"));
        assertThat(sample.flag()).contains(true);
        assertThat(sample.number()).contains(7);
        assertThat(sample.netIds()).containsExactly(new NetId("vpc-00000002"));
        assertThat(sample.inners()).containsExactly(new Inner("a", Optional.of(1)));
        assertThat(sample.inner()).contains(new Inner("b", Optional.empty()));
        assertThat(sample.filters().orElseThrow().texts("NetIds")).containsExactly("vpc-1");
    }

    @Test
    void account_ids_may_be_numbers() {
        assertThat(bind("{\"NetId\":\"vpc-00000001\",\"OwnerId\":123456789012}").ownerId())
                .contains(new AccountId("123456789012"));
    }

    @Rule("E2")
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                        | MISSING_PARAMETER    | NetId
            {"NetId":""}                                              | MISSING_PARAMETER    | NetId
            {"NetId":null}                                            | MISSING_PARAMETER    | NetId
            {"NetId":"vpc-00000001","Colour":"red"}                   | UNKNOWN_PARAMETER    | Colour
            {"Colour":"red"}                                          | UNKNOWN_PARAMETER    | Colour
            {"NetId":7}                                               | WRONG_TYPE           | NetId
            {"NetId":["vpc-00000001"]}                                | WRONG_TYPE           | NetId
            {"NetId":"vpc-00000001","Text":null}                      | WRONG_TYPE           | Text
            {"NetId":"vpc-00000001","Text":7}                         | WRONG_TYPE           | Text
            {"NetId":"vpc-00000001","Text":true}                      | WRONG_TYPE           | Text
            {"NetId":"vpc-00000001","Text":{"a":1}}                   | WRONG_TYPE           | Text
            {"NetId":"vpc-00000001","Flag":"true"}                    | WRONG_TYPE           | Flag
            {"NetId":"vpc-00000001","Flag":1}                         | WRONG_TYPE           | Flag
            {"NetId":"vpc-00000001","Number":"7"}                     | WRONG_TYPE           | Number
            {"NetId":"vpc-00000001","Number":7.5}                     | WRONG_TYPE           | Number
            {"NetId":"vpc-00000001","Number":99999999999}             | WRONG_TYPE           | Number
            {"NetId":"vpc-00000001","Number":true}                    | WRONG_TYPE           | Number
            {"NetId":"vpc-00000001","Number":""}                      | WRONG_TYPE           | Number
            {"NetId":"vpc-00000001","NetIds":"vpc-00000001"}          | WRONG_TYPE           | NetIds
            {"NetId":"vpc-00000001","NetIds":[7]}                     | WRONG_TYPE           | NetIds
            {"NetId":"vpc-00000001","NetIds":[null]}                  | WRONG_TYPE           | NetIds
            {"NetId":"vpc-00000001","Inner":"x"}                      | WRONG_TYPE           | Inner
            {"NetId":"vpc-00000001","Inner":[]}                       | WRONG_TYPE           | Inner
            {"NetId":"vpc-00000001","Inners":{}}                      | WRONG_TYPE           | Inners
            {"NetId":"vpc-00000001","Inners":["x"]}                   | WRONG_TYPE           | Inners
            {"NetId":"vpc-00000001","Inner":{}}                       | MISSING_PARAMETER    | Name
            {"NetId":"vpc-00000001","Inner":{"Name":"a","Age":1}}     | UNKNOWN_PARAMETER    | Age
            {"NetId":"vpc-00000001","Inners":[{"Name":"a","Age":1}]}  | UNKNOWN_PARAMETER    | Age
            {"NetId":"vpc-00000001","Filters":[]}                     | WRONG_TYPE           | Filters
            {"NetId":"subnet-00000001"}                               | ID_WITH_WRONG_PREFIX | NetId
            {"NetId":"vpc-xyz"}                                       | ID_MALFORMED         | NetId
            {"NetId":"vpc-00000001","NetIds":["vpc-xyz"]}             | ID_MALFORMED         | NetIds
            {"NetId":"vpc-00000001","IpRange":"10.0.0.1/16"}          | MALFORMED_VALUE      | IpRange
            {"NetId":"vpc-00000001","IpRange":"ten"}                  | MALFORMED_VALUE      | IpRange
            {"NetId":"vpc-00000001","IpRange":""}                     | MALFORMED_VALUE      | IpRange
            {"NetId":"vpc-00000001","Address":"10.0.0.256"}           | MALFORMED_VALUE      | Address
            {"NetId":"vpc-00000001","OwnerId":"1234"}                 | MALFORMED_VALUE      | OwnerId
            {"NetId":"vpc-00000001","OwnerId":1234}                   | MALFORMED_VALUE      | OwnerId
            {"NetId":"vpc-00000001","OwnerId":1.5}                    | WRONG_TYPE           | OwnerId
            {"NetId":"vpc-00000001","State":"Active"}                 | MALFORMED_VALUE      | State
            {"NetId":"vpc-00000001","At":"yesterday"}                 | MALFORMED_VALUE      | At
            []                                                        | WRONG_TYPE           | object
            "x"                                                       | WRONG_TYPE           | object
            {"NetId"                                                  | UNREADABLE_REQUEST   | JSON
            {"NetId":"vpc-00000001"}{}                                | UNREADABLE_REQUEST   | JSON
            {"NetId":"vpc-00000001","NetId":"vpc-00000002"}           | UNREADABLE_REQUEST   | JSON
            """)
    void bad_input_is_refused_naming_the_parameter(String json, RefusalCode code, String named) {
        assertThatThrownBy(() -> bind(json)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.getMessage()).contains(named);
        });
    }

    @Test
    void deep_nesting_is_unreadable() {
        String deep = "{\"Filters\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertUnreadable(deep.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Text\":\"a\\u0000\"}",
                "{\"Inners\":[{\"Name\":\"\\ud800\",\"Size\":1}]}",
                "{\"Filters\":{\"NetIds\":[\"x\",\"\\udc00\\ud800\"]}}"
            })
    void what_json_can_escape_but_no_text_can_hold_is_refused(String body) {
        assertThatThrownBy(() -> StrictJson.parse(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.BAD_VALUE))
                .hasMessageContaining("U+0000 or half of a surrogate pair");
        String whole = "{\"Text\":\"\\ud83d\\ude00\"}";
        assertThat(StrictJson.parse(whole.getBytes(StandardCharsets.UTF_8))
                        .path("Text")
                        .stringValue())
                .isEqualTo("\ud83d\ude00");
    }

    @Test
    void invalid_utf8_is_unreadable() {
        assertUnreadable(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'});
    }

    @Test
    void utf16_is_unreadable() {
        assertUnreadable("{\"NetId\":\"vpc-00000001\"}".getBytes(StandardCharsets.UTF_16));
    }

    private static void assertUnreadable(byte[] body) {
        assertThatThrownBy(() -> StrictJson.parse(body))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.UNREADABLE_REQUEST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n"})
    void an_empty_body_is_an_empty_object(String body) {
        assertThat(StrictJson.parse(body.getBytes(StandardCharsets.UTF_8)).isEmpty())
                .isTrue();
    }

    @Test
    void answers_leave_out_what_is_absent_and_show_empty_lists() {
        Answer answer = new Answer(
                Optional.empty(),
                List.of(),
                Instant.parse("2026-11-29T18:44:49Z"),
                Cidr.parse("10.0.0.0/16"),
                PeeringStateName.ACTIVE,
                new NetId("vpc-00000001"));
        assertThat(new String(StrictJson.bytes(answer), StandardCharsets.UTF_8)).isEqualTo("""
                        {"At":"2026-11-29T18:44:49.000Z","Id":"vpc-00000001","None":[],"Range":"10.0.0.0/16","State":"active"}""");
        assertThat(new String(StrictJson.bytes(StrictJson.tree(answer)), StandardCharsets.UTF_8))
                .contains("\"None\":[]")
                .doesNotContain("Absent");
    }
}
