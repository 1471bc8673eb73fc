package dev.linkspan.server;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.port.FlowTables;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.json.CanonicalCidr;
import dev.linkspan.server.api.json.Required;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests to both APIs that nobody would make on purpose: right calls with wrong values, wrong calls, and what is hardly a
 * request. Ids that answers told are used again, so that many get past the first check.
 */
final class StrangeRequests {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern ID = Pattern.compile("\\b[a-z]{1,8}-[0-9a-f]{8,17}\\b");
    private static final int REMEMBERED = 500;

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\0",
            "null",
            "true",
            "-1",
            "0",
            "10.0.0.0/16",
            "10.0.1.0/24",
            "10.0.1.4",
            "255.255.255.255/0",
            "10.0.0.0/33",
            "::/0",
            "tcp",
            "-1",
            "icmp",
            "eu-west-2",
            "eu-west-2a",
            "us-east-2a",
            "t2.micro",
            "tinav5.c1r1p1",
            "../../etc/passwd",
            "'; drop table net; --",
            "%s%n%x",
            "<!DOCTYPE x [<!ENTITY y '&y;'>]>]]>&\"'",
            "line\nbreak\r\n2026-01-01T00:00:00Z ERROR forged",
            "\u2028\u202e\ud83d\ude00",
            "\ud83d",
            "a".repeat(300),
            "b".repeat(20_000),
            "2026-11-29T00:00:00Z",
            "99999999999999999999",
            "1e309",
            "P1D");

    private static final List<String> OWN_CALLS = List.of(
            "TracePath",
            "ReadReachability",
            "ReadPeeringHealth",
            "ReadPeeringSummaries",
            "ReadEvents",
            "AskForPeering",
            "ReadPeeringRequests",
            "ReadOwnAccount",
            "UpdateOwnAccount",
            "SendProbe",
            "ReadStatus",
            "Backup",
            "CreateAccount",
            "AdvanceClock");

    private static final List<String> OWN_FIELDS = List.of(
            "From",
            "To",
            "FromNetId",
            "ToNetId",
            "IpProtocol",
            "Port",
            "IcmpType",
            "Plan",
            "Of",
            "NetPeeringId",
            "NetPeeringIds",
            "SourceNetId",
            "AccepterNetId",
            "Message",
            "AfterSequence",
            "BeforeSequence",
            "Since",
            "Types",
            "Order",
            "ResultsPerPage",
            "Name",
            "Email",
            "Password",
            "FromVmId",
            "Protocol",
            "Duration");

    /**
     * A request.
     *
     * @param headers besides those of every request
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Request(String method, String path, List<String> headers, byte[] body) {

        boolean isEc2() {
            return !path.startsWith("/api/") && !path.startsWith("/linkspan/");
        }
    }

    private final List<Operation> calls;
    private final List<Operation> actions;
    private final ConcurrentLinkedDeque<String> ids = new ConcurrentLinkedDeque<>(List.of("ami-00000001"));

    StrangeRequests(Operations operations) {
        this.calls = List.copyOf(operations.calls());
        this.actions = List.copyOf(operations.ec2Actions(FlowTables.UNKNOWN));
    }

    /** Remembers the ids in an answer. */
    void learn(String answer) {
        Matcher found = ID.matcher(answer);
        for (int i = 0; i < 20 && found.find(); i++) {
            ids.addFirst(found.group());
        }
        while (ids.size() > REMEMBERED) {
            ids.pollLast();
        }
    }

    Request next(Random random) {
        Request request = switch (random.nextInt(10)) {
            case 0 -> own(random);
            case 1, 2, 3, 4 -> ec2(random);
            default -> oapi(random);
        };
        return random.nextInt(8) == 0 ? spoilt(request, random) : request;
    }

    private Request oapi(Random random) {
        Operation call = calls.get(random.nextInt(calls.size()));
        String name = random.nextInt(50) == 0 ? text(random) : call.name();
        ObjectNode body = object(call.request(), random, 0);
        if (random.nextInt(10) == 0) {
            body.put("DryRun", true);
        }
        return post("/api/v1/" + encoded(name), "osc", body.toString(), random);
    }

    private Request own(Random random) {
        ObjectNode body = JSON.objectNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            body.set(OWN_FIELDS.get(random.nextInt(OWN_FIELDS.size())), value(String.class, random, 0));
        }
        String call = OWN_CALLS.get(random.nextInt(OWN_CALLS.size()));
        return post("/linkspan/v1/" + call, "osc", body.toString(), random);
    }

    private Request ec2(Random random) {
        Operation action = actions.get(random.nextInt(actions.size()));
        StringBuilder form = new StringBuilder("Version=2016-11-15&Action=" + action.name());
        for (Ec2Parameters.Parameter parameter : Ec2Parameters.of(action).all()) {
            if (random.nextInt(6) == 0 || (parameter.required() && random.nextInt(10) != 0)) {
                String name =
                        random.nextInt(20) == 0 ? parameter.name().replace(".1", "." + text(random)) : parameter.name();
                form.append('&').append(encoded(name)).append('=').append(encoded(scalar(parameter, random)));
            }
        }
        if (random.nextInt(10) == 0) {
            form.append("&DryRun=").append(encoded(text(random)));
        }
        return random.nextInt(5) == 0
                ? new Request("GET", "/?" + form, List.of(authorization("ec2", random)), new byte[0])
                : post("/", "ec2", form.toString(), random);
    }

    private String scalar(Ec2Parameters.Parameter parameter, Random random) {
        if (random.nextInt(8) != 0) {
            Optional<IdKind<? extends ResourceId>> kind = parameter.kind();
            if (kind.isPresent() || parameter.isId()) {
                return id(random, kind.map(IdKind::prefix).orElse(""));
            }
            if (parameter.type() == Integer.class || parameter.type() == int.class) {
                return Integer.toString(random.nextInt(-2, 1_100));
            }
            return likely(parameter.type(), random);
        }
        return text(random);
    }

    private ObjectNode object(Class<?> type, Random random, int depth) {
        ObjectNode object = JSON.objectNode();
        for (RecordComponent component : type.getRecordComponents()) {
            boolean wanted =
                    component.isAnnotationPresent(Required.class) ? random.nextInt(20) != 0 : random.nextInt(3) == 0;
            if (wanted) {
                String name = component.getName();
                object.set(
                        Character.toUpperCase(name.charAt(0)) + name.substring(1),
                        value(component.getGenericType(), random, depth));
            }
        }
        if (random.nextInt(15) == 0) {
            object.put(text(random), 1);
        }
        return object;
    }

    private JsonNode value(Type type, Random random, int depth) {
        if (random.nextInt(25) == 0 || depth > 5) {
            return nonsense(random, depth);
        }
        if (type instanceof ParameterizedType generic) {
            Type inner = generic.getActualTypeArguments()[0];
            if (generic.getRawType() != List.class) {
                return value(inner, random, depth + 1);
            }
            ArrayNode list = JSON.arrayNode();
            IntStream.range(0, random.nextInt(4)).forEach(_ -> list.add(value(inner, random, depth + 1)));
            return list;
        }
        Class<?> plain = (Class<?>) type;
        Optional<IdKind<? extends ResourceId>> kind = ResourceId.KINDS.stream()
                .filter(it -> it.of(0).getClass() == plain)
                .<IdKind<? extends ResourceId>>map(it -> it)
                .findFirst();
        if (kind.isPresent()) {
            return JSON.stringNode(id(random, kind.get().prefix()));
        }
        if (plain == Integer.class || plain == int.class || plain == Long.class) {
            return JSON.numberNode(random.nextInt(-2, 1_100));
        }
        if (plain == Boolean.class || plain == boolean.class) {
            return JSON.booleanNode(random.nextBoolean());
        }
        if (plain.isRecord() && plain != CanonicalCidr.class && plain.getName().startsWith("dev.linkspan.server.")) {
            return object(plain, random, depth + 1);
        }
        return JSON.stringNode(random.nextInt(3) == 0 ? id(random, "") : likely(plain, random));
    }

    private JsonNode nonsense(Random random, int depth) {
        return switch (random.nextInt(8)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.numberNode(random.nextLong());
            case 2 -> JSON.numberNode(random.nextDouble() * 1e300);
            case 3 -> JSON.arrayNode().add(JSON.arrayNode().add(text(random)));
            case 4 -> JSON.objectNode().put(text(random), text(random));
            case 5 -> JSON.booleanNode(true);
            case 6 -> depth > 3 ? JSON.stringNode("deep") : many(random);
            default -> JSON.stringNode(text(random));
        };
    }

    private ArrayNode many(Random random) {
        ArrayNode many = JSON.arrayNode();
        IntStream.range(0, random.nextInt(2_000)).forEach(_ -> many.add(id(random, "")));
        return many;
    }

    /** One that an answer told, of this kind if there is one, or one that nobody has. */
    private String id(Random random, String prefix) {
        if (random.nextInt(6) == 0) {
            return prefix + "%08x".formatted(random.nextInt());
        }
        List<String> known =
                ids.stream().filter(id -> id.startsWith(prefix)).limit(40).toList();
        return known.isEmpty() ? prefix + "00001234" : known.get(random.nextInt(known.size()));
    }

    private static String text(Random random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    /** What a parameter of this type could be. */
    private static String likely(Class<?> type, Random random) {
        if (type == Cidr.class || type == CanonicalCidr.class) {
            return "10.%d.%d.0/%d".formatted(random.nextInt(8), random.nextInt(4), random.nextInt(15, 29));
        }
        if (type == Ipv4.class) {
            return "10.%d.%d.%d".formatted(random.nextInt(8), random.nextInt(4), random.nextInt(256));
        }
        return text(random);
    }

    private Request post(String path, String service, String body, Random random) {
        List<String> headers = new ArrayList<>(List.of(authorization(service, random)));
        headers.add(
                "Content-Type: " + (service.equals("ec2") ? "application/x-www-form-urlencoded" : "application/json"));
        return new Request("POST", path, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String authorization(String service, Random random) {
        String account = Integer.toString(1 + random.nextInt(4)).repeat(12);
        return "Authorization: AWS4-HMAC-SHA256 Credential=%s/20261129/eu-west-2/%s/aws4_request"
                .formatted(account, service);
    }

    /** Cut short, with bytes changed, or with a header that says what is not so. */
    private static Request spoilt(Request request, Random random) {
        byte[] body = request.body().clone();
        List<String> headers = new ArrayList<>(request.headers());
        switch (random.nextInt(6)) {
            case 0 -> body = Arrays.copyOf(body, random.nextInt(body.length + 1));
            case 1 -> {
                for (int i = 0; i < 5 && body.length > 0; i++) {
                    body[random.nextInt(body.length)] = (byte) random.nextInt(256);
                }
            }
            case 2 -> headers.add("Content-Type: text/" + "x".repeat(random.nextInt(200)));
            case 3 -> headers.add("X-Amz-Date: " + text(random).replaceAll("[^\\x20-\\x7e]", "?"));
            case 4 -> headers.removeFirst();
            default -> body = ("[".repeat(random.nextInt(5_000)) + "{}").getBytes(StandardCharsets.UTF_8);
        }
        return new Request(request.method(), request.path(), headers, body);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
