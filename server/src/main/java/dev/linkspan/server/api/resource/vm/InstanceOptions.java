package dev.linkspan.server.api.resource.vm;

import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.ec2.FixedParameter;
import dev.linkspan.server.api.ec2.ZoneIds;
import java.util.Optional;

/**
 * What else a client can choose for an instance, and what it can be here. A choice of what every machine is anyhow is
 * accepted; any other is refused, so that nobody believes to have what is not there.
 */
final class InstanceOptions {

    /** Nothing holds a machine's processor back. */
    static final String CPU_CREDITS = "unlimited";

    static final String HOSTNAME_TYPE = "ip-name";
    static final String DISABLED = "disabled";
    static final String NO_HIBERNATION = "instances cannot hibernate";

    private InstanceOptions() {}

    record Monitoring(Optional<Boolean> enabled) {

        void requirePossible() {
            FixedParameter.requireNot("Monitoring.Enabled", enabled, "instances are not monitored");
        }
    }

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

    /** How instances would ask the metadata service, which there is none of: all of that has no effect. */
    record Metadata(
            Optional<String> httpEndpoint,
            Optional<String> httpTokens,
            Optional<Integer> httpPutResponseHopLimit,
            Optional<String> httpProtocolIpv6,
            Optional<String> instanceMetadataTags) {

        void requirePossible() {
            FixedParameter.requireOnly(
                    "MetadataOptions.HttpEndpoint", httpEndpoint, DISABLED, "there is no metadata service");
        }
    }

    record CreditSpecification(Optional<String> cpuCredits) {

        void requirePossible() {
            FixedParameter.requireOnly(
                    "CreditSpecification.CpuCredits", cpuCredits, CPU_CREDITS, "it is unlimited for every instance");
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
            return chosen(availabilityZone)
                    .map(SubregionName::new)
                    .or(() -> chosen(availabilityZoneId).map(id -> ZoneIds.named(region, id)));
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

        private static Optional<String> chosen(Optional<String> text) {
            return text.filter(it -> !it.isBlank());
        }
    }

    record IamInstanceProfile(Optional<String> arn, Optional<String> name) {}

    record LaunchTemplate(
            Optional<String> launchTemplateId, Optional<String> launchTemplateName, Optional<String> version) {}

    record MarketOptions(Optional<String> marketType, Optional<SpotOptions> spotOptions) {}

    record SpotOptions(
            Optional<String> maxPrice,
            Optional<String> spotInstanceType,
            Optional<Integer> blockDurationMinutes,
            Optional<String> validUntil,
            Optional<String> instanceInterruptionBehavior) {}

    /** A volume that an instance is to have. There are none, so its parameters are checked for names and types only. */
    record BlockDeviceMapping(
            Optional<String> deviceName,
            Optional<String> virtualName,
            Optional<String> noDevice,
            Optional<EbsRequest> ebs) {}

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
            Optional<Integer> volumeInitializationRate) {}
}
