package dev.linkspan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.account.Account;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.FlowTables;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.ec2.Ec2Client;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every filter that EC2's documentation names for an action that is here, be it of something that exists here or not. */
class DocumentedFiltersTest {

    private static final AccountId OWNER = new AccountId("123456789012");

    private final InMemoryStore store = new InMemoryStore();
    private final List<Operation> actions = new Operations(
                    List.of(new Region(Fixture.REGION, List.of(Fixture.SUBREGION))),
                    PublicIpPools.NONE,
                    new PeeringRules(false, true))
            .ec2Actions(FlowTables.UNKNOWN);
    private final Ec2Client client = new Ec2Client(store, OWNER, actions);

    /** One of most kinds, so that there is something to be left out. */
    @BeforeEach
    void make() {
        store.change(Fixture.REGION, Fixture.ORIGIN, unit -> {
            unit.accounts().save(new Account(OWNER, Optional.empty(), Map.of(), unit.now()));
            return OWNER;
        });
        String vpc = client.done("CreateVpc", "CidrBlock", "10.0.0.0/16").text("//vpcId");
        String subnet = client.done("CreateSubnet", "VpcId", vpc, "CidrBlock", "10.0.1.0/24")
                .text("//subnetId");
        client.done("RunInstances", "ImageId", "ami-00000001", "MinCount", "1", "MaxCount", "1", "SubnetId", subnet);
        client.done("CreateInternetGateway");
        client.done("CreateTags", "ResourceId.1", vpc, "Tag.1.Key", "KEY", "Tag.1.Value", "value");
        client.done("CreateVpcPeeringConnection", "VpcId", vpc, "PeerVpcId", anotherVpc());
    }

    private String anotherVpc() {
        return client.done("CreateVpc", "CidrBlock", "10.1.0.0/16").text("//vpcId");
    }

    /** By action. */
    private static Map<String, List<String>> documented() {
        Map<String, List<String>> filters = new LinkedHashMap<>();
        List<String> ofAction = new ArrayList<>();
        for (String line : table().lines().filter(it -> !it.startsWith("#")).toList()) {
            if (line.startsWith(" ")) {
                ofAction.add(line.strip());
            } else {
                ofAction = new ArrayList<>();
                filters.put(line, ofAction);
            }
        }
        return filters;
    }

    private static String table() {
        try (InputStream table = DocumentedFiltersTest.class.getResourceAsStream("/documented-ec2-filters.txt")) {
            return new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void every_filter_is_taken_and_leaves_out_what_does_not_match() {
        List<String> notTaken = new ArrayList<>();
        List<String> matching = new ArrayList<>();
        documented()
                .forEach((action, filters) -> filters.forEach(filter -> {
                    Answer answer =
                            client.call(action, "Filter.1.Name", filter, "Filter.1.Value.1", "nothing is called so");
                    if (answer.status() != 200) {
                        notTaken.add(action + " " + filter + ": " + answer.code());
                    } else if (!answer.texts("//item").isEmpty()) {
                        matching.add(action + " " + filter);
                    }
                }));

        assertThat(notTaken).isEmpty();
        assertThat(matching).isEmpty();
    }

    @Test
    void every_action_that_takes_filters_is_in_the_table() {
        assertThat(actions.stream()
                        .filter(action -> Arrays.stream(action.request().getRecordComponents())
                                .anyMatch(component -> component.getName().equals("filter")))
                        .map(Operation::name)
                        .toList())
                .containsExactlyInAnyOrderElementsOf(documented().keySet());
    }
}
