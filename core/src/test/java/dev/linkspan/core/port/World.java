package dev.linkspan.core.port;

import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.Password;
import dev.linkspan.core.account.Session;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.host.Host;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.HostId;
import dev.linkspan.core.id.InsightsAnalysisId;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.id.LaunchTemplateId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SessionId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.id.VolumeId;
import dev.linkspan.core.insights.InsightsAnalysis;
import dev.linkspan.core.insights.InsightsPath;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.keypair.Keypair;
import dev.linkspan.core.net.DhcpOptionsSet;
import dev.linkspan.core.net.LaunchTemplate;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.networkacl.NetworkAcl;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.tag.Tag;
import dev.linkspan.core.volume.Volume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Everything that an {@link InMemoryStore} holds. A fork of it can be changed and thrown away. */
record World(
        Table<AccountId, Account> accounts,
        Table<AccessKeyId, AccessKey> accessKeys,
        Table<AccountId, Password> passwords,
        Table<SessionId, Session> sessions,
        Map<RegionName, Cell> cells) {

    static World empty() {
        return new World(new Table<>(), new Table<>(), new Table<>(), new Table<>(), new HashMap<>());
    }

    World fork() {
        Map<RegionName, Cell> copies = new HashMap<>();
        cells.forEach((name, cell) -> copies.put(name, cell.fork()));
        return new World(accounts.fork(), accessKeys.fork(), passwords.fork(), sessions.fork(), copies);
    }

    Cell cell(RegionName region) {
        return cells.computeIfAbsent(region, _ -> new Cell());
    }

    /** What one Region holds. */
    static final class Cell {
        final Table<SubregionName, Instant> failedSubregions;
        final Table<HostId, Host> hosts;
        final Table<VmId, HostId> placements;
        final Table<NetId, Net> nets;
        final Table<AccountId, Instant> defaultNetsGiven;
        final Table<DhcpOptionsSetId, DhcpOptionsSet> dhcpOptionsSets;
        final Table<KeypairId, Keypair> keypairs;
        final Table<InsightsPathId, InsightsPath> insightsPaths;
        final Table<InsightsAnalysisId, InsightsAnalysis> insightsAnalyses;
        final Table<SubnetId, Subnet> subnets;
        final Table<VmId, Vm> vms;
        final Table<VolumeId, Volume> volumes;
        final Table<LaunchTemplateId, LaunchTemplate> launchTemplates;
        final Table<NicId, Nic> nics;
        final Table<RouteTableId, RouteTable> routeTables;
        final Table<SecurityGroupId, SecurityGroup> securityGroups;
        final Table<NetworkAclId, NetworkAcl> networkAcls;
        final Table<InternetServiceId, InternetService> internetServices;
        final Table<PublicIpId, PublicIp> publicIps;
        final Table<NatServiceId, NatService> natServices;
        final Table<NetPeeringId, NetPeering> netPeerings;
        final Table<TagKey, Tag> tags;
        final Table<Long, Event> events;
        long lastSequence;

        Cell() {
            failedSubregions = new Table<>();
            hosts = new Table<>();
            placements = new Table<>();
            nets = new Table<>();
            defaultNetsGiven = new Table<>();
            dhcpOptionsSets = new Table<>();
            keypairs = new Table<>();
            insightsPaths = new Table<>();
            insightsAnalyses = new Table<>();
            subnets = new Table<>();
            vms = new Table<>();
            volumes = new Table<>();
            launchTemplates = new Table<>();
            nics = new Table<>();
            routeTables = new Table<>();
            securityGroups = new Table<>();
            networkAcls = new Table<>();
            internetServices = new Table<>();
            publicIps = new Table<>();
            natServices = new Table<>();
            netPeerings = new Table<>();
            tags = new Table<>();
            events = new Table<>();
        }

        private Cell(Cell from) {
            failedSubregions = from.failedSubregions.fork();
            hosts = from.hosts.fork();
            placements = from.placements.fork();
            nets = from.nets.fork();
            defaultNetsGiven = from.defaultNetsGiven.fork();
            dhcpOptionsSets = from.dhcpOptionsSets.fork();
            keypairs = from.keypairs.fork();
            insightsPaths = from.insightsPaths.fork();
            insightsAnalyses = from.insightsAnalyses.fork();
            subnets = from.subnets.fork();
            vms = from.vms.fork();
            volumes = from.volumes.fork();
            launchTemplates = from.launchTemplates.fork();
            nics = from.nics.fork();
            routeTables = from.routeTables.fork();
            securityGroups = from.securityGroups.fork();
            networkAcls = from.networkAcls.fork();
            internetServices = from.internetServices.fork();
            publicIps = from.publicIps.fork();
            natServices = from.natServices.fork();
            netPeerings = from.netPeerings.fork();
            tags = from.tags.fork();
            events = from.events.fork();
            lastSequence = from.lastSequence;
        }

        Cell fork() {
            return new Cell(this);
        }
    }

    /** What a tag's value is kept under. */
    record TagKey(ResourceId resource, AccountId owner, String key) {

        static TagKey of(Tag tag) {
            return new TagKey(tag.resource(), tag.owner(), tag.key());
        }
    }

    /** Rows by key, shared with the table it was forked from until it is changed. */
    static final class Table<K, V> {
        private Map<K, V> rows = new LinkedHashMap<>();
        private boolean shared;

        Table<K, V> fork() {
            Table<K, V> fork = new Table<>();
            fork.rows = rows;
            fork.shared = true;
            return fork;
        }

        Stream<V> where(Predicate<? super V> predicate) {
            return rows.values().stream().filter(predicate);
        }

        boolean has(K key) {
            return rows.containsKey(key);
        }

        int size() {
            return rows.size();
        }

        List<K> keys() {
            return new ArrayList<>(rows.keySet());
        }

        Optional<V> row(K key) {
            return Optional.ofNullable(rows.get(key));
        }

        void put(K key, V row) {
            own().put(key, row);
        }

        void remove(K key) {
            own().remove(key);
        }

        void removeIf(Predicate<? super V> predicate) {
            own().values().removeIf(predicate);
        }

        private Map<K, V> own() {
            if (shared) {
                rows = new LinkedHashMap<>(rows);
                shared = false;
            }
            return rows;
        }
    }
}
