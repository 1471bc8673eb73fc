package dev.linkspan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.InsightsAnalysisId;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NetworkAclAssociationId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.insights.InsightsAnalysis;
import dev.linkspan.core.insights.InsightsPath;
import dev.linkspan.core.insights.PacketFilter;
import dev.linkspan.core.insights.PathQuestion;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.keypair.KeypairType;
import dev.linkspan.core.keypair.NewKeypair;
import dev.linkspan.core.keypair.PublicKey;
import dev.linkspan.core.keypair.PublicKeys;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.operation.InsightsAnalyses;
import dev.linkspan.core.operation.InsightsPaths;
import dev.linkspan.core.operation.Keypairs;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.FlowTables;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.TestClock;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.Ec2Parameters.Parameter;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.ec2.Ec2Client;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import dev.linkspan.server.api.ec2.Ec2Endpoint;
import dev.linkspan.server.api.json.CanonicalCidr;
import dev.linkspan.server.api.resource.absent.AbsentActions;
import dev.linkspan.server.api.sigv4.RequestRegion;
import dev.linkspan.server.api.sigv4.Seals;
import dev.linkspan.server.api.sigv4.SessionTokens;
import dev.linkspan.server.api.sigv4.SignatureAuthenticator;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every action of the EC2 API makes of bad input: EC2's documented code, valid XML, and nothing changed. The actions are
 * all that the server has, and their parameters those of their request records, so what is new is tested by being there.
 */
@Slow
class Ec2BadInputTest {

    private static final List<Region> REGIONS = List.of(new Region(Fixture.REGION, List.of(Fixture.SUBREGION)));
    private static final List<Operation> ACTIONS =
            new Operations(REGIONS, PublicIpPools.NONE, new PeeringRules(false, true)).ec2Actions(FlowTables.UNKNOWN);
    /** What is never there matches no filter, whatever its name. */
    private static final Set<String> ABSENT =
            new AbsentActions().operations().stream().map(Operation::name).collect(Collectors.toSet());

    private static final String HOSTILE = "<!DOCTYPE x [<!ENTITY y '&y;'>]>]]>&\"'%00\u2028\ud83d\ude00";
    private static final int UNUSED = 0xdeadbeef;

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId caller = fixture.account();
    private final Map<IdKind<?>, ResourceId> own = everything(caller);
    private final Map<IdKind<?>, ResourceId> strangers = everything(fixture.account());
    private final Ec2Client client = new Ec2Client(store, caller, ACTIONS);

    /** One of each kind that an account can have. */
    private Map<IdKind<?>, ResourceId> everything(AccountId owner) {
        Net net = fixture.net(owner, "10.0.0.0/16");
        Net peer = fixture.net(owner, "10.1.0.0/16");
        Subnet subnet = fixture.subnet(net, "10.0.1.0/24");
        RouteTable table = fixture.mainTable(net);
        SecurityGroup group = fixture.defaultGroup(net);
        Map<IdKind<?>, ResourceId> ids = new HashMap<>();
        ids.put(NetId.KIND, net.id());
        ids.put(SubnetId.KIND, subnet.id());
        ids.put(NetworkAclId.KIND, NetworkAclId.ofDefault(net.id()));
        ids.put(NetworkAclAssociationId.KIND, NetworkAclAssociationId.ofBirth(subnet.id()));
        ids.put(RouteTableId.KIND, table.id());
        ids.put(RouteTableLinkId.KIND, table.links().getFirst().id());
        ids.put(SecurityGroupId.KIND, group.id());
        ids.put(SecurityGroupRuleId.KIND, group.rules().getFirst().id());
        ids.put(NetPeeringId.KIND, fixture.pendingPeering(net, peer).id());
        ids.put(VmId.KIND, fixture.vm(subnet, "10.0.1.4", group.id()).id());
        ids.put(KeypairId.KIND, keypair(owner));
        ids.put(NicId.KIND, fixture.nic(subnet, "10.0.1.5", group.id()).id());
        ids.put(NatServiceId.KIND, fixture.natService(subnet, "10.0.1.6").id());
        InsightsAnalysis analysis = analysis(owner, ids.get(VmId.KIND));
        ids.put(InsightsPathId.KIND, analysis.path());
        ids.put(InsightsAnalysisId.KIND, analysis.id());
        return ids;
    }

    private InsightsAnalysis analysis(AccountId owner, ResourceId vm) {
        PathQuestion question = new PathQuestion(
                vm,
                Optional.empty(),
                Optional.empty(),
                Optional.of(Ipv4.parse("10.1.0.4")),
                Traffic.TCP,
                Optional.of(22),
                PacketFilter.NONE,
                PacketFilter.NONE);
        return fixture.change(unit -> {
            InsightsPath path = new InsightsPaths(PublicIpPools.NONE).create(unit, owner, question, Optional.empty());
            return new InsightsAnalyses(FlowTables.UNKNOWN, PublicIpPools.NONE)
                    .start(unit, owner, path.id(), Optional.empty(), _ -> "{}");
        });
    }

    private KeypairId keypair(AccountId owner) {
        PublicKey key = PublicKeys.of(KeypairType.ED25519, "");
        return fixture.change(unit -> new Keypairs().create(unit, owner, new NewKeypair("tcp", key, Optional.empty())))
                .id();
    }

    static Stream<Ec2Parameters> actions() {
        return ACTIONS.stream().map(Ec2Parameters::of).sorted(Comparator.comparing(Ec2Parameters::action));
    }

    private String sample(Parameter parameter) {
        Class<?> type = parameter.type();
        if (parameter.kind().isPresent()) {
            IdKind<?> kind = parameter.kind().get();
            return Optional.ofNullable(own.get(kind))
                    .orElseGet(() -> kind.of(UNUSED))
                    .value();
        }
        return Map.<Class<?>, String>of(
                        CanonicalCidr.class, "10.9.0.0/16",
                        AccountId.class, caller.value(),
                        RegionName.class, Fixture.REGION.value(),
                        SubregionName.class, Fixture.SUBREGION.value(),
                        Boolean.class, "true",
                        boolean.class, "true",
                        Integer.class, "5",
                        int.class, "5")
                .getOrDefault(
                        type,
                        parameter.name().equals("ResourceId.1")
                                ? own.get(NetId.KIND).value()
                                : "tcp");
    }

    /** The action with what it cannot do without, and with this parameter. */
    private Answer with(Ec2Parameters action, Parameter parameter, String value, String... more) {
        Map<String, String> parameters = new TreeMap<>();
        action.neededFor(parameter).forEach(needed -> parameters.put(needed.name(), sample(needed)));
        parameters.put(parameter.name(), value);
        Stream<String> given =
                parameters.entrySet().stream().flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()));
        return client.call(
                action.action(), Stream.concat(given, Stream.of(more)).toArray(String[]::new));
    }

    private static void assertRefused(Answer answer, String code, String told) {
        assertThat(List.of(Integer.toString(answer.status()), answer.code()))
                .as(answer.message())
                .containsExactly("400", code);
        assertThat(answer.message()).contains(told);
    }

    private void assertUnchanged(Runnable calls) {
        long before = fixture.read(snapshot -> snapshot.events().lastSequence());
        calls.run();
        long after = fixture.read(snapshot -> snapshot.events().lastSequence());
        assertThat(after).as("the number of the last event").isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("actions")
    void a_parameter_that_it_does_not_have_is_named(Ec2Parameters action) {
        assertUnchanged(() -> {
            assertRefused(client.call(action.action(), "Colour", "red"), "UnknownParameter", "'Colour'");
            assertRefused(client.call(action.action(), "Colour.1.Name", "red"), "UnknownParameter", "Colour.1.Name");
        });
    }

    @ParameterizedTest
    @MethodSource("actions")
    void a_parameter_that_is_there_twice_is_named(Ec2Parameters action) {
        String name =
                action.all().isEmpty() ? "DryRun" : action.all().getFirst().name();
        String body = "Action=%s&Version=2016-11-15&%s=a&%s=a".formatted(action.action(), name, name);
        assertUnchanged(() -> assertRefused(
                client.send("POST", body, "application/x-www-form-urlencoded"), "InvalidParameterCombination", name));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void a_parameter_that_it_cannot_do_without_is_named(Ec2Parameters action) {
        Optional<Parameter> required = action.all().stream()
                .filter(parameter -> parameter.required() && !parameter.isInside())
                .findFirst();
        required.ifPresent(parameter -> assertUnchanged(() -> {
            String name = parameter.name().replaceFirst("\\.1(\\..*)?$", "");
            assertRefused(client.call(action.action(), "DryRun", "true"), "MissingParameter", name);
        }));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void dry_run_tells_what_would_be_and_changes_nothing(Ec2Parameters action) {
        assertUnchanged(() -> {
            Answer answer = action.all().isEmpty()
                    ? client.call(action.action(), "DryRun", "true")
                    : with(action, action.all().getFirst(), sample(action.all().getFirst()), "DryRun", "true");
            assertThat(answer.status()).as(answer.message()).isIn(400, 412);
            assertThat(answer.code().equals("DryRunOperation")).isEqualTo(answer.status() == 412);
        });
    }

    @ParameterizedTest
    @MethodSource("actions")
    @Rule("A1")
    void without_a_signature_nobody_gets_anything(Ec2Parameters action) {
        Ec2Client unsigned = new Ec2Client(new Ec2Endpoint(
                store,
                new SignatureAuthenticator(
                        store,
                        new RequestRegion(REGIONS),
                        new SessionTokens(Seals.sealing(1)),
                        (_, _, _) -> false,
                        new TestClock()),
                ACTIONS,
                List.of()));
        assertUnchanged(() -> {
            Answer answer =
                    unsigned.call(action.action(), "VpcId", own.get(NetId.KIND).value());
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("AuthFailure");
        });
    }

    @ParameterizedTest
    @MethodSource("actions")
    void a_filter_that_it_does_not_know_is_named_with_those_it_knows(Ec2Parameters action) {
        action.all().stream()
                .filter(parameter -> parameter.name().equals("Filter.1.Name") && !ABSENT.contains(action.action()))
                .forEach(filter -> assertUnchanged(() -> {
                    assertRefused(
                            with(action, filter, "colour", "Filter.1.Value.1", "red"),
                            "InvalidParameterValue",
                            "'colour'");
                    assertRefused(with(action, filter, "vpc-id"), "InvalidParameterValue", "values");
                }));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void an_id_that_is_none_or_of_another_kind_is_malformed(Ec2Parameters action) {
        action.all().stream()
                .filter(parameter -> parameter.kind().isPresent())
                .forEach(parameter -> assertUnchanged(() -> {
                    String prefix = parameter.kind().orElseThrow().prefix();
                    for (String malformed : List.of("colour-00000001", prefix + "red", prefix + "00000001\n", prefix)) {
                        Answer answer = with(action, parameter, malformed);
                        assertThat(answer.code()).as(answer.message()).matches(".*\\.Malformed|NatGatewayMalformed");
                        assertThat(answer.status()).isEqualTo(400);
                    }
                }));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void an_id_of_a_kind_that_nobody_has_is_not_passed_over(Ec2Parameters action) {
        action.all().stream()
                .filter(parameter -> parameter.isId() && parameter.kind().isEmpty())
                .forEach(parameter -> assertUnchanged(() -> {
                    Answer answer = with(action, parameter, "colour-00000001", "DryRun", "true");
                    assertThat(answer.status())
                            .as(parameter.name() + answer.message())
                            .isEqualTo(400);
                }));
    }

    @ParameterizedTest
    @MethodSource("actions")
    @Rule("A4")
    void anothers_id_is_answered_like_one_that_is_not_there(Ec2Parameters action) {
        action.all().stream()
                .filter(parameter ->
                        parameter.kind().filter(strangers::containsKey).isPresent())
                .forEach(parameter -> assertUnchanged(() -> {
                    IdKind<?> kind = parameter.kind().orElseThrow();
                    String anothers = strangers.get(kind).value();
                    String nobodys = kind.of(UNUSED).value();
                    Answer answer = with(action, parameter, anothers, "DryRun", "true");
                    Answer other = with(action, parameter, nobodys, "DryRun", "true");
                    assertThat(List.of(answer.code(), answer.message().replace(anothers, "ID")))
                            .as(parameter.name())
                            .containsExactly(other.code(), other.message().replace(nobodys, "ID"));
                    if (!parameter.isInside()) {
                        assertThat(answer.status()).as(answer.message()).isEqualTo(400);
                    }
                }));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void what_looks_like_xml_is_answered_in_xml(Ec2Parameters action) {
        action.all().forEach(parameter -> {
            Answer answer = with(action, parameter, HOSTILE, "DryRun", "true");
            assertThat(answer.status()).as(parameter.name() + answer.message()).isIn(400, 412);
            assertThat(answer.text("/Response/RequestID")).isEqualTo(Ec2Client.REQUEST_ID);
        });
    }

    @Test
    void tags_that_look_like_xml_come_back_as_they_were_given() {
        String net = own.get(NetId.KIND).value();

        Answer tagged =
                client.call("CreateTags", "ResourceId.1", net, "Tag.1.Key", HOSTILE, "Tag.1.Value", HOSTILE + "2");
        assertThat(tagged.status()).as(tagged.message()).isEqualTo(200);

        Answer tags = client.call("DescribeTags", "Filter.1.Name", "key", "Filter.1.Value.1", HOSTILE);
        assertThat(tags.text("//tagSet/item/key")).isEqualTo(HOSTILE);
        assertThat(tags.text("//tagSet/item/value")).isEqualTo(HOSTILE + "2");
        Answer described = client.call("DescribeVpcs", "VpcId.1", net);
        assertThat(described.text("//tagSet/item/key")).isEqualTo(HOSTILE);
    }
}
