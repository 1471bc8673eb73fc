package dev.linkspan.server.api.oapi;

import java.util.Set;

/** The names of the calls that the public description of the OUTSCALE API has, whether or not they are answered here. */
public final class DescribedNames {

    /** All of them. */
    public static final Set<String> ALL = words("""
            AcceptNetPeering AddUserToUserGroup CheckAuthentication CreateAccessKey CreateAccount CreateApiAccessRule
            CreateCa CreateClientGateway CreateDedicatedGroup CreateDhcpOptions CreateDirectLink
            CreateDirectLinkInterface CreateFlexibleGpu CreateImage CreateImageExportTask CreateInternetService
            CreateKeypair CreateListenerRule CreateLoadBalancer CreateLoadBalancerListeners CreateLoadBalancerPolicy
            CreateLoadBalancerTags CreateNatService CreateNet CreateNetAccessPoint CreateNetPeering CreateNic
            CreatePolicy CreatePolicyVersion CreateProductType CreatePublicIp CreateRoute CreateRouteTable
            CreateSecurityGroup CreateSecurityGroupRule CreateServerCertificate CreateSnapshot CreateSnapshotExportTask
            CreateSubnet CreateTags CreateUser CreateUserGroup CreateVirtualGateway CreateVmGroup CreateVmTemplate
            CreateVms CreateVolume CreateVpnConnection CreateVpnConnectionRoute DeleteAccessKey DeleteApiAccessRule
            DeleteCa DeleteClientGateway DeleteDedicatedGroup DeleteDhcpOptions DeleteDirectLink
            DeleteDirectLinkInterface DeleteExportTask DeleteFlexibleGpu DeleteImage DeleteInternetService DeleteKeypair
            DeleteListenerRule DeleteLoadBalancer DeleteLoadBalancerListeners DeleteLoadBalancerPolicy
            DeleteLoadBalancerTags DeleteNatService DeleteNet DeleteNetAccessPoint DeleteNetPeering DeleteNic
            DeletePolicy DeletePolicyVersion DeleteProductType DeletePublicIp DeleteRoute DeleteRouteTable
            DeleteSecurityGroup DeleteSecurityGroupRule DeleteServerCertificate DeleteSnapshot DeleteSubnet DeleteTags
            DeleteUser DeleteUserGroup DeleteUserGroupPolicy DeleteUserPolicy DeleteVirtualGateway DeleteVmGroup
            DeleteVmTemplate DeleteVms DeleteVolume DeleteVpnConnection DeleteVpnConnectionRoute
            DeregisterVmsInLoadBalancer DisableOutscaleLogin DisableOutscaleLoginForUsers DisableOutscaleLoginPerUsers
            EnableOutscaleLogin EnableOutscaleLoginForUsers EnableOutscaleLoginPerUsers LinkFlexibleGpu
            LinkInternetService LinkLoadBalancerBackendMachines LinkManagedPolicyToUserGroup LinkNic LinkPolicy
            LinkPrivateIps LinkPublicIp LinkRouteTable LinkVirtualGateway LinkVolume PutUserGroupPolicy PutUserPolicy
            ReadAccessKeys ReadAccounts ReadAdminPassword ReadApiAccessPolicy ReadApiAccessRules ReadApiLogs
            ReadCO2EmissionAccount ReadCas ReadCatalog ReadCatalogs ReadClientGateways ReadConsoleOutput
            ReadConsumptionAccount ReadDedicatedGroups ReadDhcpOptions ReadDirectLinkInterfaces ReadDirectLinks
            ReadEntitiesLinkedToPolicy ReadFlexibleGpuCatalog ReadFlexibleGpus ReadImageExportTasks ReadImages
            ReadInternetServices ReadKeypairs ReadLinkedPolicies ReadListenerRules ReadLoadBalancerTags
            ReadLoadBalancers ReadLocations ReadManagedPoliciesLinkedToUserGroup ReadNatServices
            ReadNetAccessPointServices ReadNetAccessPoints ReadNetPeerings ReadNets ReadNics ReadPolicies ReadPolicy
            ReadPolicyVersion ReadPolicyVersions ReadProductTypes ReadPublicCatalog ReadPublicIpRanges ReadPublicIps
            ReadQuotas ReadRegions ReadRouteTables ReadSecurityGroups ReadServerCertificates ReadSnapshotExportTasks
            ReadSnapshots ReadSubnets ReadSubregions ReadTags ReadUnitPrice ReadUserGroup ReadUserGroupPolicies
            ReadUserGroupPolicy ReadUserGroups ReadUserGroupsPerUser ReadUserPolicies ReadUserPolicy ReadUsers
            ReadVirtualGateways ReadVmGroups ReadVmTemplates ReadVmTypes ReadVms ReadVmsHealth ReadVmsState
            ReadVolumeUpdateTasks ReadVolumes ReadVpnConnections RebootVms RegisterVmsInLoadBalancer RejectNetPeering
            RemoveUserFromUserGroup ScaleDownVmGroup ScaleUpVmGroup SetDefaultPolicyVersion StartVms StopVms
            UnlinkFlexibleGpu UnlinkInternetService UnlinkLoadBalancerBackendMachines UnlinkManagedPolicyFromUserGroup
            UnlinkNic UnlinkPolicy UnlinkPrivateIps UnlinkPublicIp UnlinkRouteTable UnlinkVirtualGateway UnlinkVolume
            UpdateAccessKey UpdateAccount UpdateApiAccessPolicy UpdateApiAccessRule UpdateCa UpdateDedicatedGroup
            UpdateDirectLinkInterface UpdateFlexibleGpu UpdateImage UpdateListenerRule UpdateLoadBalancer UpdateNet
            UpdateNetAccessPoint UpdateNic UpdateRoute UpdateRoutePropagation UpdateRouteTableLink
            UpdateServerCertificate UpdateSnapshot UpdateSubnet UpdateUser UpdateUserGroup UpdateVm UpdateVmGroup
            UpdateVmTemplate UpdateVolume UpdateVpnConnection
            """);

    /** Those for which an e-mail address and a password do instead of a signature. */
    public static final Set<String> TAKING_PASSWORD = words("""
            CreateAccessKey CreateApiAccessRule CreateCa DeleteAccessKey DeleteApiAccessRule DeleteCa
            ReadAccessKeys ReadApiAccessPolicy ReadApiAccessRules ReadCas UpdateAccessKey UpdateApiAccessPolicy
            UpdateApiAccessRule UpdateCa
            """);

    private DescribedNames() {}

    private static Set<String> words(String text) {
        return Set.of(text.split("\\s+"));
    }
}
