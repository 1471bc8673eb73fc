package dev.linkspan.server.api.resource.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.catalogue.Images;
import dev.linkspan.server.api.ec2.Ec2Client;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import dev.linkspan.server.api.resource.vm.InstanceScenario;
import java.util.stream.Stream;
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

    /** The standard catalogue, and an image of the caller's own. */
    private final Ec2Client catalogue = new Ec2Client(
            store,
            owner,
            new ImageActions(new Images(Stream.concat(
                                    ImageFile.standard().all().stream(),
                                    ImageFile.read(
                                            "name: mine\nowner: %s\ncreated: 2026-11-22T00:00:00Z\n".formatted(owner))
                                            .all()
                                            .stream())
                            .toList()))
                    .operations());

    @ParameterizedTest
    @CsvSource({
        "self, mine",
        "amazon, ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20250219",
        "099720109477, ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20250219",
        "801119661308, Windows_Server-2022-English-Full-Base-2025.02.13",
        "aws-marketplace, CentOS Linux 7 x86_64 HVM EBS ENA 2002_01",
        "Outscale, Ubuntu-22.04-2025.01.06-0",
    })
    void owners_are_named_by_id_by_alias_and_as_self(String owner, String name) {
        assertThat(catalogue.done("DescribeImages", "Owner.1", owner).texts("//imagesSet/item/name"))
                .contains(name)
                .hasSizeLessThan(ImageFile.standard().all().size());
        assertThat(catalogue
                        .done(
                                "DescribeImages",
                                "Owner.1",
                                owner,
                                "Owner.2",
                                "000000000000",
                                "Filter.1.Name",
                                "name",
                                "Filter.1.Value.1",
                                name.substring(0, 3) + "*" + name.substring(name.length() - 1))
                        .texts("//imagesSet/item/name"))
                .contains(name)
                .doesNotContain("linkspan-linux");
    }

    @Test
    void the_newest_of_a_name_with_wildcards_is_the_only_one_of_its_date() {
        Answer found = catalogue.done(
                "DescribeImages",
                "Owner.1",
                "amazon",
                "Filter.1.Name",
                "name",
                "Filter.1.Value.1",
                "al2023-ami-2023.?.*-kernel-6.1-x86_64");
        assertThat(found.texts("//imagesSet/item/creationDate"))
                .hasSizeGreaterThan(1)
                .doesNotHaveDuplicates();
        assertThat(found.texts("//blockDeviceMapping/item/deviceName")).containsOnly("/dev/xvda");
        assertThat(found.texts("//blockDeviceMapping/item/ebs/volumeSize")).containsOnly("8");
    }

    @ParameterizedTest
    @CsvSource({
        "platform, windows",
        "architecture, arm64",
        "boot-mode, uefi",
        "ena-support, true",
        "owner-alias, Outscale"
    })
    void traits_are_filtered(String filter, String value) {
        assertThat(catalogue
                        .done("DescribeImages", "Filter.1.Name", filter, "Filter.1.Value.1", value)
                        .texts("//imagesSet/item"))
                .hasSizeBetween(1, ImageFile.standard().all().size() - 1);
    }

    @Test
    void an_image_of_another_owner_is_not_found_among_ones_own() {
        assertThat(catalogue
                        .done("DescribeImages", "ImageId.1", "ami-00000001", "Owner.1", "self")
                        .texts("//imagesSet/item"))
                .isEmpty();
    }
}
