package dev.linkspan.acceptance.clients;

import static dev.linkspan.acceptance.clients.Sdk.refused;
import static dev.linkspan.acceptance.clients.Sdk.tag;
import static dev.linkspan.acceptance.clients.Sdk.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.LinkspanServer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceCreditSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateInstanceNetworkInterfaceSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.VolumeModificationState;
import software.amazon.awssdk.services.ec2.model.VolumeState;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/** Volumes, with instances and by themselves; launch templates; and the surroundings of instances that are kept and read back. */
abstract class SdkVolumes extends SdkFamily {

    private static final String ZONE = LinkspanServer.REGION + "a";

    private static Instance instance(String range) {
        String subnet = alice.subnet(alice.vpc(range).vpcId(), range.replace("/16", "/24"));
        return alice.ec2()
                .runInstances(request -> request.imageId(SdkInstances.image())
                        .instanceType("t3.micro")
                        .minCount(1)
                        .maxCount(1)
                        .subnetId(subnet))
                .instances()
                .getFirst();
    }

    @Test
    void a_volume_lives_by_itself_and_in_an_instance() {
        Instance instance = instance("10.86.0.0/16");
        String id = alice.ec2()
                .createVolume(request -> request.availabilityZone(ZONE)
                        .size(5)
                        .volumeType(VolumeType.GP3)
                        .tagSpecifications(tagged(ResourceType.VOLUME, tag("Name", "disk"))))
                .volumeId();
        alice.ec2().waiter().waitUntilVolumeAvailable(request -> request.volumeIds(id));

        alice.ec2()
                .attachVolume(request ->
                        request.volumeId(id).instanceId(instance.instanceId()).device("/dev/sdf"));
        alice.ec2().waiter().waitUntilVolumeInUse(request -> request.volumeIds(id));
        refused("VolumeInUse", () -> alice.ec2().deleteVolume(request -> request.volumeId(id)));
        assertThat(alice.ec2()
                        .describeVolumesPaginator(request -> request.maxResults(5)
                                .filters(Sdk.filter("attachment.instance-id", instance.instanceId())))
                        .volumes())
                .hasSize(2)
                .anySatisfy(volume -> {
                    assertThat(volume.state()).isEqualTo(VolumeState.IN_USE);
                    assertThat(volume.tags()).containsExactly(tag("Name", "disk"));
                });

        alice.ec2().modifyVolume(request -> request.volumeId(id).size(6));
        assertThat(alice.ec2()
                        .describeVolumesModifications(request -> request.volumeIds(id))
                        .volumesModifications())
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.modificationState()).isEqualTo(VolumeModificationState.COMPLETED);
                    assertThat(change.targetSize()).isEqualTo(6);
                });
        alice.ec2().detachVolume(request -> request.volumeId(id));
        alice.ec2().deleteVolume(request -> request.volumeId(id));
        alice.ec2().waiter().waitUntilVolumeDeleted(request -> request.volumeIds(id));
    }

    @Test
    void what_surrounds_an_instance_is_kept() {
        String id = instance("10.87.0.0/16").instanceId();

        assertThat(alice.ec2()
                        .modifyInstanceMetadataOptions(request ->
                                request.instanceId(id).httpTokens("required").httpPutResponseHopLimit(2))
                        .instanceMetadataOptions()
                        .httpPutResponseHopLimit())
                .isEqualTo(2);
        alice.ec2().monitorInstances(request -> request.instanceIds(id));
        alice.ec2().unmonitorInstances(request -> request.instanceIds(id));
        alice.ec2()
                .modifyInstanceCreditSpecification(
                        request -> request.instanceCreditSpecifications(InstanceCreditSpecificationRequest.builder()
                                .instanceId(id)
                                .cpuCredits("standard")
                                .build()));
        String association = alice.ec2()
                .associateIamInstanceProfile(
                        request -> request.instanceId(id).iamInstanceProfile(profile -> profile.name("web")))
                .iamInstanceProfileAssociation()
                .associationId();
        alice.ec2()
                .replaceIamInstanceProfileAssociation(request ->
                        request.associationId(association).iamInstanceProfile(profile -> profile.name("db")));
        assertThat(alice.ec2()
                        .describeIamInstanceProfileAssociations(request -> request.associationIds(association))
                        .iamInstanceProfileAssociations())
                .singleElement()
                .satisfies(seen -> assertThat(seen.iamInstanceProfile().arn()).endsWith("instance-profile/db"));
        alice.ec2().disassociateIamInstanceProfile(request -> request.associationId(association));
    }

    @Test
    void orders_are_kept_as_launch_templates() {
        String subnet = alice.subnet(alice.vpc("10.88.0.0/16").vpcId(), "10.88.0.0/24");
        var nic = LaunchTemplateInstanceNetworkInterfaceSpecificationRequest.builder()
                .deviceIndex(0)
                .subnetId(subnet)
                .build();
        String id = alice.ec2()
                .createLaunchTemplate(request -> request.launchTemplateName("web")
                        .launchTemplateData(data -> data.imageId(SdkInstances.image())
                                .instanceType("t3.micro")
                                .networkInterfaces(nic)))
                .launchTemplate()
                .launchTemplateId();
        alice.ec2()
                .createLaunchTemplateVersion(request -> request.launchTemplateId(id)
                        .sourceVersion("1")
                        .launchTemplateData(data -> data.instanceType("t3.small")));
        alice.ec2().modifyLaunchTemplate(request -> request.launchTemplateId(id).defaultVersion("2"));

        assertThat(alice.ec2()
                        .runInstances(request -> request.minCount(1)
                                .maxCount(1)
                                .launchTemplate(template -> template.launchTemplateId(id)))
                        .instances())
                .singleElement()
                .satisfies(
                        instance -> assertThat(instance.instanceTypeAsString()).isEqualTo("t3.small"));
        assertThat(alice.ec2()
                        .describeLaunchTemplateVersionsPaginator(request -> request.launchTemplateId(id))
                        .launchTemplateVersions())
                .hasSize(2);
        alice.ec2().deleteLaunchTemplate(request -> request.launchTemplateId(id));
        assertThat(alice.ec2().describeLaunchTemplates().launchTemplates()).isEmpty();
    }
}
