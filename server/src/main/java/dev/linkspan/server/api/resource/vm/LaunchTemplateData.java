package dev.linkspan.server.api.resource.vm;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.linkspan.core.id.ImageId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.server.api.ec2.FixedParameter;
import dev.linkspan.server.api.ec2.TagSpecification;
import dev.linkspan.server.api.json.StrictJson;
import dev.linkspan.server.api.resource.vm.InstanceOptions.BlockDeviceMapping;
import dev.linkspan.server.api.resource.vm.InstanceOptions.CreditSpecification;
import dev.linkspan.server.api.resource.vm.InstanceOptions.IamInstanceProfile;
import dev.linkspan.server.api.resource.vm.InstanceOptions.MarketOptions;
import dev.linkspan.server.api.resource.vm.InstanceOptions.Metadata;
import dev.linkspan.server.api.resource.vm.InstanceOptions.Monitoring;
import dev.linkspan.server.api.resource.vm.InstanceOptions.Placement;
import dev.linkspan.server.api.resource.vm.InstanceRequests.InterfaceRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What a version of a launch template says of an order: the parameters of RunInstances that most have. */
record LaunchTemplateData(
        Optional<ImageId> imageId,
        Optional<String> instanceType,
        List<SecurityGroupId> securityGroupId,
        List<String> securityGroup,
        List<InterfaceRequest> networkInterface,
        List<TagSpecification> tagSpecification,
        Optional<Placement> placement,
        Optional<String> userData,
        Optional<String> keyName,
        Optional<Boolean> disableApiTermination,
        Optional<Boolean> disableApiStop,
        Optional<String> instanceInitiatedShutdownBehavior,
        Optional<Boolean> ebsOptimized,
        List<BlockDeviceMapping> blockDeviceMapping,
        Optional<Monitoring> monitoring,
        Optional<Metadata> metadataOptions,
        Optional<CreditSpecification> creditSpecification,
        Optional<IamInstanceProfile> iamInstanceProfile,
        Optional<MarketOptions> instanceMarketOptions) {

    /** As it is kept. */
    String text() {
        FixedParameter.requireNone(
                "InstanceMarketOptions", instanceMarketOptions, "every instance is an on-demand one");
        return new String(StrictJson.bytes(this), StandardCharsets.UTF_8);
    }

    static LaunchTemplateData of(String text) {
        return StrictJson.bind(StrictJson.parse(text.getBytes(StandardCharsets.UTF_8)), LaunchTemplateData.class);
    }

    /** The same, where another version says nothing else. */
    LaunchTemplateData over(LaunchTemplateData source) {
        return new LaunchTemplateData(
                imageId.or(source::imageId),
                instanceType.or(source::instanceType),
                either(securityGroupId, source.securityGroupId),
                either(securityGroup, source.securityGroup),
                either(networkInterface, source.networkInterface),
                either(tagSpecification, source.tagSpecification),
                placement.or(source::placement),
                userData.or(source::userData),
                keyName.or(source::keyName),
                disableApiTermination.or(source::disableApiTermination),
                disableApiStop.or(source::disableApiStop),
                instanceInitiatedShutdownBehavior.or(source::instanceInitiatedShutdownBehavior),
                ebsOptimized.or(source::ebsOptimized),
                either(blockDeviceMapping, source.blockDeviceMapping),
                monitoring.or(source::monitoring),
                metadataOptions.or(source::metadataOptions),
                creditSpecification.or(source::creditSpecification),
                iamInstanceProfile.or(source::iamInstanceProfile),
                instanceMarketOptions.or(source::instanceMarketOptions));
    }

    /** A list that is given replaces another one as a whole. */
    static <T> List<T> either(List<T> given, List<T> other) {
        return given.isEmpty() ? other : given;
    }

    /** How answers show it. */
    record Answer(
            Optional<ImageId> imageId,
            Optional<String> instanceType,
            List<SecurityGroupId> securityGroupIdSet,
            List<String> securityGroupSet,
            List<InterfaceAnswer> networkInterfaceSet,
            List<TagsAnswer> tagSpecificationSet,
            Optional<Placement> placement,
            Optional<String> userData,
            Optional<String> keyName,
            Optional<Boolean> disableApiTermination,
            Optional<Boolean> disableApiStop,
            Optional<String> instanceInitiatedShutdownBehavior,
            Optional<Boolean> ebsOptimized,
            List<BlockDeviceMapping> blockDeviceMappingSet,
            Optional<Monitoring> monitoring,
            Optional<Metadata> metadataOptions,
            Optional<CreditSpecification> creditSpecification,
            Optional<IamInstanceProfile> iamInstanceProfile) {}

    record InterfaceAnswer(
            int deviceIndex,
            Optional<String> networkInterfaceId,
            Optional<String> subnetId,
            Optional<String> description,
            Optional<Boolean> deleteOnTermination,
            Optional<Boolean> associatePublicIpAddress,
            Optional<String> privateIpAddress,
            Optional<Integer> secondaryPrivateIpAddressCount,
            @JsonProperty("GroupSet>GroupId") List<SecurityGroupId> groups) {

        static InterfaceAnswer of(InterfaceRequest nic) {
            return new InterfaceAnswer(
                    nic.deviceIndex(),
                    nic.networkInterfaceId().map(Object::toString),
                    nic.subnetId().map(Object::toString),
                    nic.description(),
                    nic.deleteOnTermination(),
                    nic.associatePublicIpAddress(),
                    nic.privateIpAddress().map(Object::toString),
                    nic.secondaryPrivateIpAddressCount(),
                    nic.securityGroupId());
        }
    }

    record TagsAnswer(String resourceType, List<TagAnswer> tagSet) {}

    record TagAnswer(String key, String value) {}

    Answer answer() {
        return new Answer(
                imageId,
                instanceType,
                securityGroupId,
                securityGroup,
                networkInterface.stream().map(InterfaceAnswer::of).toList(),
                tagSpecification.stream()
                        .map(tags -> new TagsAnswer(
                                tags.resourceType(),
                                tags.tag().stream()
                                        .map(tag -> new TagAnswer(
                                                tag.key(), tag.value().orElse("")))
                                        .toList()))
                        .toList(),
                placement,
                userData,
                keyName,
                disableApiTermination,
                disableApiStop,
                instanceInitiatedShutdownBehavior,
                ebsOptimized,
                blockDeviceMapping,
                monitoring,
                metadataOptions,
                creditSpecification,
                iamInstanceProfile);
    }
}
