package dev.linkspan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.id.Region;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.FlowTables;
import dev.linkspan.server.api.call.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever an action of EC2 makes can be given its tags with the same call. */
class TaggedCreationsTest {

    private static final Pattern MAKES = Pattern.compile("(Create|Allocate|Import|Run|Authorize|StartNetwork).*");

    /** Tags themselves, what has no id to put any on, and what EC2 makes without any. */
    private static final Set<String> WITHOUT = Set.of(
            "CreateTags",
            "CreateRoute",
            "CreateNetworkAclEntry",
            "CreateLaunchTemplateVersion",
            "CreateDefaultVpc",
            "CreateDefaultSubnet");

    @Test
    void everything_can_be_made_with_tags() {
        List<Operation> actions = new Operations(
                        List.of(new Region(Fixture.REGION, List.of(Fixture.SUBREGION))),
                        PublicIpPools.NONE,
                        new PeeringRules(false, true))
                .ec2Actions(FlowTables.UNKNOWN);

        assertThat(actions)
                .filteredOn(action -> MAKES.matcher(action.name()).matches())
                .hasSizeGreaterThan(10)
                .filteredOn(action -> Arrays.stream(action.request().getRecordComponents())
                        .noneMatch(component -> component.getName().equals("tagSpecification")))
                .extracting(Operation::name)
                .isSubsetOf(WITHOUT);
    }
}
