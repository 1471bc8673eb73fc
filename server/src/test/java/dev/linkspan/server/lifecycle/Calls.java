package dev.linkspan.server.lifecycle;

import dev.linkspan.core.account.Quota;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.operation.Accounts;
import dev.linkspan.core.operation.NetPeerings;
import dev.linkspan.core.operation.Nets;
import dev.linkspan.core.operation.Subnets;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.operation.Vms;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.port.Credentials;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.Headers;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.oapi.OapiEndpoint;
import dev.linkspan.server.api.resource.account.AccountCalls;
import dev.linkspan.server.api.resource.net.NetCalls;
import dev.linkspan.server.api.resource.peering.NetPeeringCalls;
import dev.linkspan.server.api.resource.subnet.SubnetCalls;
import dev.linkspan.server.api.resource.tag.TagCalls;
import dev.linkspan.server.api.resource.vm.VmCalls;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes a script's calls: through the OUTSCALE API where it has such a call, with no network between. */
final class Calls {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_AT_ONCE = 100;

    /** What was answered; of pages, all of them in one list. */
    record Reply(int status, JsonNode body) {

        static final Reply NONE = new Reply(0, JSON.createObjectNode());

        @Override
        public String toString() {
            return status == 0 ? "nothing" : status + " " + body;
        }
    }

    private final Ground ground;
    private final Names names;
    private final NetPeerings peerings;
    private final OapiEndpoint endpoint;
    private Caller caller;
    private long made;

    Calls(Script settings, Ground ground, Names names) {
        this.ground = ground;
        this.names = names;
        this.peerings = new NetPeerings(new PeeringRules(settings.requiresVm(), settings.overlappingPeers()));
        this.caller = new Caller(names.account("ann"), names.region("west"));
        this.endpoint = new OapiEndpoint(ground.store(), _ -> caller, operations());
    }

    private List<Operation> operations() {
        List<Region> regions = Ground.REGIONS.stream()
                .map(name -> new Region(name, List.of(new SubregionName(name + "a"))))
                .toList();
        return Stream.of(
                        new AccountCalls().operations(),
                        new NetCalls(new Nets()).operations(),
                        new SubnetCalls(new Subnets(new Subregions(regions))).operations(),
                        new VmCalls(new Vms(PublicIpPools.NONE)).operations(),
                        new NetPeeringCalls(peerings).operations(),
                        new TagCalls(new Tags()).operations())
                .flatMap(List::stream)
                .toList();
    }

    Reply make(Step step, String request) {
        return switch (step) {
            case Step.CreateNet it ->
                as(it.by(), names.region(it.in()))
                        .call("CreateNet", request, arguments().put("IpRange", it.range()));
            case Step.DeleteNet it ->
                as(it.by(), names.regionOfNet(it.net()))
                        .call("DeleteNet", request, dry(it.dryRun()).put("NetId", names.net(it.net())));
            case Step.CreateSubnet it -> createSubnet(it, request);
            case Step.DeleteSubnet it ->
                as(it.by(), names.regionOfNet(it.net()))
                        .call("DeleteSubnet", request, arguments().put("SubnetId", names.subnet(it.net())));
            case Step.CreateVm it -> {
                ObjectNode arguments =
                        arguments().put("ImageId", "ami-00000001").put("SubnetId", names.subnet(it.net()));
                yield as(it.by(), names.regionOfNet(it.net())).call("CreateVms", request, arguments);
            }
            case Step.DeleteVm it -> {
                ObjectNode arguments = arguments();
                arguments.putArray("VmIds").add(names.newestVm(it.net()));
                yield as(it.by(), names.regionOfNet(it.net())).call("DeleteVms", request, arguments);
            }
            case Step.CreateNetPeering it -> createPeering(it, request);
            case Step.AcceptNetPeering it -> onPeering("AcceptNetPeering", it, it.dryRun(), request);
            case Step.RejectNetPeering it -> onPeering("RejectNetPeering", it, it.dryRun(), request);
            case Step.DeleteNetPeering it -> onPeering("DeleteNetPeering", it, it.dryRun(), request);
            case Step.CreateTags it -> tags("CreateTags", it, it.key(), it.value(), request);
            case Step.DeleteTags it -> tags("DeleteTags", it, it.key(), it.value(), request);
            case Step.ReadNetPeerings it -> read(it, request);
            case Step.ReadQuotas it -> {
                ObjectNode arguments = arguments();
                arguments
                        .putObject("Filters")
                        .putArray("QuotaNames")
                        .add(Quota.ACTIVE_PEERINGS_PER_NET.outscaleName())
                        .add(Quota.OUTSTANDING_PEERING_REQUESTS.outscaleName());
                yield as(it.by(), names.region(it.in())).call("ReadQuotas", request, arguments);
            }
            case Step.SetQuota it -> setQuota(it, request);
            case Step.Sweep _ -> sweep();
            case Step.Wait _, Step.WaitUntil _ -> Reply.NONE;
        };
    }

    private Calls as(String account, RegionName region) {
        caller = new Caller(names.account(account), region);
        return this;
    }

    private static ObjectNode arguments() {
        return JSON.createObjectNode();
    }

    private static ObjectNode dry(boolean dryRun) {
        return dryRun ? arguments().put("DryRun", true) : arguments();
    }

    /** How many calls it has made by now; each page of a list is one. */
    long made() {
        return made;
    }

    private Reply call(String name, String request, ObjectNode arguments) {
        made++;
        byte[] body = arguments.toString().getBytes(StandardCharsets.UTF_8);
        ApiResponse response = endpoint.answer(
                new ApiRequest(request, "POST", "/api/v1/" + name, "", Headers.NONE, body, false, "127.0.0.1"));
        return new Reply(response.status(), JSON.readTree(new String(response.body(), StandardCharsets.UTF_8)));
    }

    private Reply createSubnet(Step.CreateSubnet step, String request) {
        ObjectNode arguments = arguments()
                .put("NetId", names.net(step.net()))
                .put("IpRange", names.firstAddressOf(step.net()) + "/28");
        return as(step.by(), names.regionOfNet(step.net())).call("CreateSubnet", request, arguments);
    }

    private Reply createPeering(Step.CreateNetPeering step, String request) {
        ObjectNode arguments = dry(step.dryRun())
                .put("SourceNetId", names.net(step.source()))
                .put("AccepterNetId", names.net(step.accepter()));
        if (!step.owner().isEmpty()) {
            arguments.put("AccepterOwnerId", names.account(step.owner()).value());
        }
        return as(step.by(), names.region(step.in())).call("CreateNetPeering", request, arguments);
    }

    private Reply onPeering(String call, Step.OnPeering step, boolean dryRun, String request) {
        ObjectNode arguments = dry(dryRun).put("NetPeeringId", names.peering(step.peering()));
        return as(step.by(), names.region(step.in())).call(call, request, arguments);
    }

    private Reply tags(String call, Step.OnPeering step, String key, String value, String request) {
        ObjectNode arguments = arguments();
        arguments.putArray("ResourceIds").add(names.peering(step.peering()));
        arguments.putArray("Tags").addObject().put("Key", key).put("Value", value);
        return as(step.by(), names.region(step.in())).call(call, request, arguments);
    }

    /** Page by page where the step says so. */
    private Reply read(Step.ReadNetPeerings step, String request) {
        as(step.by(), names.region(step.in()));
        ObjectNode arguments = arguments();
        ObjectNode filters = arguments.putObject("Filters");
        put(filters, "NetPeeringIds", step.peerings().stream().map(names::peering));
        put(filters, "StateNames", step.states().stream());
        put(filters, "SourceNetNetIds", step.sources().stream().map(names::net));
        put(filters, "AccepterNetNetIds", step.accepters().stream().map(names::net));
        put(filters, "SourceNetAccountIds", accounts(step.sourceOwners()));
        put(filters, "AccepterNetAccountIds", accounts(step.accepterOwners()));
        put(filters, "SourceNetIpRanges", step.sourceRanges().stream());
        put(filters, "AccepterNetIpRanges", step.accepterRanges().stream());
        put(filters, "Tags", step.tags().stream());
        if (step.page() == 0) {
            return call("ReadNetPeerings", request, arguments);
        }
        arguments.put("ResultsPerPage", step.page());
        Reply first = call("ReadNetPeerings", request, arguments);
        List<JsonNode> found = new ArrayList<>(elements(first));
        Reply page = first;
        while (page.body().has("NextPageToken")) {
            arguments.set("NextPageToken", page.body().get("NextPageToken"));
            page = call("ReadNetPeerings", request, arguments);
            if (page.status() != 200 || elements(page).size() > step.page()) {
                return page;
            }
            found.addAll(elements(page));
        }
        ObjectNode whole = arguments();
        whole.set("NetPeerings", JSON.createArrayNode().addAll(found));
        whole.set("ResponseContext", first.body().path("ResponseContext"));
        return new Reply(first.status(), whole);
    }

    private static List<JsonNode> elements(Reply page) {
        return page.body().path("NetPeerings").valueStream().toList();
    }

    private Stream<String> accounts(List<String> accounts) {
        return accounts.stream().map(names::account).map(AccountId::value);
    }

    private static void put(ObjectNode filters, String name, Stream<String> values) {
        List<String> list = values.toList();
        if (!list.isEmpty()) {
            ArrayNode array = filters.putArray(name);
            list.forEach(array::add);
        }
    }

    private Reply setQuota(Step.SetQuota step, String request) {
        Quota quota = switch (step.limit()) {
            case ACTIVE_PEERINGS_PER_NET -> Quota.ACTIVE_PEERINGS_PER_NET;
            case OUTSTANDING_PEERING_REQUESTS -> Quota.OUTSTANDING_PEERING_REQUESTS;
        };
        OptionalInt most = step.most() == Step.DEFAULT ? OptionalInt.empty() : OptionalInt.of(step.most());
        Accounts accounts = new Accounts(new NoCredentials());
        ground.store()
                .change(
                        names.region("west"),
                        new Origin(Origin.OPERATOR, request),
                        unit -> accounts.setQuota(unit, names.account(step.account()), quota, most));
        return Reply.NONE;
    }

    /** The operator's calls here make no accounts and no keys. */
    private static final class NoCredentials implements Credentials {
        @Override
        public AccountId newAccountId() {
            throw new AssertionError("nobody asks for an account");
        }

        @Override
        public AccessKeyId newAccessKeyId() {
            throw new AssertionError("nobody asks for a key");
        }

        @Override
        public AccessKeyId newSessionKeyId() {
            throw new AssertionError("nobody assumes a role");
        }

        @Override
        public String newSecret() {
            throw new AssertionError("nobody asks for a secret");
        }
    }

    /** As the server's own sweeper does it. */
    private Reply sweep() {
        for (RegionName region : Ground.REGIONS) {
            int done = MOST_AT_ONCE;
            while (done >= MOST_AT_ONCE) {
                done = ground.store()
                        .change(region, new Origin(Origin.CLOCK, ""), unit -> peerings.sweep(unit, MOST_AT_ONCE));
            }
        }
        return Reply.NONE;
    }
}
