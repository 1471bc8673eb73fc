package dev.linkspan.acceptance.backup;

import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Caller;
import dev.linkspan.cli.client.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that one caller can be told: each Read call as it is, page by page, and through each of its filters, which the
 * server itself names. An answer is its text without the request's id.
 */
final class Answers {

    private static final List<String> ACCOUNT_CALLS = List.of(
            "ReadAccessKeys",
            "ReadAccounts",
            "ReadDhcpOptions",
            "ReadImages",
            "ReadInternetServices",
            "ReadKeypairs",
            "ReadLoadBalancers",
            "ReadNatServices",
            "ReadNetAccessPoints",
            "ReadNetPeerings",
            "ReadNets",
            "ReadNics",
            "ReadPublicIps",
            "ReadQuotas",
            "ReadRegions",
            "ReadRouteTables",
            "ReadSecurityGroups",
            "ReadSubnets",
            "ReadSubregions",
            "ReadTags",
            "ReadVirtualGateways",
            "ReadVmTypes",
            "ReadVms",
            "ReadVmsState",
            "ReadVolumes");

    /** The same for every account and in every database. */
    private static final Set<String> CATALOGUE = Set.of("ReadImages", "ReadRegions", "ReadVmTypes");

    private static final int PAGES = 4;

    private static final Pattern KNOWN_FILTERS = Pattern.compile("accepted are ([A-Za-z, ]+)\\.$");

    /** What is of the process and not of what it serves. */
    private static final Set<String> OF_THE_PROCESS = Set.of("StartDate", "UptimeSeconds", "Network", "Store");

    private final SortedMap<String, String> byQuestion = new TreeMap<>();
    private int selected;

    private Answers() {}

    /** What an account is told in its Region, page by page and through every filter. */
    static Answers toAccount(Caller account) {
        Answers answers = new Answers();
        for (String call : ACCOUNT_CALLS) {
            JsonNode all = answers.ask(account, call, Json.object());
            int size = all.valueStream().mapToInt(JsonNode::size).sum();
            if (size > 0 && !CATALOGUE.contains(call)) {
                answers.askPageByPage(account, call, 1 + size / PAGES);
                Values values = Values.in(all);
                filters(account, call).forEach(filter -> answers.askFiltered(account, call, filter, values));
            }
        }
        return answers;
    }

    /** What an account is told in its Region when it asks for everything. */
    static Answers toAccountInAll(Caller account) {
        Answers answers = new Answers();
        ACCOUNT_CALLS.forEach(call -> answers.ask(account, call, Json.object()));
        return answers;
    }

    /** What the operator is told of these accounts and of each Region's log. */
    static Answers toOperator(Caller operator, List<String> regions, List<String> accounts) {
        Answers answers = new Answers();
        for (String call : List.of("ReadAccounts", "ReadClock", "ReadStatus")) {
            answers.ask(operator, call, Json.object());
        }
        accounts.forEach(account -> answers.ask(operator, "ReadAccessKeys", Json.object("AccountId", account)));
        for (String region : regions) {
            ObjectNode everything = Json.object("RegionName", region, "ResultsPerPage", 1000);
            JsonNode log = answers.ask(operator, "ReadEvents", everything);
            everything.put("Order", "NewestFirst");
            answers.ask(operator, "ReadEvents", everything);
            accounts.forEach(account ->
                    answers.ask(operator, "ReadEvents", Json.object("RegionName", region, "AccountId", account)));
            Stream.of("Type", "Subject", "Time")
                    .forEach(property -> log.path("Events")
                            .valueStream()
                            .map(event -> event.path(property).asString())
                            .distinct()
                            .limit(40)
                            .forEach(value -> answers.ask(operator, "ReadEvents", eventsBy(region, property, value))));
        }
        return answers;
    }

    private static ObjectNode eventsBy(String region, String property, String value) {
        return switch (property) {
            case "Type" -> Json.object("RegionName", region, "Types", List.of(value));
            case "Subject" -> Json.object("RegionName", region, "Resource", value);
            default -> Json.object("RegionName", region, "Since", value, "Until", value);
        };
    }

    /** By the question that was asked. */
    Map<String, String> byQuestion() {
        return byQuestion;
    }

    /** How many filters have selected something. */
    int selected() {
        return selected;
    }

    private JsonNode ask(Caller caller, String call, ObjectNode arguments) {
        Answer answer = caller.call(call, arguments);
        ObjectNode body = (ObjectNode) answer.body();
        body.remove("ResponseContext");
        body.remove(OF_THE_PROCESS);
        byQuestion.put(call + Json.line(arguments), answer.status() + " " + Json.line(body));
        return body;
    }

    private void askPageByPage(Caller caller, String call, int perPage) {
        ObjectNode arguments = Json.object("ResultsPerPage", perPage);
        String token = "first";
        while (!token.isEmpty()) {
            JsonNode page = ask(caller, call, arguments);
            token = page.path("NextPageToken").asString("");
            arguments.put("NextPageToken", token);
        }
    }

    /** A refusal of one that no call has names those that there are. */
    private static List<String> filters(Caller caller, String call) {
        Answer refused = caller.call(call, "Filters", Json.object("Bogus", List.of()));
        Matcher known = KNOWN_FILTERS.matcher(refused.errorDetails());
        return known.find() ? Arrays.asList(known.group(1).split(", ", -1)) : List.of();
    }

    private void askFiltered(Caller caller, String call, String filter, Values all) {
        for (Object values : List.of(all.texts(), all.vms(), all.numbers(), List.of(true))) {
            JsonNode found = ask(caller, call, Json.object("Filters", Json.object(filter, values)));
            if (!found.has("Errors")) {
                selected += found.valueStream().anyMatch(list -> !list.isEmpty()) ? 1 : 0;
                ask(caller, call, Json.object("Filters", Json.object(filter, others(values))));
                return;
            }
        }
    }

    /** What an answer holds that a filter may be given, by what filters take: any text, ids of VMs alone, numbers. */
    private record Values(Set<String> texts, Set<String> vms, Set<Long> numbers) {

        private static final Pattern VM = Pattern.compile("i-[0-9a-f]{8}");

        static Values in(JsonNode answer) {
            Set<String> texts = new LinkedHashSet<>();
            Set<Long> numbers = new LinkedHashSet<>();
            collect(answer, texts, numbers);
            Set<String> vms = new LinkedHashSet<>(texts);
            vms.removeIf(text -> !VM.matcher(text).matches());
            return new Values(texts, vms, numbers);
        }

        private static void collect(JsonNode node, Set<String> texts, Set<Long> numbers) {
            if (node.isString()) {
                texts.add(node.asString());
            } else if (node.isNumber()) {
                numbers.add(node.asLong());
            }
            node.valueStream().forEach(inner -> collect(inner, texts, numbers));
            if (node.has("Key") && node.has("Value")) {
                texts.add(node.path("Key").asString() + "=" + node.path("Value").asString());
            }
        }
    }

    /** A part of them, so that a filter selects less. */
    private static Object others(Object values) {
        return values instanceof Set<?> set ? everySecond(set) : List.of(false);
    }

    private static List<Object> everySecond(Set<?> values) {
        List<Object> half = new ArrayList<>();
        int at = 0;
        for (Object value : values) {
            if (at++ % 2 == 0) {
                half.add(value);
            }
        }
        return half;
    }
}
