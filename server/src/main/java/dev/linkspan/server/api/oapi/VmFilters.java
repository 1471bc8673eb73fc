package dev.linkspan.server.api.oapi;

import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.core.net.Vm;
import dev.linkspan.server.api.machine.SeenNic;
import dev.linkspan.server.api.machine.SeenVm;
import java.util.List;
import java.util.function.Function;

/** The filters of the calls that list VMs. One over something that VMs here never have matches nothing. */
final class VmFilters {

    private static final List<Object> NOTHING = List.of();

    private static final List<String> FOR_TEXTS_THAT_VMS_LACK = List.of(
            "BlockDeviceMappingDeviceNames",
            "BlockDeviceMappingStates",
            "BlockDeviceMappingVolumeIds",
            "Lifecycles",
            "NicLinkPublicIpAccountIds",
            "NicLinkPublicIpLinkPublicIpIds",
            "NicLinkPublicIpPublicIpIds",
            "NicLinkPublicIpPublicIps",
            "NicPrivateIpsLinkPublicIpAccountIds",
            "NicPrivateIpsLinkPublicIpIds",
            "Platforms",
            "PublicIps");

    static final FilterTable<SeenVm> OF_VMS = ofVms();

    static final FilterTable<Vm> OF_STATES = FilterTable.<Vm>of()
            .text("MaintenanceEventCodes", _ -> NOTHING)
            .text("MaintenanceEventDescriptions", _ -> NOTHING)
            .date("MaintenanceEventsNotAfter", _ -> NOTHING)
            .date("MaintenanceEventsNotBefore", _ -> NOTHING)
            .text("SubregionNames", Vm::subregion)
            .checkedId("VmIds", VmId.KIND, Vm::id)
            .text("VmStates", vm -> vm.state().label());

    private VmFilters() {}

    private static FilterTable<SeenVm> ofVms() {
        FilterTable<SeenVm> table = ofNics(ofMachine(FilterTable.of()))
                .flags("BlockDeviceMappingDeleteOnVmDeletion", _ -> NOTHING)
                .date("BlockDeviceMappingLinkDates", _ -> NOTHING)
                .number("StateReasonCodes", _ -> NOTHING);
        for (String name : FOR_TEXTS_THAT_VMS_LACK) {
            table = table.text(name, _ -> NOTHING);
        }
        return table.tags(seen -> seen.vm().id());
    }

    private static FilterTable<SeenVm> ofMachine(FilterTable<SeenVm> table) {
        return table.text("Architectures", seen -> seen.image().architecture())
                .text("BootModes", seen -> seen.image().bootMode())
                .text("ClientTokens", seen -> seen.vm().clientToken())
                .date("CreationDates", seen -> seen.vm().createdAt())
                .text("ImageIds", seen -> seen.vm().image())
                .text("KeypairNames", seen -> seen.vm().settings().keypair())
                .number("LaunchNumbers", seen -> seen.vm().launchNumber())
                .text("ProductCodes", _ -> VmAnswers.PRODUCT_CODES)
                .text("ReservationIds", seen -> seen.vm().reservation())
                .text("RootDeviceNames", seen -> seen.image().rootDevice())
                .text("RootDeviceTypes", _ -> SeenVm.ROOT_DEVICE_TYPE)
                .text("StateReasonMessages", _ -> "")
                .text("StateReasons", _ -> "")
                .text("SubregionNames", seen -> seen.vm().subregion())
                .text("Tenancies", SeenVm::tenancy)
                .flag("TpmEnabled", _ -> false)
                .checkedId("VmIds", VmId.KIND, seen -> seen.vm().id())
                .number("VmStateCodes", seen -> seen.vm().state().code())
                .text("VmStateNames", seen -> seen.vm().state().label())
                .text("VmTypes", seen -> seen.vm().settings().type());
    }

    private static FilterTable<SeenVm> ofNics(FilterTable<SeenVm> table) {
        return ofPrimaryNic(table)
                .account("NicAccountIds", seen -> seen.ofNics(Nic::owner))
                .text("NicDescriptions", seen -> seen.ofNics(Nic::description))
                .flags("NicIsSourceDestChecked", seen -> seen.ofNics(Nic::sourceDestChecked))
                .flags("NicLinkNicDeleteOnVmDeletion", seen -> seen.ofLinks(NicLink::deleteOnVmDeletion))
                .number("NicLinkNicDeviceNumbers", seen -> seen.ofLinks(NicLink::deviceNumber))
                .date("NicLinkNicLinkNicDates", _ -> NOTHING)
                .text("NicLinkNicLinkNicIds", seen -> seen.ofLinks(NicLink::id))
                .text("NicLinkNicStates", seen -> seen.ofLinks(_ -> SeenNic.LINK_STATE))
                .account("NicLinkNicVmAccountIds", seen -> seen.ofNics(Nic::owner))
                .text("NicLinkNicVmIds", seen -> seen.ofLinks(NicLink::vm))
                .text("NicMacAddresses", seen -> seen.ofNics(Nic::mac))
                .text("NicNetIds", seen -> seen.ofNics(Nic::net))
                .text("NicNicIds", seen -> seen.ofNics(Nic::id))
                .flags(
                        "NicPrivateIpsPrimaryIp",
                        seen -> seen.ofAllNics(nic -> nic.ofAddresses(SeenNic.Address::primary)))
                .text(
                        "NicPrivateIpsPrivateIps",
                        seen -> seen.ofAllNics(nic -> nic.nic().addresses()))
                .text(
                        "NicSecurityGroupIds",
                        seen -> seen.ofAllNics(nic -> nic.nic().groups()))
                .text("NicSecurityGroupNames", seen -> seen.ofAllNics(SeenNic::groupNames))
                .text(
                        "NicStates",
                        seen -> seen.nics().stream().map(SeenNic::state).toList())
                .text("NicSubnetIds", seen -> seen.ofNics(Nic::subnet))
                .text(
                        "NicSubregionNames",
                        seen -> seen.nics().stream().map(SeenNic::subregion).toList());
    }

    /** What the API shows on the VM itself is its primary NIC's. */
    private static FilterTable<SeenVm> ofPrimaryNic(FilterTable<SeenVm> table) {
        Function<SeenVm, Object> groups = seen -> seen.ofPrimaryNic(Nic::groups).orElse(List.of());
        Function<SeenVm, Object> groupNames =
                seen -> seen.primaryNic().map(SeenNic::groupNames).orElse(List.of());
        return table.flags("IsSourceDestChecked", seen -> seen.ofPrimaryNic(Nic::sourceDestChecked))
                .text("NetIds", seen -> seen.ofPrimaryNic(Nic::net))
                .text("PrivateIps", seen -> seen.ofPrimaryNic(Nic::primaryAddress))
                .text("SecurityGroupIds", groups)
                .text("SecurityGroupNames", groupNames)
                .text("SubnetIds", seen -> seen.ofPrimaryNic(Nic::subnet))
                .text("VmSecurityGroupIds", groups)
                .text("VmSecurityGroupNames", groupNames);
    }
}
