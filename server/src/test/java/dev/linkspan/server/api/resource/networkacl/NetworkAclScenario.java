package dev.linkspan.server.api.resource.networkacl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.operation.DefaultNets;
import dev.linkspan.core.operation.Nets;
import dev.linkspan.core.operation.NetworkAcls;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.ec2.Ec2Client;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import dev.linkspan.server.api.resource.net.VpcActions;
import dev.linkspan.server.api.resource.tag.TagActions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A VPC with a Subnet, and clients of its owner and of somebody else. */
abstract class NetworkAclScenario {

    static final String ACL = "//networkAclSet/item/";

    final InMemoryStore store = new InMemoryStore();
    final Fixture fixture = new Fixture(store);
    final AccountId account = fixture.account();
    final AccountId other = fixture.account();
    final Net net = fixture.net(account, "10.0.0.0/16");
    final String vpc = net.id().value();
    final String defaultAcl = "acl-" + vpc.substring("vpc-".length());
    final String subnet = fixture.subnet(net, "10.0.1.0/24").id().value();
    final String bornAssociation = "aclassoc-" + subnet.substring("subnet-".length());
    final Ec2Client client = as(account);
    final Ec2Client stranger = as(other);

    private Ec2Client as(AccountId who) {
        Tags tags = new Tags();
        return new Ec2Client(
                store,
                who,
                Stream.of(
                                new NetworkAclActions(new NetworkAcls(), tags).operations(),
                                new VpcActions(new Nets(), new DefaultNets(new Subregions(List.of())), tags)
                                        .operations(),
                                new TagActions(tags).operations())
                        .flatMap(List::stream)
                        .toList());
    }

    String created(String... more) {
        return client.done("CreateNetworkAcl", and(more, "VpcId", vpc)).text("//networkAcl/networkAclId");
    }

    static String[] and(String[] some, String... others) {
        return Stream.concat(Stream.of(others), Stream.of(some)).toArray(String[]::new);
    }

    Answer described(String acl) {
        return client.done("DescribeNetworkAcls", "NetworkAclId.1", acl);
    }

    /** The ids of those of this VPC that the filter lets pass. */
    List<String> filtered(String filter, String value) {
        return client.done(
                        "DescribeNetworkAcls",
                        "Filter.1.Name",
                        filter,
                        "Filter.1.Value.1",
                        value,
                        "Filter.2.Name",
                        "vpc-id",
                        "Filter.2.Value.1",
                        vpc)
                .texts(ACL + "networkAclId");
    }

    static String[] ssh(String acl, String... more) {
        return and(
                more,
                "NetworkAclId",
                acl,
                "RuleNumber",
                "100",
                "Protocol",
                "tcp",
                "RuleAction",
                "allow",
                "Egress",
                "false",
                "CidrBlock",
                "10.1.0.0/16",
                "PortRange.From",
                "22",
                "PortRange.To",
                "23");
    }

    /** The same with other values; a parameter without any is left out. */
    static String[] with(String[] parameters, Map<String, String> others) {
        List<String> changed = new ArrayList<>();
        for (int i = 0; i < parameters.length; i += 2) {
            if (!others.containsKey(parameters[i])) {
                changed.addAll(List.of(parameters[i], parameters[i + 1]));
            }
        }
        others.forEach((name, value) -> {
            if (!value.isEmpty()) {
                changed.addAll(List.of(name, value));
            }
        });
        return changed.toArray(String[]::new);
    }

    /** The message; nothing has changed. */
    String refused(String code, String action, String... parameters) {
        return refused(client, code, action, parameters);
    }

    String refused(Ec2Client who, String code, String action, String... parameters) {
        long before = fixture.read(snapshot -> snapshot.events().lastSequence());
        String message = who.refused(code, action, parameters);
        assertThat(fixture.read(snapshot -> snapshot.events().lastSequence()).longValue())
                .isEqualTo(before);
        return message;
    }

    void limit(Quota quota, int limit) {
        fixture.change(unit -> {
            Account found = unit.accounts().find(account).orElseThrow();
            unit.accounts().save(new Account(account, found.email(), Map.of(quota, limit), found.createdAt()));
            return account;
        });
    }
}
