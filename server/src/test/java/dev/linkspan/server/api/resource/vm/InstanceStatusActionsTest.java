package dev.linkspan.server.api.resource.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.catalogue.VmTypes;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import org.junit.jupiter.api.Test;

/** How instances are. */
class InstanceStatusActionsTest extends InstanceScenario {

    @Test
    void the_status_of_what_runs_is_ok_and_that_of_the_others_is_told_on_demand() {
        String running = instance();
        String stopped = instance();
        client.done("StopInstances", "InstanceId.1", stopped);

        Answer ofRunning = client.done("DescribeInstanceStatus");
        assertThat(ofRunning.texts("//instanceStatusSet/item/instanceId")).containsExactly(running);
        assertThat(ofRunning.text("//instanceStatus/status")).isEqualTo("ok");
        assertThat(ofRunning.text("//systemStatus/details/item/status")).isEqualTo("passed");
        assertThat(client.done("DescribeInstanceStatus", "InstanceId.1", stopped)
                        .texts("//instanceStatusSet/item"))
                .isEmpty();
        Answer ofAll = client.done("DescribeInstanceStatus", "IncludeAllInstances", "true");
        assertThat(ofAll.texts("//instanceStatusSet/item/instanceStatus/status"))
                .containsExactlyInAnyOrder("ok", "not-applicable");
        assertThat(client.done(
                                "DescribeInstanceStatus",
                                "IncludeAllInstances",
                                "true",
                                "Filter.1.Name",
                                "instance-state-name",
                                "Filter.1.Value.1",
                                "stopped")
                        .texts("//instanceStatusSet/item/instanceId"))
                .containsExactly(stopped);
    }

    @Test
    void an_instance_in_a_zone_that_failed_is_impaired() {
        String id = instance();
        SubregionName zone = Fixture.SUBREGION;
        fixture.change(unit -> {
            SUBREGIONS.fail(unit, zone);
            return zone;
        });
        Answer status = client.done(
                "DescribeInstanceStatus", "Filter.1.Name", "instance-status.status", "Filter.1.Value.1", "impaired");
        assertThat(status.texts("//instanceStatusSet/item/instanceId")).containsExactly(id);
        assertThat(status.text("//instanceStatus/details/item/status")).isEqualTo("failed");
    }

    @Test
    void no_type_is_burstable_and_credits_are_told_all_the_same() {
        String id = instance();
        assertThat(client.done("DescribeInstanceTypes").texts("//burstablePerformanceSupported"))
                .hasSize(VmTypes.all().size())
                .containsOnly("false");
        Answer credits = client.done("DescribeInstanceCreditSpecifications", "InstanceId.1", id);
        assertThat(credits.text("//instanceCreditSpecificationSet/item/instanceId"))
                .isEqualTo(id);
        assertThat(credits.text("//cpuCredits")).isEqualTo("unlimited");
        client.done("TerminateInstances", "InstanceId.1", id);
        client.refused("InvalidInstanceID.NotFound", "DescribeInstanceCreditSpecifications", "InstanceId.1", id);
    }
}
