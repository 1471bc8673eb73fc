package dev.linkspan.server.api.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.core.wording.Sentence;
import dev.linkspan.core.wording.Term;
import dev.linkspan.core.wording.Verbatim;
import dev.linkspan.server.api.call.OutscaleWords;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WordsTest {

    private static final List<Term> TERMS = Stream.<Term>concat(Stream.of(Parameter.values()), Stream.of(Noun.values()))
            .toList();

    /** What EC2 calls otherwise, by the OUTSCALE API's word. */
    private static final Map<String, String> OTHERWISE = Map.ofEntries(
            entry("SourceNetId", "VpcId"),
            entry("AccepterNetId", "PeerVpcId"),
            entry("NetId", "VpcId"),
            entry("NetPeeringId", "VpcPeeringConnectionId"),
            entry("IpRange", "CidrBlock"),
            entry("Tenancy", "InstanceTenancy"),
            entry("ResourceIds", "ResourceId"),
            entry("SubregionName", "AvailabilityZone"),
            entry("Net", "VPC"),
            entry("Nets", "VPCs"),
            entry("a VM", "an instance"),
            entry("VM", "instance"),
            entry("VMs", "instances"),
            entry("VmId", "InstanceId"),
            entry("VmIds", "InstanceId"),
            entry("VmType", "InstanceType"),
            entry("MinVmsCount", "MinCount"),
            entry("MaxVmsCount", "MaxCount"),
            entry("KeypairName", "KeyName"),
            entry("KeypairId", "KeyPairId"),
            entry("keypair", "key pair"),
            entry("keypairs", "key pairs"),
            entry("DeletionProtection", "DisableApiTermination"),
            entry("VmInitiatedShutdownBehavior", "InstanceInitiatedShutdownBehavior"),
            entry("NIC", "network interface"),
            entry("NICs", "network interfaces"),
            entry("Nics", "NetworkInterface"),
            entry("NicId", "NetworkInterfaceId"),
            entry("LinkNicId", "AttachmentId"),
            entry("DeviceNumber", "DeviceIndex"),
            entry("PrivateIps", "PrivateIpAddress"),
            entry("SecondaryPrivateIpCount", "SecondaryPrivateIpAddressCount"),
            entry("SecurityGroupIds", "SecurityGroupId"),
            entry("SecurityGroups", "SecurityGroup"),
            entry("LinkRouteTableId", "AssociationId"),
            entry("NetworkAclAssociationId", "AssociationId"),
            entry("DhcpOptionsSetId", "DhcpOptionsId"),
            entry("InternetServiceId", "InternetGatewayId"),
            entry("internet service", "internet gateway"),
            entry("internet services", "internet gateways"),
            entry("NatServiceId", "NatGatewayId"),
            entry("NAT service", "NAT gateway"),
            entry("NAT services", "NAT gateways"),
            entry("a public IP", "an Elastic IP address"),
            entry("Subregion", "Availability Zone"),
            entry("NextPageToken", "NextToken"),
            entry("FromPortRange", "FromPort"),
            entry("ToPortRange", "ToPort"),
            entry("SecurityGroupId", "GroupId"),
            entry("SecurityGroupName", "GroupName"),
            entry("PublicIpId", "AllocationId"),
            entry("LinkPublicIpId", "AssociationId"),
            entry("PrivateIp", "PrivateIpAddress"),
            entry("MapPublicIpOnLaunch", "AssociatePublicIpAddress"),
            entry("public IP", "Elastic IP address"),
            entry("public IPs", "Elastic IP addresses"),
            entry("DeviceName", "Device"),
            entry("DestinationIpRange", "DestinationCidrBlock"));

    private static String outscale(Term term) {
        return OutscaleWords.WORDS.of(term);
    }

    private static String ec2(Term term) {
        return Ec2Words.WORDS.of(term);
    }

    @Test
    void every_term_has_a_word_in_both_apis() {
        assertThat(TERMS).allSatisfy(term -> {
            assertThat(term.word()).isNotBlank();
            assertThat(outscale(term)).isNotBlank();
            assertThat(ec2(term)).isNotBlank();
        });
    }

    @Test
    void the_outscale_api_has_a_parameter_of_its_own_for_each_of_the_cores() {
        assertThat(Stream.of(Parameter.values()).map(WordsTest::outscale)).doesNotHaveDuplicates();
    }

    @Test
    void ec2_calls_these_things_otherwise() {
        Map<String, String> otherwise = new TreeMap<>();
        TERMS.stream()
                .filter(term -> !outscale(term).equals(ec2(term)))
                .forEach(term -> otherwise.put(outscale(term), ec2(term)));
        assertThat(otherwise).isEqualTo(OTHERWISE);
    }

    @Test
    void what_stands_in_a_sentence_beside_its_terms_is_said_alike() {
        Sentence sentence = Sentence.of(
                "The %s '%s' of %s is in the way: %s",
                Parameter.NET,
                "a VM in a Net",
                new Verbatim("VmId"),
                Sentence.of("%s needs a %s, 100%%.", Noun.A_VM, Noun.NIC));

        assertThat(sentence.in(OutscaleWords.WORDS))
                .isEqualTo("The NetId 'a VM in a Net' of VmId is in the way: a VM needs a NIC, 100%.");
        assertThat(sentence.in(Ec2Words.WORDS))
                .isEqualTo(
                        "The VpcId 'a VM in a Net' of VmId is in the way: an instance needs a network interface, 100%.");
    }

    @Test
    void words_of_the_outscale_api_are_told_from_those_of_ec2() {
        assertThat(OutscaleTerms.in("A VM in the Net 'NetId', with FromPortRange and a NIC of the Subregion."))
                .containsExactly("VM", "Net", "FromPortRange", "NIC", "Subregion");
        assertThat(OutscaleTerms.in("An instance in the VPC, with FromPort, RouteTableId and a network interface."))
                .isEmpty();
    }

    @Test
    void a_text_without_arguments_is_no_template() {
        assertThat(Sentence.of("100%").in(Ec2Words.WORDS)).isEqualTo("100%");
    }
}
