package dev.linkspan.core.operation;

import dev.linkspan.core.account.Quota;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.HostId;
import dev.linkspan.core.id.ImageId;
import dev.linkspan.core.id.InsightsAnalysisId;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.id.LaunchTemplateId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NetworkAclAssociationId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.PublicIpLinkId;
import dev.linkspan.core.id.ReservationId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.id.SubnetId;
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
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupHead;
import dev.linkspan.core.tag.Tag;
import dev.linkspan.core.volume.Volume;
import dev.linkspan.core.wording.Parameter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/** The operations on tags. An account tags what it sees, a peering with its Nets included, and sees its own tags only. */
public final class Tags {

    /** How many tags one account may have on one resource. */
    public static final int MOST_PER_RESOURCE = 50;

    /** How many resources one call may name. */
    public static final int MOST_RESOURCES = 1000;

    private static final int RESOURCES_AT_ONCE = 100;

    /**
     * Names tags that are to be removed.
     *
     * @param value only tags of this value; of any where it is not given
     */
    public record Unwanted(String key, Optional<String> value) {

        boolean means(Tag tag) {
            return tag.key().equals(key) && value.map(tag.value()::equals).orElse(true);
        }
    }

    /**
     * Sets these tags on each of the resources, or none at all where one of them cannot be set.
     *
     * @param values by key
     */
    public void create(
            UnitOfWork unit, AccountId caller, Collection<? extends ResourceId> resources, Map<String, String> values) {
        values.forEach(Tags::requireLengths);
        Set<ResourceId> visible = requireVisible(unit, caller, resources);
        int added = 0;
        for (ResourceId resource : visible) {
            Map<String, String> before = byKey(unit.tags().ofResources(caller, List.of(resource)));
            Map<String, String> after = new LinkedHashMap<>(before);
            after.putAll(values);
            if (after.size() > MOST_PER_RESOURCE) {
                throw new Refusal(
                                RefusalCode.QUOTA,
                                "'%s' would have %d tags, and %d are accepted.",
                                resource.value(),
                                after.size(),
                                MOST_PER_RESOURCE)
                        .about(resource);
            }
            added += after.size() - before.size();
            if (!after.equals(before)) {
                values.forEach((key, value) -> unit.tags().save(new Tag(resource, caller, key, value)));
                record(unit, caller, resource, "set " + inWords(changed(before, values)));
            }
        }
        if (added > 0) {
            Quotas.requireRoom(unit, caller, Quota.TAGS, unit.tags()::countOfOwner, 0);
        }
    }

    /** Removes what there is of these tags from each of the resources. */
    public void delete(
            UnitOfWork unit,
            AccountId caller,
            Collection<? extends ResourceId> resources,
            Collection<Unwanted> unwanted) {
        for (ResourceId resource : requireVisible(unit, caller, resources)) {
            List<Tag> removed = unit.tags().ofResources(caller, List.of(resource)).stream()
                    .filter(tag -> unwanted.stream().anyMatch(it -> it.means(tag)))
                    .toList();
            if (!removed.isEmpty()) {
                removed.forEach(unit.tags()::delete);
                record(unit, caller, resource, "removed " + inWords(byKey(removed)));
            }
        }
    }

    /**
     * The caller's tags on what it may see now, by resource and key, a batch at a time: each is read when it is asked for.
     *
     * @param after nothing before this resource is answered; the beginning where it is empty
     */
    public Stream<List<Tag>> visible(Snapshot snapshot, AccountId caller, Optional<String> after) {
        return snapshot.tags().resourcesOfOwner(caller).stream()
                .filter(resource -> after.isEmpty() || resource.value().compareTo(after.get()) >= 0)
                .gather(Gatherers.windowFixed(RESOURCES_AT_ONCE))
                .map(resources -> visible(snapshot, caller, resources));
    }

    /** The caller's tags on those of these resources that it may see now. */
    public List<Tag> visible(Snapshot snapshot, AccountId caller, Collection<? extends ResourceId> resources) {
        List<? extends ResourceId> seen =
                resources.stream().filter(it -> sees(snapshot, caller, it)).toList();
        return snapshot.tags().ofResources(caller, seen);
    }

    private static void requireLengths(String key, String value) {
        if (key.isEmpty() || key.length() > Tag.LONGEST_KEY) {
            throw Refusal.badValue(Parameter.KEY, key, "a tag's key has 1 to %d characters", Tag.LONGEST_KEY);
        }
        if (value.length() > Tag.LONGEST_VALUE) {
            throw Refusal.badValue(
                    Parameter.VALUE, value, "a tag's value has at most %d characters", Tag.LONGEST_VALUE);
        }
    }

    private static Set<ResourceId> requireVisible(
            Snapshot snapshot, AccountId caller, Collection<? extends ResourceId> resources) {
        if (resources.size() > MOST_RESOURCES) {
            throw Refusal.badValue(
                    Parameter.RESOURCES, resources.size() + " ids", "%d are accepted at most", MOST_RESOURCES);
        }
        Set<ResourceId> distinct = new LinkedHashSet<>(resources);
        for (ResourceId resource : distinct) {
            if (!sees(snapshot, caller, resource)) {
                throw Refusal.unknown(Parameter.RESOURCES, resource);
            }
        }
        return distinct;
    }

    /** Whether it is there for this account (A4) and of a kind that can have tags. */
    private static boolean sees(Snapshot snapshot, AccountId caller, ResourceId resource) {
        return switch (resource) {
            case NetId id -> owns(caller, snapshot.nets().find(id), Net::owner);
            case SubnetId id -> owns(caller, snapshot.subnets().find(id), Subnet::owner);
            case VmId id -> owns(caller, snapshot.vms().find(id).filter(vm -> vm.visibleAt(snapshot.now())), Vm::owner);
            case HostId _ -> false;
            case LaunchTemplateId id -> owns(caller, snapshot.launchTemplates().find(id), LaunchTemplate::owner);
            case VolumeId id -> owns(caller, snapshot.volumes().find(id), Volume::owner);
            case NicId id -> owns(caller, snapshot.nics().find(id), Nic::owner);
            case RouteTableId id -> owns(caller, snapshot.routeTables().findOwner(id), Function.identity());
            case SecurityGroupId id -> owns(caller, snapshot.securityGroups().findHead(id), SecurityGroupHead::owner);
            case SecurityGroupRuleId id ->
                owns(caller, snapshot.securityGroups().findByRule(id), SecurityGroup::owner);
            case DhcpOptionsSetId id ->
                id.equals(DhcpOptionsSet.DEFAULT)
                        || owns(caller, snapshot.dhcpOptionsSets().find(id), DhcpOptionsSet::owner);
            case KeypairId id -> owns(caller, snapshot.keypairs().find(id), Keypair::owner);
            case InsightsPathId id -> owns(caller, snapshot.insightsPaths().find(id), InsightsPath::owner);
            case InsightsAnalysisId id ->
                owns(caller, snapshot.insightsAnalyses().find(id), InsightsAnalysis::owner);
            case InternetServiceId id ->
                owns(caller, snapshot.internetServices().find(id), InternetService::owner);
            case PublicIpId id ->
                owns(caller, snapshot.publicIps().find(id).filter(ip -> !ip.ofMachine()), PublicIp::owner);
            case NatServiceId id ->
                owns(
                        caller,
                        snapshot.natServices().find(id).filter(service -> service.visibleAt(snapshot.now())),
                        NatService::owner);
            case NetworkAclId id -> owns(caller, NetworkAcls.find(snapshot, id), NetworkAcl::owner);
            case NetPeeringId id ->
                snapshot.peerings()
                        .find(id)
                        .filter(peering -> peering.concerns(caller) && peering.visibleAt(snapshot.now()))
                        .isPresent();
            case NicLinkId _,
                    RouteTableLinkId _,
                    NetworkAclAssociationId _,
                    ImageId _,
                    ReservationId _,
                    PublicIpLinkId _ -> false;
        };
    }

    private static <T> boolean owns(AccountId caller, Optional<T> found, Function<T, AccountId> owner) {
        return found.filter(it -> owner.apply(it).equals(caller)).isPresent();
    }

    private static Map<String, String> byKey(Collection<Tag> tags) {
        return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value));
    }

    private static Map<String, String> changed(Map<String, String> before, Map<String, String> values) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.entrySet().removeIf(tag -> tag.getValue().equals(before.get(tag.getKey())));
        return changed;
    }

    private static String inWords(Map<String, String> tags) {
        return Fact.listed(tags.entrySet().stream()
                .map(tag -> tag.getValue().isEmpty() ? tag.getKey() : "%s: %s".formatted(tag.getKey(), tag.getValue()))
                .toList());
    }

    private static void record(UnitOfWork unit, AccountId caller, ResourceId resource, String detail) {
        unit.record(new Fact(EventType.TAGS_CHANGED, resource.value(), Set.of(caller), Set.of(), detail));
    }
}
