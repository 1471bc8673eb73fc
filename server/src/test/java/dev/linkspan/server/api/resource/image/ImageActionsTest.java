package dev.linkspan.server.api.resource.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.catalogue.Images;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import dev.linkspan.server.api.resource.vm.InstanceScenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which images there are. */
class ImageActionsTest extends InstanceScenario {

    @Test
    void images_are_the_servers_own_and_everybodys() {
        Answer images = client.done("DescribeImages");
        String image = "//imagesSet/item";
        assertThat(images.texts(image + "/imageId")).containsExactly("ami-00000001");
        assertThat(images.text(image + "/name")).isEqualTo(Images.LINUX.name());
        assertThat(images.text(image + "/imageState")).isEqualTo("available");
        assertThat(images.text(image + "/imageOwnerId")).isEqualTo("000000000000");
        assertThat(images.text(image + "/isPublic")).isEqualTo("true");
        assertThat(images.text(image + "/rootDeviceName")).isEqualTo("/dev/sda1");
        assertThat(images.text(image + "/creationDate")).isEqualTo("2026-11-22T00:00:00.000Z");
        assertThat(stranger.done("DescribeImages", "ImageId.1", "ami-00000001").texts(image))
                .hasSize(1);
        client.refused("InvalidAMIID.NotFound", "DescribeImages", "ImageId.1", "ami-00000002");
        client.refused("InvalidAMIID.Malformed", "DescribeImages", "ImageId.1", "linux");
    }

    @ParameterizedTest
    @CsvSource({
        "Owner.1, 000000000000, 1",
        "Owner.1, Linkspan, 1",
        "Owner.1, self, 0",
        "Owner.1, amazon, 0",
        "ExecutableBy.1, all, 1",
        "ExecutableBy.1, self, 0",
    })
    void images_are_chosen_by_who_has_them_and_who_may_use_them(String parameter, String value, int found) {
        assertThat(client.done("DescribeImages", parameter, value).texts("//imagesSet/item"))
                .hasSize(found);
    }

    @ParameterizedTest
    @CsvSource({
        "name, linkspan-*",
        "architecture, x86_64",
        "boot-mode, legacy-bios",
        "image-type, machine",
        "is-public, true",
        "owner-alias, Linkspan",
        "root-device-type, ebs",
        "state, available",
        "virtualization-type, hvm",
    })
    void images_are_found_by_filters(String filter, String value) {
        assertThat(client.done("DescribeImages", "Filter.1.Name", filter, "Filter.1.Value.1", value)
                        .texts("//imagesSet/item"))
                .hasSize(1);
        assertThat(client.done("DescribeImages", "Filter.1.Name", filter, "Filter.1.Value.1", "other")
                        .texts("//imagesSet/item"))
                .isEmpty();
    }
}
