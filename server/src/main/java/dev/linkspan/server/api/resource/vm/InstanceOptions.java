package dev.linkspan.server.api.resource.vm;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.LaunchTemplateId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.LaunchTemplate.Version;
import dev.linkspan.core.net.VmOptions;
import dev.linkspan.core.operation.LaunchTemplates;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.volume.BlockDevice;
import dev.linkspan.server.api.ec2.FixedParameter;
import dev.linkspan.server.api.ec2.ZoneIds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What else a client can choose for an instance, and what it can be here. A choice of what every machine is anyhow is
 * accepted, and so is one of what surrounds it and cannot be noticed from inside a network, which is kept and read back. Any
 * other is refused, so that nobody believes to have what is not there.
 */
final class InstanceOptions {

    /** Nothing holds a machine's processor back, whichever of these is chosen. */
    static final List<String> CPU_CREDITS = List.of("standard", "unlimited");

    static final String HOSTNAME_TYPE = "ip-name";
    static final String DISABLED = "disabled";
    static final String NO_HIBERNATION = "instances cannot hibernate";

    private InstanceOptions() {}

    /** Clients send what was not chosen as an empty text. */
    static Optional<String> chosen(Optional<String> text) {
        return text.filter(it -> !it.isBlank());
    }

    static String requireCredits(String word) {
        if (!CPU_CREDITS.contains(word)) {
            throw Refusal.badValue("CpuCredits", word, "one of %s is expected", String.join(", ", CPU_CREDITS));
        }
        return word;
    }

    record Monitoring(Optional<Boolean> enabled) {}

    record Hibernation(Optional<Boolean> configured) {

        void requirePossible() {
            FixedParameter.requireNot("HibernationOptions.Configured", configured, NO_HIBERNATION);
        }
    }

    record Enclave(Optional<Boolean> enabled) {

        void requirePossible() {
            FixedParameter.requireNot("EnclaveOptions.Enabled", enabled, "instances have no enclaves");
        }
    }

    /** How instances would ask the metadata service, which there is none of: all of that is kept and has no effect. */
    record Metadata(
            Optional<String> httpEndpoint,
            Optional<String> httpTokens,
            Optional<Integer> httpPutResponseHopLimit,
            Optional<String> httpProtocolIpv6,
            Optional<String> instanceMetadataTags) {

        private static final List<String> SWITCH = List.of("disabled", "enabled");
        private static final List<String> TOKENS = List.of("optional", "required");

        /** What is chosen at launch: who says how wants to be able to. */
        VmOptions.Metadata atLaunch() {
            VmOptions.Metadata standard = VmOptions.Metadata.STANDARD;
            return over(new VmOptions.Metadata(
                    true, standard.tokensRequired(), standard.hopLimit(), standard.ipv6(), standard.tags()));
        }

        /** What is chosen of them later. */
        VmOptions.Metadata over(VmOptions.Metadata before) {
            return new VmOptions.Metadata(
                    second("HttpEndpoint", httpEndpoint, SWITCH).orElse(before.endpoint()),
                    second("HttpTokens", httpTokens, TOKENS).orElse(before.tokensRequired()),
                    httpPutResponseHopLimit.orElse(before.hopLimit()),
                    second("HttpProtocolIpv6", httpProtocolIpv6, SWITCH).orElse(before.ipv6()),
                    second("InstanceMetadataTags", instanceMetadataTags, SWITCH).orElse(before.tags()));
        }

        /** Whether it is the second of two words; clients send what was not chosen as an empty text. */
        private static Optional<Boolean> second(String name, Optional<String> given, List<String> words) {
            return InstanceOptions.chosen(given).map(word -> {
                if (!words.contains(word)) {
                    throw Refusal.badValue(
                            "MetadataOptions." + name, word, "one of %s is expected", String.join(", ", words));
                }
                return word.equals(words.getLast());
            });
        }
    }

    record CreditSpecification(Optional<String> cpuCredits) {

        Optional<String> chosenCredits() {
            return chosen(cpuCredits).map(InstanceOptions::requireCredits);
        }
    }

    record PrivateDnsNames(
            Optional<String> hostnameType,
            Optional<Boolean> enableResourceNameDnsARecord,
            Optional<Boolean> enableResourceNameDnsAAAARecord) {

        void requirePossible() {
            FixedParameter.requireOnly(
                    "PrivateDnsNameOptions.HostnameType",
                    hostnameType,
                    HOSTNAME_TYPE,
                    "instances are named by their addresses");
            FixedParameter.requireNot(
                    "PrivateDnsNameOptions.EnableResourceNameDnsARecord",
                    enableResourceNameDnsARecord,
                    "no names are kept in a DNS");
            FixedParameter.requireNot(
                    "PrivateDnsNameOptions.EnableResourceNameDnsAAAARecord",
                    enableResourceNameDnsAAAARecord,
                    "no names are kept in a DNS");
        }
    }

    /** Where an instance is to be; clients send what was not chosen as an empty text. */
    record Placement(
            Optional<String> availabilityZone,
            Optional<String> availabilityZoneId,
            Optional<String> tenancy,
            Optional<String> groupName,
            Optional<String> groupId,
            Optional<String> hostId,
            Optional<String> hostResourceGroupArn,
            Optional<String> affinity,
            Optional<String> spreadDomain,
            Optional<Integer> partitionNumber) {

        Optional<SubregionName> zone(RegionName region) {
            return ZoneIds.meant(region, chosen(availabilityZone).map(SubregionName::new), chosen(availabilityZoneId));
        }

        Optional<String> chosenTenancy() {
            return chosen(tenancy);
        }

        void requirePossible() {
            if (chosen(availabilityZone).isPresent()
                    && chosen(availabilityZoneId).isPresent()) {
                throw new Refusal(
                        RefusalCode.PARAMETER_COMBINATION,
                        "Placement.AvailabilityZone and Placement.AvailabilityZoneId cannot be given together.");
            }
            String why = "there are no placement groups and no hosts to choose";
            FixedParameter.requireNone("Placement.GroupName", chosen(groupName), why);
            FixedParameter.requireNone("Placement.GroupId", chosen(groupId), why);
            FixedParameter.requireNone("Placement.HostId", chosen(hostId), why);
            FixedParameter.requireNone("Placement.HostResourceGroupArn", chosen(hostResourceGroupArn), why);
            FixedParameter.requireNone("Placement.Affinity", chosen(affinity), why);
            FixedParameter.requireNone("Placement.SpreadDomain", chosen(spreadDomain), why);
            FixedParameter.requireNone("Placement.PartitionNumber", partitionNumber, why);
        }
    }

    /** The profile with the role that an instance is to have. There are no roles for instances, so it is a name that is kept. */
    record IamInstanceProfile(Optional<String> arn, Optional<String> name) {

        private static final String ARN = "arn:aws:iam::%s:instance-profile/%s";
        private static final Pattern NAME = Pattern.compile("[\\w+=,.@/-]{1,128}");
        private static final Pattern WHOLE_ARN =
                Pattern.compile("arn:[a-z-]+:iam::[0-9]{12}:instance-profile/[\\w+=,.@/-]{1,512}");

        /** Its ARN: one that is named is of the account itself. */
        Optional<String> chosenArn(AccountId account) {
            Optional<String> whole = chosen(arn);
            whole.filter(text -> !WHOLE_ARN.matcher(text).matches()).ifPresent(text -> {
                throw Refusal.badValue(
                        "IamInstanceProfile.Arn",
                        text,
                        "one such as " + ARN.formatted(account, "web") + " is expected");
            });
            return whole.or(() -> chosen(name).map(text -> {
                if (!NAME.matcher(text).matches()) {
                    throw Refusal.badValue(
                            "IamInstanceProfile.Name", text, "the name of an instance profile is expected");
                }
                return ARN.formatted(account, text);
            }));
        }
    }

    /** The launch template that an order is made by, and which of its versions. */
    record LaunchTemplate(
            Optional<LaunchTemplateId> launchTemplateId,
            Optional<String> launchTemplateName,
            Optional<String> version) {

        ChosenTemplate chosenBy(Snapshot snapshot, AccountId caller) {
            dev.linkspan.core.net.LaunchTemplate template =
                    LaunchTemplates.named(snapshot, caller, launchTemplateId, chosen(launchTemplateName));
            Version chosenVersion =
                    LaunchTemplates.version(template, chosen(version).orElse(LaunchTemplates.DEFAULT));
            return new ChosenTemplate(template.id(), chosenVersion);
        }
    }

    /** The version of a launch template that an order is made by. */
    record ChosenTemplate(LaunchTemplateId id, Version version) {

        LaunchTemplateData data() {
            return LaunchTemplateData.of(version.data());
        }

        /** What tells on an instance which one it was: clients look there. */
        Map<String, String> tags() {
            return Map.of(
                    "aws:ec2launchtemplate:id", id.value(),
                    "aws:ec2launchtemplate:version", Integer.toString(version.number()));
        }
    }

    record MarketOptions(Optional<String> marketType, Optional<SpotOptions> spotOptions) {}

    record SpotOptions(
            Optional<String> maxPrice,
            Optional<String> spotInstanceType,
            Optional<Integer> blockDurationMinutes,
            Optional<String> validUntil,
            Optional<String> instanceInterruptionBehavior) {}

    /** A volume that an instance is to have. */
    record BlockDeviceMapping(
            Optional<String> deviceName,
            Optional<String> virtualName,
            Optional<String> noDevice,
            Optional<EbsRequest> ebs) {

        /** Disks of the host's own, which virtual names are of, there are none. */
        Optional<BlockDevice> device() {
            if (chosen(virtualName).isPresent()) {
                return Optional.empty();
            }
            String name = chosen(deviceName)
                    .orElseThrow(() -> new Refusal(
                            RefusalCode.MISSING_PARAMETER, "The parameter BlockDeviceMapping.DeviceName is required."));
            return Optional.of(ebs.map(it -> it.device(name, noDevice.isPresent()))
                    .orElseGet(() -> EbsRequest.NOTHING.device(name, noDevice.isPresent())));
        }
    }

    record EbsRequest(
            Optional<Boolean> deleteOnTermination,
            Optional<Integer> iops,
            Optional<String> snapshotId,
            Optional<Integer> volumeSize,
            Optional<String> volumeType,
            Optional<String> kmsKeyId,
            Optional<Integer> throughput,
            Optional<Boolean> encrypted,
            Optional<String> volumeId,
            Optional<Integer> volumeInitializationRate) {

        static final EbsRequest NOTHING = new EbsRequest(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        private BlockDevice device(String name, boolean none) {
            return new BlockDevice(
                    name,
                    none,
                    volumeSize,
                    chosen(volumeType),
                    iops,
                    throughput,
                    encrypted.orElse(false),
                    chosen(snapshotId),
                    chosen(kmsKeyId),
                    deleteOnTermination);
        }
    }
}
