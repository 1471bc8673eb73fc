package dev.linkspan.core.operation;

import dev.linkspan.core.account.Quota;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.networkacl.NetworkAcl;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.securitygroup.SecurityGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a limit is used.
 *
 * @param where the resource inside which it counts; empty for what counts over the whole account
 * @param limit the most that there may be, {@link Quota#UNLIMITED} where it is nobody's concern
 */
public record QuotaUsage(Quota quota, Optional<ResourceId> where, int limit, int used) {

    /** Every limit of the account, those inside a resource once for each of its resources. */
    public static List<QuotaUsage> of(Snapshot snapshot, AccountId account) {
        Counter counter = new Counter(snapshot, account, new ArrayList<>());
        counter.countAccount();
        snapshot.nets().ofOwner(account).stream().map(Net::id).forEach(counter::countNet);
        snapshot.nets().ofOwner(account).forEach(counter::countNetworkAcls);
        snapshot.routeTables().ofOwner(account).forEach(counter::countRouteTable);
        snapshot.securityGroups().ofOwner(account).forEach(counter::countSecurityGroup);
        return List.copyOf(counter.found());
    }

    private record Counter(Snapshot snapshot, AccountId account, List<QuotaUsage> found) {

        void countAccount() {
            add(Quota.NETS, snapshot.nets().countOfOwner(account));
            add(Quota.VMS, snapshot.vms().countOfOwner(account));
            add(Quota.VOLUMES, snapshot.volumes().countOfOwner(account));
            add(Quota.LAUNCH_TEMPLATES, snapshot.launchTemplates().countOfOwner(account));
            add(Quota.NICS, snapshot.nics().countOfOwner(account));
            add(Quota.INTERNET_SERVICES, snapshot.internetServices().countOfOwner(account));
            add(Quota.NAT_SERVICES, snapshot.natServices().countOfOwner(account));
            add(Quota.PUBLIC_IPS, snapshot.publicIps().countOfOwner(account));
            add(Quota.DHCP_OPTIONS_SETS, snapshot.dhcpOptionsSets().countOfOwner(account));
            add(Quota.KEYPAIRS, snapshot.keypairs().countOfOwner(account));
            add(Quota.ACCESS_KEYS, snapshot.accessKeys().countOfOwner(account));
            add(Quota.TAGS, snapshot.tags().countOfOwner(account));
            add(Quota.OUTSTANDING_PEERING_REQUESTS, snapshot.peerings().countOutstandingOfRequester(account));
            add(Quota.DEAD_PEERING_REQUESTS, snapshot.peerings().countDeadOfRequester(account));
        }

        void countNet(NetId net) {
            add(Quota.ACTIVE_PEERINGS_PER_NET, net, snapshot.peerings().countActiveOfNet(net));
            add(Quota.SUBNETS_PER_NET, net, snapshot.subnets().ofNet(net).size());
            add(
                    Quota.ROUTE_TABLES_PER_NET,
                    net,
                    snapshot.routeTables().ofNet(net).size());
            add(
                    Quota.SECURITY_GROUPS_PER_NET,
                    net,
                    snapshot.securityGroups().ofNet(net).size());
        }

        void countNetworkAcls(Net net) {
            List<NetworkAcl> acls = NetworkAcls.of(snapshot, net).all();
            add(Quota.NETWORK_ACLS_PER_NET, net.id(), acls.size());
            acls.forEach(acl ->
                    add(Quota.ENTRIES_PER_NETWORK_ACL, acl.id(), acl.entries().size()));
        }

        void countRouteTable(RouteTable table) {
            add(Quota.ROUTES_PER_TABLE, table.id(), table.routes().size());
        }

        void countSecurityGroup(SecurityGroup group) {
            add(Quota.RULES_PER_SECURITY_GROUP, group.id(), group.rules().size());
        }

        private void add(Quota quota, int used) {
            found.add(new QuotaUsage(quota, Optional.empty(), limit(quota), used));
        }

        private void add(Quota quota, ResourceId where, int used) {
            found.add(new QuotaUsage(quota, Optional.of(where), limit(quota), used));
        }

        private int limit(Quota quota) {
            return Quotas.limit(snapshot, account, quota);
        }
    }
}
