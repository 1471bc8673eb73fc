package dev.linkspan.server.api.resource.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import org.junit.jupiter.api.Test;

/** What is kept of an instance's surroundings, which are not there, and read back. */
class InstanceOptionActionsTest extends InstanceScenario {

    private static final String INSTANCE = "//instancesSet/item";

    private Answer seen() {
        return client.done("DescribeInstances");
    }

    @Test
    void what_was_chosen_at_launch_is_answered() {
        run(
                "MetadataOptions.HttpEndpoint", "enabled",
                "MetadataOptions.HttpTokens", "optional",
                "MetadataOptions.HttpPutResponseHopLimit", "2",
                "MetadataOptions.HttpProtocolIpv6", "enabled",
                "MetadataOptions.InstanceMetadataTags", "enabled",
                "Monitoring.Enabled", "true",
                "IamInstanceProfile.Name", "web");
        Answer seen = seen();
        assertThat(seen.text(INSTANCE + "/metadataOptions/httpEndpoint")).isEqualTo("enabled");
        assertThat(seen.text(INSTANCE + "/metadataOptions/httpTokens")).isEqualTo("optional");
        assertThat(seen.text(INSTANCE + "/metadataOptions/httpPutResponseHopLimit"))
                .isEqualTo("2");
        assertThat(seen.text(INSTANCE + "/metadataOptions/httpProtocolIpv6")).isEqualTo("enabled");
        assertThat(seen.text(INSTANCE + "/metadataOptions/instanceMetadataTags"))
                .isEqualTo("enabled");
        assertThat(seen.text(INSTANCE + "/monitoring/state")).isEqualTo("enabled");
        assertThat(seen.text(INSTANCE + "/iamInstanceProfile/arn"))
                .isEqualTo("arn:aws:iam::%s:instance-profile/web".formatted(owner));
        assertThat(client.done(
                                "DescribeInstances",
                                "Filter.1.Name",
                                "metadata-options.http-tokens",
                                "Filter.1.Value.1",
                                "optional",
                                "Filter.2.Name",
                                "iam-instance-profile.name",
                                "Filter.2.Value.1",
                                "web",
                                "Filter.3.Name",
                                "monitoring-state",
                                "Filter.3.Value.1",
                                "enabled")
                        .texts(INSTANCE))
                .hasSize(1);
    }

    @Test
    void who_chooses_how_to_ask_wants_to_be_able_to() {
        run("MetadataOptions.HttpTokens", "required");
        assertThat(seen().text(INSTANCE + "/metadataOptions/httpEndpoint")).isEqualTo("enabled");
    }

    @Test
    void metadata_options_are_changed_one_by_one() {
        String id = instance("MetadataOptions.HttpTokens", "optional");
        Answer changed = client.done(
                "ModifyInstanceMetadataOptions",
                "InstanceId",
                id,
                "HttpTokens",
                "required",
                "HttpPutResponseHopLimit",
                "3");
        assertThat(changed.text("//instanceMetadataOptions/httpTokens")).isEqualTo("required");
        assertThat(seen().text(INSTANCE + "/metadataOptions/httpPutResponseHopLimit"))
                .isEqualTo("3");
        assertThat(seen().text(INSTANCE + "/metadataOptions/httpEndpoint")).isEqualTo("enabled");
        client.refused(
                "InvalidParameterValue", "ModifyInstanceMetadataOptions", "InstanceId", id, "HttpTokens", "maybe");
        stranger.refused("InvalidInstanceID.NotFound", "ModifyInstanceMetadataOptions", "InstanceId", id);
    }

    @Test
    void monitoring_and_credits_are_switched() {
        String id = instance("InstanceType", "t3.micro");
        assertThat(client.done("MonitorInstances", "InstanceId.1", id).text("//monitoring/state"))
                .isEqualTo("enabled");
        assertThat(client.done("UnmonitorInstances", "InstanceId.1", id).text("//monitoring/state"))
                .isEqualTo("disabled");
        client.done(
                "ModifyInstanceCreditSpecification",
                "InstanceCreditSpecification.1.InstanceId",
                id,
                "InstanceCreditSpecification.1.CpuCredits",
                "standard");
        assertThat(client.done("DescribeInstanceCreditSpecifications", "InstanceId.1", id)
                        .text("//cpuCredits"))
                .isEqualTo("standard");
        client.refused(
                "InvalidParameterValue",
                "ModifyInstanceCreditSpecification",
                "InstanceCreditSpecification.1.InstanceId",
                id,
                "InstanceCreditSpecification.1.CpuCredits",
                "plenty");
    }

    @Test
    void an_instance_profile_is_associated_replaced_and_taken_away() {
        String id = instance();
        String association = client.done(
                        "AssociateIamInstanceProfile", "InstanceId", id, "IamInstanceProfile.Name", "web")
                .text("//associationId");
        client.refused(
                "IncorrectInstanceState",
                "AssociateIamInstanceProfile",
                "InstanceId",
                id,
                "IamInstanceProfile.Name",
                "db");
        client.done(
                "ReplaceIamInstanceProfileAssociation",
                "AssociationId",
                association,
                "IamInstanceProfile.Arn",
                "arn:aws:iam::123456789012:instance-profile/db");
        Answer seen = client.done(
                "DescribeIamInstanceProfileAssociations", "Filter.1.Name", "instance-id", "Filter.1.Value.1", id);
        assertThat(seen.texts("//iamInstanceProfileAssociationSet/item/associationId"))
                .containsExactly(association);
        assertThat(seen.text("//iamInstanceProfile/arn")).isEqualTo("arn:aws:iam::123456789012:instance-profile/db");
        assertThat(client.done("DisassociateIamInstanceProfile", "AssociationId", association)
                        .text("//state"))
                .isEqualTo("disassociated");
        client.refused("InvalidParameterValue", "DisassociateIamInstanceProfile", "AssociationId", association);
        assertThat(seen().texts(INSTANCE + "/iamInstanceProfile")).isEmpty();
    }
}
