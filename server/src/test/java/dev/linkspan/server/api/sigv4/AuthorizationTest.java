package dev.linkspan.server.api.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Rule("A1")
class AuthorizationTest {

    private static String header(String day, String signedHeaders, String more) {
        return "AWS4-HMAC-SHA256 Credential=KEY/%s/eu-west-2/ec2/aws4_request, SignedHeaders=%s, Signature=00%s"
                .formatted(day, signedHeaders, more);
    }

    private static void assertRefused(String header, String why) {
        assertThatThrownBy(() -> Authorization.parse(header))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.NOT_SIGNED))
                .hasMessageContaining(why);
    }

    private static String headers(int count) {
        return IntStream.range(0, count - 1).mapToObj("a%03d;"::formatted).collect(Collectors.joining("", "", "host"));
    }

    @Test
    void one_as_clients_send_it_is_taken_apart() {
        Authorization authorization = Authorization.parse(header("20261122", "content-type;host;x-amz-date", ""));
        assertThat(authorization.signedHeaders()).containsExactly("content-type", "host", "x-amz-date");
        assertThat(authorization.scope()).isEqualTo("20261122/eu-west-2/ec2/aws4_request");
    }

    @ParameterizedTest
    @CsvSource({"2026", "2026112", "202611220", "2026-11-22", "'       '"})
    void a_day_is_whole(String day) {
        assertRefused(header(day, "host", ""), "whole day");
    }

    @ParameterizedTest
    @CsvSource({"host;content-type", "host;host", "a;host;a", "Host;content-type", ";host;;x"})
    void signed_headers_are_sorted_and_there_once(String names) {
        assertRefused(header("20261122", names, ""), "each once");
    }

    @Test
    void the_host_is_among_them() {
        assertRefused(header("20261122", "content-type;x-amz-date", ""), "Host must be among");
    }

    @Test
    void there_are_forty_of_them_at_most() {
        assertThat(Authorization.parse(header("20261122", headers(40), "")).signedHeaders())
                .hasSize(40);
        assertRefused(header("20261122", headers(41), ""), "at most 40");
        assertRefused(header("20261122", headers(1_800), ""), "at most 40");
    }

    @ParameterizedTest
    @CsvSource({"Signature=01", "SignedHeaders=host", "Credential=OTHER/20261122/eu-west-2/ec2/aws4_request", "X=1"})
    void no_field_is_there_twice(String field) {
        String more = field.equals("X=1") ? ", X=1, X=2" : ", " + field;
        assertRefused(header("20261122", "host", more), "twice");
    }
}
