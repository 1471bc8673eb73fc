package dev.linkspan.server.api.resource.vm;

import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.operation.Keypairs;
import dev.linkspan.core.operation.LaunchTemplates;
import dev.linkspan.core.operation.NicAddresses;
import dev.linkspan.core.operation.Nics;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.operation.Vms;
import dev.linkspan.core.operation.Volumes;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.ec2.Ec2Client;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import dev.linkspan.server.api.resource.image.ImageActions;
import dev.linkspan.server.api.resource.keypair.KeyMaker;
import dev.linkspan.server.api.resource.keypair.KeyPairActions;
import dev.linkspan.server.api.resource.tag.TagActions;
import dev.linkspan.server.api.resource.vmtype.InstanceTypeActions;
import dev.linkspan.server.api.resource.volume.VolumeActions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A Subnet, an account that runs instances in it, and a stranger. */
public abstract class InstanceScenario {

    protected static final Subregions SUBREGIONS = new Subregions(List.of(
            new Region(Fixture.REGION, List.of(new SubregionName("eu-west-2a"), new SubregionName("eu-west-2b")))));

    protected final InMemoryStore store = new InMemoryStore();
    protected final Fixture fixture = new Fixture(store);
    protected final AccountId owner = fixture.account();
    protected final Net net = fixture.net(owner, "10.0.0.0/16");
    protected final Subnet subnet = fixture.subnet(net, "10.0.1.0/24");
    protected final Ec2Client client = as(owner);
    protected final Ec2Client stranger = as(fixture.account());

    protected final Ec2Client as(AccountId who) {
        Tags tags = new Tags();
        List<Operation> actions = Stream.of(
                        new ImageActions(Images.OF_HOST).operations(),
                        new KeyPairActions(new Keypairs(), new KeyMaker(), tags).operations(),
                        new InstanceTypeActions(SUBREGIONS).operations(),
                        new InstanceActions(new Vms(PublicIpPools.NONE), tags).operations(),
                        new InstanceAttributeActions(new Vms(PublicIpPools.NONE)).operations(),
                        new InstanceOptionActions(new Vms(PublicIpPools.NONE)).operations(),
                        new VolumeActions(new Volumes(SUBREGIONS), tags).operations(),
                        new LaunchTemplateActions(new LaunchTemplates(), tags).operations(),
                        new InstanceStatusActions().operations(),
                        new NetworkInterfaceActions(new Nics(), new NicAddresses(), tags).operations(),
                        new NetworkInterfaceAttributeActions(new Nics()).operations(),
                        new TagActions(tags).operations())
                .flatMap(List::stream)
                .toList();
        return new Ec2Client(store, who, actions);
    }

    /** The parameters of an order, the subnet named, with further ones or others instead. */
    protected final String[] order(String... further) {
        List<String> parameters = new ArrayList<>(List.of("ImageId", "ami-00000001", "MinCount", "1", "MaxCount", "1"));
        for (int i = 0; i < further.length; i += 2) {
            int there = parameters.indexOf(further[i]);
            if (there >= 0) {
                parameters.set(there + 1, further[i + 1]);
            } else {
                parameters.addAll(List.of(further[i], further[i + 1]));
            }
        }
        if (parameters.stream().noneMatch(name -> name.startsWith("NetworkInterface.1."))) {
            parameters.addAll(List.of("SubnetId", subnet.id().value()));
        }
        return parameters.toArray(String[]::new);
    }

    protected final Answer run(String... further) {
        return client.done("RunInstances", order(further));
    }

    protected final String instance(String... further) {
        return run(further).text("//instancesSet/item/instanceId");
    }

    protected final String networkInterface(String... further) {
        List<String> parameters =
                new ArrayList<>(List.of("SubnetId", subnet.id().value()));
        parameters.addAll(List.of(further));
        return client.done("CreateNetworkInterface", parameters.toArray(String[]::new))
                .text("//networkInterface/networkInterfaceId");
    }
}
