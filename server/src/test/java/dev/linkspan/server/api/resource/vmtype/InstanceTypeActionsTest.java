package dev.linkspan.server.api.resource.vmtype;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.catalogue.VmType;
import dev.linkspan.core.catalogue.VmTypes;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import dev.linkspan.server.api.resource.vm.InstanceScenario;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which types instances can be of, and where. */
class InstanceTypeActionsTest extends InstanceScenario {

    private List<String> types(String... parameters) {
        return client.done("DescribeInstanceTypes", parameters).texts("//instanceTypeSet/item/instanceType");
    }

    @Test
    void types_are_those_of_the_catalogue_family_by_family() {
        List<String> names = VmTypes.all().stream().map(VmType::name).toList();
        assertThat(types()).isEqualTo(names);
        Answer small = client.done("DescribeInstanceTypes", "InstanceType.1", "t2.small");
        assertThat(small.text("//vCpuInfo/defaultVCpus")).isEqualTo("1");
        assertThat(small.text("//memoryInfo/sizeInMiB")).isEqualTo("2048");
        assertThat(small.text("//networkInfo/maximumNetworkInterfaces")).isEqualTo("8");
        assertThat(small.text("//networkInfo/ipv4AddressesPerInterface")).isEqualTo("64");
        assertThat(small.text("//supportedUsageClasses/item")).isEqualTo("on-demand");
        assertThat(small.text("//processorInfo/supportedArchitectures/item")).isEqualTo("x86_64");
        assertThat(types("Filter.1.Name", "memory-info.size-in-mib", "Filter.1.Value.1", "512"))
                .containsExactly("t2.nano", "t3.nano", "t3a.nano", "t4g.nano");
        assertThat(types("Filter.1.Name", "instance-type", "Filter.1.Value.1", "t2.*"))
                .containsExactly("t2.nano", "t2.micro", "t2.small", "t2.medium", "t2.large", "t2.xlarge", "t2.2xlarge");
        assertThat(types("Filter.1.Name", "processor-info.supported-architecture", "Filter.1.Value.1", "arm64"))
                .contains("t4g.small", "m7g.large")
                .doesNotContain("t2.small");
        Answer large = client.done("DescribeInstanceTypes", "InstanceType.1", "r6i.4xlarge");
        assertThat(large.text("//vCpuInfo/defaultVCpus")).isEqualTo("16");
        assertThat(large.text("//memoryInfo/sizeInMiB")).isEqualTo("131072");
        Answer spelledOut = client.done("DescribeInstanceTypes", "InstanceType.1", "tinav9.c3r7p1");
        assertThat(spelledOut.text("//vCpuInfo/defaultVCpus")).isEqualTo("3");
        assertThat(spelledOut.text("//memoryInfo/sizeInMiB")).isEqualTo("7168");
        assertThat(types("Filter.1.Name", "instance-type", "Filter.1.Value.1", "nothing"))
                .isEmpty();
    }

    @Test
    void a_type_that_instances_may_be_of_is_told_when_it_is_named() {
        instance("InstanceType", "z9.large");
        Answer named = client.done("DescribeInstanceTypes", "InstanceType.1", "z9.large");
        assertThat(named.texts("//instanceTypeSet/item/instanceType")).containsExactly("z9.large");
        assertThat(named.texts("//memoryInfo")).isEmpty();
        assertThat(client.refused("InvalidParameterValue", "DescribeInstanceTypes", "InstanceType.1", "huge"))
                .contains("'huge'");
    }

    @Test
    void types_come_in_pages() {
        Answer first = client.done("DescribeInstanceTypes", "MaxResults", "6");
        Answer second =
                client.done("DescribeInstanceTypes", "MaxResults", "1000", "NextToken", first.text("//nextToken"));
        assertThat(first.texts("//instanceTypeSet/item")).hasSize(6);
        assertThat(second.texts("//instanceTypeSet/item")).hasSize(VmTypes.all().size() - 6);
    }

    @Test
    void every_type_is_offered_everywhere() {
        Answer region = client.done("DescribeInstanceTypeOfferings");
        assertThat(region.texts("//instanceTypeOfferingSet/item/location"))
                .hasSize(VmTypes.all().size())
                .containsOnly("eu-west-2");
        Answer zones = client.done(
                "DescribeInstanceTypeOfferings",
                "LocationType",
                "availability-zone",
                "Filter.1.Name",
                "instance-type",
                "Filter.1.Value.1",
                "t3.micro");
        assertThat(zones.texts("//instanceTypeOfferingSet/item/instanceType")).containsExactly("t3.micro", "t3.micro");
        assertThat(zones.texts("//instanceTypeOfferingSet/item/location")).containsExactly("eu-west-2a", "eu-west-2b");
        assertThat(client.done("DescribeInstanceTypeOfferings", "LocationType", "outpost")
                        .texts("//instanceTypeOfferingSet/item"))
                .isEmpty();
        client.refused("InvalidParameterValue", "DescribeInstanceTypeOfferings", "LocationType", "moon");
    }
}
