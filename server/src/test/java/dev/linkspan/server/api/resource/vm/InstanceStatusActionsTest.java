package dev.linkspan.server.api.resource.vm;

import static org.assertj.core.api.Assertions.assertThat;

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
    void credits_are_those_that_were_chosen_or_that_a_type_is_sold_with() {
        String id = instance();
        assertThat(client.done("DescribeInstanceTypes", "InstanceType.1", "t3.micro", "InstanceType.2", "m5.large")
                        .texts("//burstablePerformanceSupported"))
                .containsExactly("true", "false");
        Answer credits = client.done("DescribeInstanceCreditSpecifications", "InstanceId.1", id);
        assertThat(credits.text("//instanceCreditSpecificationSet/item/instanceId"))
                .isEqualTo(id);
        assertThat(credits.text("//cpuCredits")).isEqualTo("standard");
        assertThat(creditsOf(instance("InstanceType", "t3.micro"))).isEqualTo("unlimited");
        assertThat(creditsOf(instance("InstanceType", "t3.micro", "CreditSpecification.CpuCredits", "standard")))
                .isEqualTo("standard");
        client.done("TerminateInstances", "InstanceId.1", id);
        client.refused("InvalidInstanceID.NotFound", "DescribeInstanceCreditSpecifications", "InstanceId.1", id);
    }

    private String creditsOf(String id) {
        return client.done("DescribeInstanceCreditSpecifications", "InstanceId.1", id)
                .text("//cpuCredits");
    }
}
