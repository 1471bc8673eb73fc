package dev.linkspan.server.store;

import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.Snapshot;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** One transaction's look at a Region: each family of rows answers for itself. */
class SqlSnapshot implements Snapshot {

    private final Handle handle;
    private final RegionName region;
    private final Instant now;
    private final SecretBox secrets;

    SqlSnapshot(Handle handle, RegionName region, Instant now, SecretBox secrets) {
        this.handle = handle;
        this.region = region;
        this.now = now;
        this.secrets = secrets;
    }

    @Override
    public RegionName region() {
        return region;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public AccountRows accounts() {
        return new AccountRows(handle);
    }

    @Override
    public AccessKeyRows accessKeys() {
        return new AccessKeyRows(handle, secrets);
    }

    @Override
    public PasswordRows passwords() {
        return new PasswordRows(handle);
    }

    @Override
    public SessionRows sessions() {
        return new SessionRows(handle);
    }

    @Override
    public SubregionRows subregions() {
        return new SubregionRows(handle, region, now);
    }

    @Override
    public HostRows hosts() {
        return new HostRows(handle, region);
    }

    @Override
    public NetRows nets() {
        return new NetRows(handle, region, now);
    }

    @Override
    public DhcpOptionsSetRows dhcpOptionsSets() {
        return new DhcpOptionsSetRows(handle, region);
    }

    @Override
    public KeypairRows keypairs() {
        return new KeypairRows(handle, region);
    }

    @Override
    public InsightsPathRows insightsPaths() {
        return new InsightsPathRows(handle, region);
    }

    @Override
    public InsightsAnalysisRows insightsAnalyses() {
        return new InsightsAnalysisRows(handle, region);
    }

    @Override
    public SubnetRows subnets() {
        return new SubnetRows(handle, region);
    }

    @Override
    public LaunchTemplateRows launchTemplates() {
        return new LaunchTemplateRows(handle, region);
    }

    @Override
    public VolumeRows volumes() {
        return new VolumeRows(handle, region);
    }

    @Override
    public VmRows vms() {
        return new VmRows(handle, region, now);
    }

    @Override
    public NicRows nics() {
        return new NicRows(handle, region);
    }

    @Override
    public RouteTableRows routeTables() {
        return new RouteTableRows(handle, region);
    }

    @Override
    public NetworkAclRows networkAcls() {
        return new NetworkAclRows(handle, region);
    }

    @Override
    public InternetServiceRows internetServices() {
        return new InternetServiceRows(handle, region);
    }

    @Override
    public PublicIpRows publicIps() {
        return new PublicIpRows(handle, region);
    }

    @Override
    public NatServiceRows natServices() {
        return new NatServiceRows(handle, region);
    }

    @Override
    public SecurityGroupRows securityGroups() {
        return new SecurityGroupRows(handle, region);
    }

    @Override
    public NetPeeringRows peerings() {
        return new NetPeeringRows(handle, region, now);
    }

    @Override
    public TagRows tags() {
        return new TagRows(handle, region);
    }

    @Override
    public EventRows events() {
        return new EventRows(handle, region);
    }
}
