package dev.linkspan.server.api.resource.publicip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Quota;
import dev.linkspan.server.api.oapi.OapiClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Rule("X2")
class PublicIpCallsTest extends ExitScenario {

    private JsonNode created() {
        return outscale.call("CreatePublicIp", "{}").path("PublicIp");
    }

    private static String id(JsonNode ip) {
        return ip.path("PublicIpId").stringValue();
    }

    private static String address(JsonNode ip) {
        return ip.path("PublicIp").stringValue();
    }

    private String vm() {
        return outscale.call("CreateVms", "{'ImageId':'ami-00000001','SubnetId':'%s'}".formatted(subnet.id()))
                .path("Vms")
                .path(0)
                .path("VmId")
                .stringValue();
    }

    private JsonNode readVm(String id) {
        return outscale.call("ReadVms", "{'Filters':{'VmIds':['%s']}}".formatted(id))
                .path("Vms")
                .path(0);
    }

    private static String nicOf(JsonNode vm) {
        return vm.path("Nics").path(0).path("NicId").stringValue();
    }

    /** Links it to the VM; answers the link. */
    private String linked(JsonNode ip, String vm) {
        return outscale.call("LinkPublicIp", "{'PublicIpId':'%s','VmId':'%s'}".formatted(id(ip), vm))
                .path("LinkPublicIpId")
                .stringValue();
    }

    private List<String> found(String filters) {
        return OapiClient.texts(
                outscale.call("ReadPublicIps", "{'Filters':{%s}}".formatted(filters))
                        .path("PublicIps"),
                "PublicIp");
    }

    private JsonNode read(JsonNode ip) {
        return outscale.call("ReadPublicIps", "{'Filters':{'PublicIpIds':['%s']}}".formatted(id(ip)))
                .path("PublicIps")
                .path(0);
    }

    @Test
    void one_lives_from_its_allocation_to_its_release() {
        JsonNode ip = created();
        assertThat(address(ip)).isEqualTo("203.0.113.2");
        assertThat(ip.path("Tags").isEmpty()).isTrue();
        for (String absent : List.of("LinkPublicIpId", "NicId", "NicAccountId", "VmId", "PrivateIp")) {
            assertThat(ip.has(absent)).as(absent).isFalse();
        }
        assertThat(read(ip)).isEqualTo(ip);
        JsonNode other = created();

        outscale.call("DeletePublicIp", "{'PublicIpId':'%s'}".formatted(id(ip)));
        outscale.call("DeletePublicIp", "{'PublicIp':'%s'}".formatted(address(other)));
        assertThat(found("")).isEmpty();
        assertThat(refusedOutscale("5080", "DeletePublicIp", "{'PublicIpId':'%s'}".formatted(id(ip))))
                .isEqualTo("The PublicIpId '%s' doesn't exist.".formatted(id(ip)));
        assertThat(refusedOutscale("5080", "DeletePublicIp", "{'PublicIp':'203.0.113.2'}"))
                .isEqualTo("The PublicIp '203.0.113.2' doesn't exist.");
    }

    @Test
    void a_linked_one_is_shown_wherever_its_nic_is() {
        openVpc();
        JsonNode ip = created();
        String vm = vm();
        String link = linked(ip, vm);

        JsonNode shown = readVm(vm);
        String dns = "ip-203-0-113-2.eu-west-2.compute.internal";
        assertThat(shown.path("PublicIp").stringValue()).isEqualTo("203.0.113.2");
        assertThat(shown.path("PublicDnsName").stringValue()).isEqualTo(dns);
        JsonNode light = shown.path("Nics").path(0).path("LinkPublicIp");
        assertThat(light.path("PublicIp").stringValue()).isEqualTo("203.0.113.2");
        assertThat(light.path("PublicDnsName").stringValue()).isEqualTo(dns);
        assertThat(light.path("PublicIpAccountId").stringValue()).isEqualTo(owner.value());
        assertThat(light.size()).isEqualTo(3);
        assertThat(shown.path("Nics").path(0).path("PrivateIps").path(0).path("LinkPublicIp"))
                .isEqualTo(light);

        JsonNode nic = outscale.call("ReadNics", "{'Filters':{'NicIds':['%s']}}".formatted(nicOf(shown)))
                .path("Nics")
                .path(0);
        assertThat(nic.path("LinkPublicIp").path("LinkPublicIpId").stringValue())
                .isEqualTo(link);
        assertThat(nic.path("LinkPublicIp").path("PublicIpId").stringValue()).isEqualTo(id(ip));
        assertThat(nic.path("PrivateIps").path(0).path("LinkPublicIp")).isEqualTo(nic.path("LinkPublicIp"));

        JsonNode seen = read(ip);
        assertThat(seen.path("LinkPublicIpId").stringValue()).isEqualTo(link);
        assertThat(seen.path("VmId").stringValue()).isEqualTo(vm);
        assertThat(seen.path("NicId").stringValue()).isEqualTo(nicOf(shown));
        assertThat(seen.path("NicAccountId").stringValue()).isEqualTo(owner.value());
        assertThat(seen.path("PrivateIp").stringValue())
                .isEqualTo(shown.path("PrivateIp").stringValue());

        outscale.call("UnlinkPublicIp", "{'LinkPublicIpId':'%s'}".formatted(link));
        assertThat(read(ip)).isEqualTo(ip);
        assertThat(readVm(vm).has("PublicIp")).isFalse();
        assertThat(readVm(vm).path("Nics").path(0).has("LinkPublicIp")).isFalse();
        linked(ip, vm);
        outscale.call("UnlinkPublicIp", "{'PublicIp':'203.0.113.2'}");
        assertThat(read(ip)).isEqualTo(ip);
    }

    @Test
    void all_filters_choose() {
        openVpc();
        JsonNode ip = created();
        String free = address(created());
        String vm = vm();
        String link = linked(ip, vm);
        String nic = nicOf(readVm(vm));
        outscale.call("CreateTags", "{'ResourceIds':['%s'],'Tags':[{'Key':'Name','Value':'web'}]}".formatted(id(ip)));

        for (String filter : List.of(
                "'LinkPublicIpIds':['%s']".formatted(link),
                "'NicAccountIds':['%s']".formatted(owner),
                "'NicIds':['%s']".formatted(nic),
                "'PrivateIps':['10.0.1.4']",
                "'PublicIpIds':['%s']".formatted(id(ip)),
                "'PublicIps':['203.0.113.2']",
                "'VmIds':['%s']".formatted(vm),
                "'TagKeys':['Name']",
                "'TagValues':['web']",
                "'Tags':['Name=web']")) {
            assertThat(found(filter)).as(filter).containsExactly("203.0.113.2");
        }
        assertThat(found("'Placements':['vpc']")).containsExactlyInAnyOrder("203.0.113.2", free);
        assertThat(found("'Placements':['standard']")).isEmpty();
        assertThat(found("'PublicIps':['203.0.113.9','nonsense']")).isEmpty();
        assertThat(outscaleStranger
                        .call("ReadPublicIps", "{'Filters':{'PublicIps':['203.0.113.2']}}")
                        .path("PublicIps")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void vms_and_nics_are_chosen_by_it() {
        openVpc();
        JsonNode ip = created();
        String vm = vm();
        String link = linked(ip, vm);
        String nic = nicOf(readVm(vm));
        vm();

        for (String filter : List.of(
                "'PublicIps':['203.0.113.2']",
                "'NicLinkPublicIpAccountIds':['%s']".formatted(owner),
                "'NicLinkPublicIpLinkPublicIpIds':['%s']".formatted(link),
                "'NicLinkPublicIpPublicIpIds':['%s']".formatted(id(ip)),
                "'NicLinkPublicIpPublicIps':['203.0.113.2']",
                "'NicPrivateIpsLinkPublicIpAccountIds':['%s']".formatted(owner),
                "'NicPrivateIpsLinkPublicIpIds':['203.0.113.2']")) {
            assertThat(OapiClient.texts(
                            outscale.call("ReadVms", "{'Filters':{%s}}".formatted(filter))
                                    .path("Vms"),
                            "VmId"))
                    .as(filter)
                    .containsExactly(vm);
        }
        for (String filter : List.of(
                "'LinkPublicIpAccountIds':['%s']".formatted(owner),
                "'LinkPublicIpLinkPublicIpIds':['%s']".formatted(link),
                "'LinkPublicIpPublicDnsNames':['ip-203-0-113-2.eu-west-2.compute.internal']",
                "'LinkPublicIpPublicIpIds':['%s']".formatted(id(ip)),
                "'LinkPublicIpPublicIps':['203.0.113.2']",
                "'PrivateIpsLinkPublicIpAccountIds':['%s']".formatted(owner),
                "'PrivateIpsLinkPublicIpPublicIps':['203.0.113.2']")) {
            assertThat(OapiClient.texts(
                            outscale.call("ReadNics", "{'Filters':{%s}}".formatted(filter))
                                    .path("Nics"),
                            "NicId"))
                    .as(filter)
                    .containsExactly(nic);
        }
    }

    @Test
    void linking_needs_a_way_out_and_moves_nothing_unless_that_is_allowed() {
        JsonNode ip = created();
        String first = vm();
        String second = vm();
        String toFirst = "{'PublicIpId':'%s','VmId':'%s'}".formatted(id(ip), first);
        String toSecond = "{'PublicIpId':'%s','VmId':'%s'}".formatted(id(ip), second);
        assertThat(refusedOutscale("6004", "LinkPublicIp", toFirst))
                .contains("internet service", net.id().value());
        openVpc();
        outscale.call("LinkPublicIp", toFirst);

        assertThat(refusedOutscale("9029", "LinkPublicIp", toSecond)).contains(id(ip));
        JsonNode other = created();
        assertThat(refusedOutscale(
                        "9029", "LinkPublicIp", "{'PublicIpId':'%s','VmId':'%s'}".formatted(id(other), first)))
                .contains(id(ip));
        assertThat(refusedOutscale("9029", "DeletePublicIp", "{'PublicIpId':'%s'}".formatted(id(ip))))
                .contains("203.0.113.2");
        outscale.call("LinkPublicIp", "{'AllowRelink':true,'PublicIp':'203.0.113.2','VmId':'%s'}".formatted(second));
        assertThat(read(ip).path("VmId").stringValue()).isEqualTo(second);
        assertThat(readVm(first).has("PublicIp")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            7000 | LinkPublicIp   | {'VmId':'i-00000001'}
            7000 | LinkPublicIp   | {'PublicIpId':'eipalloc-00000001'}
            3002 | LinkPublicIp   | {'PublicIpId':'eipalloc-00000001','PublicIp':'203.0.113.2','VmId':'i-00000001'}
            3002 | LinkPublicIp   | {'PublicIpId':'eipalloc-00000001','NicId':'eni-00000001','VmId':'i-00000001'}
            5080 | LinkPublicIp   | {'PublicIpId':'eipalloc-00000001','NicId':'eni-00000001'}
            5080 | LinkPublicIp   | {'PublicIp':'203.0.113.13','NicId':'eni-00000001'}
            4105 | LinkPublicIp   | {'PublicIpId':'eipalloc-x','NicId':'eni-00000001'}
            4047 | LinkPublicIp   | {'PublicIp':'203.0.113','NicId':'eni-00000001'}
            4110 | LinkPublicIp   | {'AllowRelink':'yes','PublicIp':'203.0.113.2','NicId':'eni-00000001'}
            7000 | UnlinkPublicIp | {}
            3002 | UnlinkPublicIp | {'LinkPublicIpId':'eipassoc-00000001','PublicIp':'203.0.113.2'}
            5026 | UnlinkPublicIp | {'LinkPublicIpId':'eipassoc-00000001'}
            5080 | UnlinkPublicIp | {'PublicIp':'203.0.113.2'}
            7000 | DeletePublicIp | {}
            3001 | CreatePublicIp | {'PublicIp':'203.0.113.9'}
            3001 | ReadPublicIps  | {'Filters':{'Colours':['red']}}
            4113 | ReadPublicIpRanges | {'ResultsPerPage':0}
            """)
    void what_is_wrong_is_told_and_changes_nothing(String code, String call, String arguments) {
        refusedOutscale(code, call, arguments);
    }

    @Test
    void what_does_not_exist_or_does_not_fit_is_told() {
        openVpc();
        JsonNode ip = created();
        String vm = vm();
        refusedOutscale("5036", "LinkPublicIp", "{'PublicIpId':'%s','NicId':'eni-00000001'}".formatted(id(ip)));
        refusedOutscale("5063", "LinkPublicIp", "{'PublicIpId':'%s','VmId':'i-00000001'}".formatted(id(ip)));
        assertThat(refusedOutscale(
                        "4045",
                        "LinkPublicIp",
                        "{'PublicIpId':'%s','VmId':'%s','PrivateIp':'10.0.1.9'}".formatted(id(ip), vm)))
                .contains("PrivateIp", "10.0.1.9");
        outscale.call("DeleteVms", "{'VmIds':['%s']}".formatted(vm));
        refusedOutscale("6004", "LinkPublicIp", "{'PublicIpId':'%s','VmId':'%s'}".formatted(id(ip), vm));
        unchanged(
                () -> outscaleStranger.refused(400, "5080", "DeletePublicIp", "{'PublicIpId':'%s'}".formatted(id(ip))));
        limit(Quota.PUBLIC_IPS, 1);
        refusedOutscale("10000", "CreatePublicIp", "{}");
        limit(Quota.PUBLIC_IPS, 100);
        for (int i = 0; i < 12; i++) {
            created();
        }
        assertThat(refusedOutscale("9029", "CreatePublicIp", "{}")).contains("203.0.113.0/28");
    }

    @Test
    void the_range_of_the_region_is_told() {
        JsonNode ranges = outscale.call("ReadPublicIpRanges", "{}").path("PublicIps");

        assertThat(ranges.valueStream().map(JsonNode::stringValue)).containsExactly("203.0.113.0/28");
    }

    @Test
    void a_subnet_gives_each_new_machine_an_address_of_its_own() {
        JsonNode updated = outscale.call(
                        "UpdateSubnet", "{'SubnetId':'%s','MapPublicIpOnLaunch':true}".formatted(subnet.id()))
                .path("Subnet");
        assertThat(updated.path("MapPublicIpOnLaunch").booleanValue()).isTrue();
        String vm = vm();

        JsonNode nic = readVm(vm).path("Nics").path(0);
        assertThat(nic.path("LinkPublicIp").path("PublicIp").stringValue()).isEqualTo("203.0.113.2");
        assertThat(nic.path("LinkPublicIp").has("PublicIpAccountId")).isFalse();
        JsonNode shown = outscale.call("ReadNics", "{'Filters':{'LinkPublicIpPublicIps':['203.0.113.2']}}")
                .path("Nics")
                .path(0)
                .path("LinkPublicIp");
        assertThat(shown.has("PublicIpId")).isFalse();
        assertThat(shown.has("LinkPublicIpId")).isFalse();
        assertThat(found("")).isEmpty();
        assertThat(refusedOutscale("5080", "UnlinkPublicIp", "{'PublicIp':'203.0.113.2'}"))
                .contains("203.0.113.2");
        outscale.call("StopVms", "{'VmIds':['%s']}".formatted(vm));
        assertThat(readVm(vm).has("PublicIp")).isFalse();
        outscale.call("StartVms", "{'VmIds':['%s']}".formatted(vm));
        assertThat(readVm(vm).has("PublicIp")).isTrue();
    }
}
