package dev.linkspan.cli.demo;

import dev.linkspan.cli.client.Answer;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls and answers in a few words each. */
final class Summary {

    private Summary() {}

    /** The call's name and arguments, such as {@code CreateNet IpRange=10.1.0.0/16}. */
    static String of(String call, ObjectNode arguments) {
        StringBuilder text = new StringBuilder(call);
        arguments
                .properties()
                .forEach(argument ->
                        text.append(' ').append(argument.getKey()).append('=').append(plain(argument.getValue())));
        return text.toString();
    }

    /** What the answer says: the error, else the thing that was made or changed. */
    static String of(Answer answer) {
        if (answer.refused()) {
            return "HTTP %d %s (%s): %s"
                    .formatted(answer.status(), answer.errorType(), answer.errorCode(), answer.errorDetails());
        }
        return answer.body().properties().stream()
                .flatMap(field -> told(field.getKey(), field.getValue()).stream())
                .findFirst()
                .orElse("done");
    }

    private static Optional<String> told(String name, JsonNode value) {
        return Optional.ofNullable(
                switch (name) {
                    case "Net" -> words(value, "NetId", "IpRange");
                    case "Subnet" -> words(value, "SubnetId", "IpRange", "SubregionName");
                    case "Vms" -> words(value.path(0), "VmId", "PrivateIp");
                    case "NetPeering" -> peering(value);
                    case "NetPeerings" -> value.isEmpty() ? "no peering" : peering(value.path(0));
                    case "RouteTable" ->
                        words(value, "RouteTableId")
                                + " with %d routes"
                                        .formatted(value.path("Routes").size());
                    case "SecurityGroup" ->
                        words(value, "SecurityGroupId")
                                + " with %d inbound rules"
                                        .formatted(value.path("InboundRules").size());
                    case "InternetService" -> words(value, "InternetServiceId", "NetId");
                    case "PublicIp" -> words(value, "PublicIpId", "PublicIp");
                    case "Host" -> words(value, "HostId", "HostName", "SubregionName");
                    case "Account" -> "account " + value.path("AccountId").asString();
                    case "Clock" -> "it is now " + value.path("Now").asString();
                    default -> null;
                });
    }

    private static String peering(JsonNode peering) {
        return "%s: %s"
                .formatted(
                        peering.path("NetPeeringId").asString(),
                        peering.path("State").path("Message").asString());
    }

    private static String words(JsonNode value, String... fields) {
        StringBuilder text = new StringBuilder();
        for (String field : fields) {
            text.append(text.isEmpty() ? "" : " ").append(value.path(field).asString(""));
        }
        return text.toString().strip();
    }

    private static String plain(JsonNode value) {
        return value.isString()
                ? value.asString()
                : value.toString().replace("\"", "").replace(",", ", ");
    }
}
