package dev.linkspan.server.api.resource.vm;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.operation.Vms;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.oapi.OapiClient;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A Subnet, and an account that calls for VMs in it. */
abstract class VmCallsScenario {

    final InMemoryStore store = new InMemoryStore();
    final Fixture fixture = new Fixture(store);
    final AccountId owner = fixture.account();
    final Net net = fixture.net(owner, "10.0.0.0/16");
    final Subnet subnet = fixture.subnet(net, "10.0.1.0/24");
    final OapiClient client = clientOf(owner);

    OapiClient clientOf(AccountId account) {
        return new OapiClient(store, account, new VmCalls(new Vms(PublicIpPools.NONE)).operations());
    }

    JsonNode create(String further) {
        return client.call("CreateVms", "{'ImageId':'ami-00000001','SubnetId':'%s'%s}".formatted(subnet.id(), further))
                .path("Vms");
    }

    String createdId(String further) {
        return create(further).path(0).path("VmId").stringValue();
    }

    List<String> idsRead(String filters) {
        return OapiClient.texts(
                client.call("ReadVms", "{'Filters':{%s}}".formatted(filters)).path("Vms"), "VmId");
    }
}
