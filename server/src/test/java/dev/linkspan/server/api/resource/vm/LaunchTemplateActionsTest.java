package dev.linkspan.server.api.resource.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What orders of instances are kept as. */
class LaunchTemplateActionsTest extends InstanceScenario {

    private static final String DATA = "//launchTemplateVersionSet/item/launchTemplateData";

    private String template(String... data) {
        String[] all = new String[data.length + 2];
        all[0] = "LaunchTemplateName";
        all[1] = "web";
        for (int i = 0; i < data.length; i += 2) {
            all[i + 2] = "LaunchTemplateData." + data[i];
            all[i + 3] = data[i + 1];
        }
        return client.done("CreateLaunchTemplate", all).text("//launchTemplate/launchTemplateId");
    }

    private Answer runBy(String version, String... further) {
        String[] usual = {
            "MinCount",
            "1",
            "MaxCount",
            "1",
            "LaunchTemplate.LaunchTemplateName",
            "web",
            "LaunchTemplate.Version",
            version
        };
        String[] all = new String[usual.length + further.length];
        System.arraycopy(usual, 0, all, 0, usual.length);
        System.arraycopy(further, 0, all, usual.length, further.length);
        return client.done("RunInstances", all);
    }

    @Test
    void a_template_is_answered_as_it_was_given() {
        String id = client.done(
                        "CreateLaunchTemplate",
                        "LaunchTemplateName",
                        "web",
                        "VersionDescription",
                        "first",
                        "TagSpecification.1.ResourceType",
                        "launch-template",
                        "TagSpecification.1.Tag.1.Key",
                        "Team",
                        "TagSpecification.1.Tag.1.Value",
                        "shop",
                        "LaunchTemplateData.ImageId",
                        "ami-00000001",
                        "LaunchTemplateData.InstanceType",
                        "t3.micro",
                        "LaunchTemplateData.NetworkInterface.1.DeviceIndex",
                        "0",
                        "LaunchTemplateData.NetworkInterface.1.SecurityGroupId.1",
                        "sg-00000001",
                        "LaunchTemplateData.NetworkInterface.1.SecurityGroupId.2",
                        "sg-00000002",
                        "LaunchTemplateData.BlockDeviceMapping.1.DeviceName",
                        "/dev/sdf",
                        "LaunchTemplateData.BlockDeviceMapping.1.Ebs.VolumeSize",
                        "7",
                        "LaunchTemplateData.MetadataOptions.HttpTokens",
                        "required",
                        "LaunchTemplateData.Monitoring.Enabled",
                        "true",
                        "LaunchTemplateData.TagSpecification.1.ResourceType",
                        "instance",
                        "LaunchTemplateData.TagSpecification.1.Tag.1.Key",
                        "Name",
                        "LaunchTemplateData.TagSpecification.1.Tag.1.Value",
                        "web")
                .text("//launchTemplate/launchTemplateId");

        Answer templates = client.done("DescribeLaunchTemplates", "LaunchTemplateId.1", id);
        assertThat(templates.text("//launchTemplates/item/launchTemplateName")).isEqualTo("web");
        assertThat(templates.text("//launchTemplates/item/latestVersionNumber")).isEqualTo("1");
        assertThat(templates.text("//launchTemplates/item/tagSet/item/value")).isEqualTo("shop");

        Answer versions = client.done("DescribeLaunchTemplateVersions", "LaunchTemplateName", "web");
        assertThat(versions.text("//versionDescription")).isEqualTo("first");
        assertThat(versions.text("//defaultVersion")).isEqualTo("true");
        assertThat(versions.text(DATA + "/imageId")).isEqualTo("ami-00000001");
        assertThat(versions.text(DATA + "/instanceType")).isEqualTo("t3.micro");
        assertThat(versions.texts(DATA + "/networkInterfaceSet/item/groupSet/groupId"))
                .containsExactly("sg-00000001", "sg-00000002");
        assertThat(versions.text(DATA + "/blockDeviceMappingSet/item/ebs/volumeSize"))
                .isEqualTo("7");
        assertThat(versions.text(DATA + "/metadataOptions/httpTokens")).isEqualTo("required");
        assertThat(versions.text(DATA + "/monitoring/enabled")).isEqualTo("true");
        assertThat(versions.text(DATA + "/tagSpecificationSet/item/tagSet/item/value"))
                .isEqualTo("web");
        stranger.refused("InvalidLaunchTemplateId.NotFound", "DescribeLaunchTemplates", "LaunchTemplateId.1", id);
    }

    @Test
    void an_order_says_what_the_template_does_not() {
        template(
                "ImageId", "ami-00000001",
                "InstanceType", "t3.micro",
                "UserData", "aGVsbG8=",
                "TagSpecification.1.ResourceType", "instance",
                "TagSpecification.1.Tag.1.Key", "Name",
                "TagSpecification.1.Tag.1.Value", "web");
        Answer run = runBy("$Default", "SubnetId", subnet.id().value(), "InstanceType", "m5.large");
        assertThat(run.text("//instancesSet/item/instanceType")).isEqualTo("m5.large");
        assertThat(run.text("//instancesSet/item/tagSet/item[key='Name']/value"))
                .isEqualTo("web");
        assertThat(run.text("//instancesSet/item/tagSet/item[key='aws:ec2launchtemplate:version']/value"))
                .isEqualTo("1");
        assertThat(run.text("//instancesSet/item/imageId")).isEqualTo("ami-00000001");
    }

    @Test
    void versions_follow_each_other_and_one_is_meant() {
        String id = template("ImageId", "ami-00000001", "InstanceType", "t3.micro");
        client.done(
                "CreateLaunchTemplateVersion",
                "LaunchTemplateId",
                id,
                "SourceVersion",
                "$Latest",
                "LaunchTemplateData.InstanceType",
                "t3.small");
        String subnetId = subnet.id().value();
        assertThat(runBy("$Latest", "SubnetId", subnetId).text("//instanceType"))
                .isEqualTo("t3.small");
        assertThat(runBy("$Default", "SubnetId", subnetId).text("//instanceType"))
                .isEqualTo("t3.micro");
        assertThat(runBy("1", "SubnetId", subnetId).text("//instanceType")).isEqualTo("t3.micro");
        assertThat(client.done("ModifyLaunchTemplate", "LaunchTemplateId", id, "SetDefaultVersion", "2")
                        .text("//defaultVersionNumber"))
                .isEqualTo("2");
        assertThat(runBy("$Default", "SubnetId", subnetId).text("//instanceType"))
                .isEqualTo("t3.small");
        assertThat(client.done("DescribeLaunchTemplateVersions", "LaunchTemplateId", id)
                        .texts("//versionNumber"))
                .containsExactly("2", "1");
        assertThat(client.done("DescribeLaunchTemplateVersions", "LaunchTemplateVersion.1", "$Default")
                        .texts("//versionNumber"))
                .containsExactly("2");
        assertThat(client.done("DescribeLaunchTemplateVersions", "LaunchTemplateId", id, "MaxVersion", "1")
                        .texts("//versionNumber"))
                .containsExactly("1");
        client.refused(
                "InvalidLaunchTemplateId.VersionNotFound",
                "ModifyLaunchTemplate",
                "LaunchTemplateId",
                id,
                "SetDefaultVersion",
                "3");
    }

    @Test
    void a_template_is_deleted_by_its_name() {
        template("InstanceType", "t3.micro");
        assertThat(client.done("DeleteLaunchTemplate", "LaunchTemplateName", "web")
                        .text("//launchTemplate/launchTemplateName"))
                .isEqualTo("web");
        client.refused(
                "InvalidLaunchTemplateName.NotFoundException", "DeleteLaunchTemplate", "LaunchTemplateName", "web");
        assertThat(client.done("DescribeLaunchTemplates").texts("//launchTemplates/item"))
                .isEmpty();
    }

    @Test
    void a_repeated_order_makes_no_other_and_a_taken_name_is_refused() {
        String[] order = {
            "LaunchTemplateName", "web", "ClientToken", "once", "LaunchTemplateData.InstanceType", "t3.micro"
        };
        String id = client.done("CreateLaunchTemplate", order).text("//launchTemplateId");
        assertThat(client.done("CreateLaunchTemplate", order).text("//launchTemplateId"))
                .isEqualTo(id);
        client.refused(
                "InvalidLaunchTemplateName.AlreadyExistsException",
                "CreateLaunchTemplate",
                "LaunchTemplateName",
                "web",
                "LaunchTemplateData.InstanceType",
                "t3.micro");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LaunchTemplateName   | a?                                   | InvalidParameterValue
            LaunchTemplateData.InstanceMarketOptions.MarketType | spot  | InvalidParameterValue
            LaunchTemplateData.ImageId | linux                          | InvalidAMIID.Malformed
            LaunchTemplateData.Colour | red                             | UnknownParameter
            """)
    void what_cannot_be_kept_is_refused(String parameter, String value, String code) {
        String[] order = parameter.equals("LaunchTemplateName")
                ? new String[] {parameter, value, "LaunchTemplateData.InstanceType", "t3.micro"}
                : new String[] {"LaunchTemplateName", "web", parameter, value};
        client.refused(code, "CreateLaunchTemplate", order);
        client.refused("MissingParameter", "CreateLaunchTemplate", "LaunchTemplateName", "web");
    }
}
