package dev.linkspan.acceptance.clients;

import static dev.linkspan.acceptance.clients.Sdk.filter;
import static dev.linkspan.acceptance.clients.Sdk.refused;
import static dev.linkspan.acceptance.clients.Sdk.tag;
import static dev.linkspan.acceptance.clients.Sdk.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.cli.client.Json;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.InstanceTypeOffering;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** Instances: the machines in VPCs. */
abstract class SdkInstances extends SdkFamily {

    private static final int ON_A_PAGE = 5;
    private static final String TYPE = "t2.small";

    static String image() {
        return alice.ec2().describeImages().images().getFirst().imageId();
    }

    private static Instance run(String subnet, Consumer<RunInstancesRequest.Builder> more) {
        return alice.ec2()
                .runInstances(request -> request.imageId(image())
                        .instanceType(TYPE)
                        .minCount(1)
                        .maxCount(1)
                        .subnetId(subnet)
                        .applyMutation(more))
                .instances()
                .getFirst();
    }

    private static Instance seen(String id) {
        return alice.ec2()
                .describeInstances(request -> request.instanceIds(id))
                .reservations()
                .getFirst()
                .instances()
                .getFirst();
    }

    private static String subnet(String range) {
        return alice.subnet(alice.vpc(range).vpcId(), range.replace("/16", "/24"));
    }

    private static void awaitRunning(String id) {
        alice.ec2().waiter().waitUntilInstanceRunning(request -> request.instanceIds(id));
    }

    @Test
    void an_instance_has_all_its_fields_and_both_apis_show_it() {
        String subnet = subnet("10.80.0.0/16");

        Instance made = run(
                subnet,
                request -> request.privateIpAddress("10.80.0.10")
                        .tagSpecifications(tagged(ResourceType.INSTANCE, tag("Name", "web"))));
        awaitRunning(made.instanceId());
        Instance seen = seen(made.instanceId());

        assertThat(seen.state().name()).isEqualTo(InstanceStateName.RUNNING);
        assertThat(seen.imageId()).isEqualTo(image());
        assertThat(seen.instanceTypeAsString()).isEqualTo(TYPE);
        assertThat(seen.subnetId()).isEqualTo(subnet);
        assertThat(seen.privateIpAddress()).isEqualTo("10.80.0.10");
        assertThat(seen.sourceDestCheck()).isTrue();
        assertThat(seen.securityGroups()).hasSize(1);
        assertThat(seen.tags()).containsExactly(tag("Name", "web"));
        assertThat(seen.networkInterfaces()).singleElement().satisfies(nic -> {
            assertThat(nic.subnetId()).isEqualTo(subnet);
            assertThat(nic.attachment().deviceIndex()).isZero();
        });
        assertThat(alice.oapi()
                        .ask("ReadVms", "Filters", Json.object("VmIds", List.of(made.instanceId())))
                        .list("Vms"))
                .hasSize(1);
    }

    @Test
    void an_instance_stops_starts_and_ends() {
        String id = run(subnet("10.81.0.0/16"), _ -> {}).instanceId();
        awaitRunning(id);

        assertThat(alice.ec2().stopInstances(request -> request.instanceIds(id)).stoppingInstances())
                .singleElement()
                .satisfies(change -> assertThat(change.previousState().name()).isEqualTo(InstanceStateName.RUNNING));
        alice.ec2().waiter().waitUntilInstanceStopped(request -> request.instanceIds(id));
        alice.ec2().startInstances(request -> request.instanceIds(id));
        awaitRunning(id);
        alice.ec2().rebootInstances(request -> request.instanceIds(id));
        alice.ec2().waiter().waitUntilInstanceStatusOk(request -> request.instanceIds(id));
        alice.ec2().terminateInstances(request -> request.instanceIds(id));

        assertThat(alice.ec2()
                        .waiter()
                        .waitUntilInstanceTerminated(request -> request.instanceIds(id))
                        .matched()
                        .response())
                .isPresent();
        assertThat(seen(id).state().name()).isEqualTo(InstanceStateName.TERMINATED);
        refused("IncorrectInstanceState", () -> alice.ec2().startInstances(request -> request.instanceIds(id)));
    }

    @Test
    void attributes_are_kept_and_termination_is_prevented_where_it_must_be() {
        String id = run(subnet("10.82.0.0/16"), _ -> {}).instanceId();

        alice.ec2()
                .modifyInstanceAttribute(
                        request -> request.instanceId(id).disableApiTermination(flag -> flag.value(true)));
        alice.ec2()
                .modifyInstanceAttribute(request -> request.instanceId(id).sourceDestCheck(flag -> flag.value(false)));

        assertThat(attribute(id, InstanceAttributeName.DISABLE_API_TERMINATION)
                        .disableApiTermination()
                        .value())
                .isTrue();
        assertThat(attribute(id, InstanceAttributeName.DISABLE_API_STOP)
                        .disableApiStop()
                        .value())
                .isFalse();
        assertThat(attribute(id, InstanceAttributeName.SOURCE_DEST_CHECK)
                        .sourceDestCheck()
                        .value())
                .isFalse();
        refused("OperationNotPermitted", () -> alice.ec2().terminateInstances(request -> request.instanceIds(id)));
        alice.ec2().modifyInstanceAttribute(request -> request.instanceId(id).disableApiStop(flag -> flag.value(true)));
        refused("OperationNotPermitted", () -> alice.ec2().stopInstances(request -> request.instanceIds(id)));
        assertThat(alice.ec2()
                        .describeInstanceCreditSpecifications(request -> request.instanceIds(id))
                        .instanceCreditSpecifications())
                .hasSizeLessThanOrEqualTo(1);
        assertThat(alice.ec2()
                        .getInstanceUefiData(request -> request.instanceId(id))
                        .instanceId())
                .isEqualTo(id);
    }

    private static DescribeInstanceAttributeResponse attribute(String id, InstanceAttributeName name) {
        return alice.ec2()
                .describeInstanceAttribute(request -> request.instanceId(id).attribute(name));
    }

    @Test
    void user_data_come_back_as_they_were() {
        String id = run(subnet("10.83.0.0/16"), request -> request.userData("IyEvYmluL3NoCg=="))
                .instanceId();

        String kept = attribute(id, InstanceAttributeName.USER_DATA).userData().value();

        assertThat(kept).isEqualTo("IyEvYmluL3NoCg==");
    }

    @Test
    void pages_and_filters_find_them() {
        String subnet = subnet("10.84.0.0/16");
        List<String> made = Stream.generate(() -> run(subnet, _ -> {}).instanceId())
                .limit(ON_A_PAGE + 1)
                .toList();

        assertThat(alice
                        .ec2()
                        .describeInstancesPaginator(request -> request.maxResults(ON_A_PAGE)
                                .filters(
                                        filter("subnet-id", subnet),
                                        filter("instance-state-name", "pending", "running")))
                        .reservations()
                        .stream()
                        .flatMap(reservation -> reservation.instances().stream())
                        .map(Instance::instanceId)
                        .collect(Collectors.toList()))
                .containsExactlyInAnyOrderElementsOf(made);
        assertThat(alice.ec2()
                        .describeInstanceStatusPaginator(request -> request.includeAllInstances(true)
                                .filters(filter(
                                        "availability-zone",
                                        seen(made.getFirst()).placement().availabilityZone())))
                        .instanceStatuses())
                .hasSizeGreaterThanOrEqualTo(made.size());
    }

    @Test
    void types_and_images_are_told() {
        assertThat(alice.ec2()
                        .describeInstanceTypes(request -> request.instanceTypesWithStrings(TYPE))
                        .instanceTypes())
                .singleElement()
                .satisfies(
                        type -> assertThat(type.burstablePerformanceSupported()).isTrue());
        assertThat(alice.ec2().describeInstanceTypeOfferingsPaginator(_ -> {}).instanceTypeOfferings())
                .extracting(InstanceTypeOffering::instanceTypeAsString)
                .contains(TYPE);
        refused("InvalidAMIID.NotFound", () -> alice.ec2().describeImages(request -> request.imageIds("ami-ffffffff")));
        refused("InvalidInstanceID.NotFound", () -> seen("i-00000000"));
    }
}
