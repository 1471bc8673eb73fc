package dev.linkspan.core.port;

import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.World.Cell;
import java.time.Instant;

/** A look at one Region of a {@link World}: every query is a filter over all rows. */
class InMemorySnapshot implements Snapshot {

    final World world;
    final Cell cell;
    private final RegionName region;
    private final Instant now;

    InMemorySnapshot(World world, RegionName region, Instant now) {
        this.world = world;
        this.cell = world.cell(region);
        this.region = region;
        this.now = now;
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
    public InMemoryAccounts accounts() {
        return new InMemoryAccounts(world);
    }

    @Override
    public InMemoryAccessKeys accessKeys() {
        return new InMemoryAccessKeys(world);
    }

    @Override
    public InMemoryPasswords passwords() {
        return new InMemoryPasswords(world);
    }

    @Override
    public InMemorySessions sessions() {
        return new InMemorySessions(world);
    }

    @Override
    public InMemorySubregions subregions() {
        return new InMemorySubregions(cell, now);
    }

    @Override
    public InMemoryNets nets() {
        return new InMemoryNets(this);
    }

    @Override
    public InMemoryHosts hosts() {
        return new InMemoryHosts(cell);
    }

    @Override
    public InMemoryDhcpOptionsSets dhcpOptionsSets() {
        return new InMemoryDhcpOptionsSets(world, cell);
    }

    @Override
    public InMemoryKeypairs keypairs() {
        return new InMemoryKeypairs(world, cell);
    }

    @Override
    public InMemoryInsightsPaths insightsPaths() {
        return new InMemoryInsightsPaths(this);
    }

    @Override
    public InMemoryInsightsAnalyses insightsAnalyses() {
        return new InMemoryInsightsAnalyses(world, cell);
    }

    @Override
    public InMemorySubnets subnets() {
        return new InMemorySubnets(this);
    }

    @Override
    public InMemoryLaunchTemplates launchTemplates() {
        return new InMemoryLaunchTemplates(world, cell);
    }

    @Override
    public InMemoryVolumes volumes() {
        return new InMemoryVolumes(world, cell);
    }

    @Override
    public InMemoryVms vms() {
        return new InMemoryVms(this);
    }

    @Override
    public InMemoryNics nics() {
        return new InMemoryNics(cell);
    }

    @Override
    public InMemoryRouteTables routeTables() {
        return new InMemoryRouteTables(cell);
    }

    @Override
    public InMemorySecurityGroups securityGroups() {
        return new InMemorySecurityGroups(this);
    }

    @Override
    public InMemoryNetworkAcls networkAcls() {
        return new InMemoryNetworkAcls(cell);
    }

    @Override
    public InMemoryInternetServices internetServices() {
        return new InMemoryInternetServices(world, cell);
    }

    @Override
    public InMemoryPublicIps publicIps() {
        return new InMemoryPublicIps(world, cell);
    }

    @Override
    public InMemoryNatServices natServices() {
        return new InMemoryNatServices(world, cell);
    }

    @Override
    public InMemoryPeerings peerings() {
        return new InMemoryPeerings(cell, now);
    }

    @Override
    public InMemoryTags tags() {
        return new InMemoryTags(world, cell);
    }

    @Override
    public InMemoryEvents events() {
        return new InMemoryEvents(cell);
    }
}
