package dev.linkspan.server.api.ec2;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.net.DhcpOption;
import dev.linkspan.core.net.DhcpOptionsSet;
import dev.linkspan.core.operation.DhcpOptionsSets;
import dev.linkspan.core.operation.Nets;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.core.wording.Verbatim;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.oapi.DhcpOptionsCalls;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The actions on sets of DHCP options: recorded for clients, as nothing here asks for addresses by DHCP. */
public final class DhcpOptionsActions {

    record CreateDhcpOptionsRequest(
            @Required List<DhcpConfiguration> dhcpConfiguration, List<TagSpecification> tagSpecification) {

        Map<DhcpOption, List<String>> options() {
            Map<DhcpOption, List<String>> options = new EnumMap<>(DhcpOption.class);
            for (DhcpConfiguration configuration : dhcpConfiguration) {
                if (options.put(configuration.option(), configuration.value()) != null) {
                    throw new Refusal(
                            RefusalCode.PARAMETER_COMBINATION,
                            "The DHCP option '%s' is there more than once.",
                            configuration.key());
                }
            }
            return options;
        }
    }

    record DhcpConfiguration(@Required String key, List<String> value) {

        private DhcpOption option() {
            return DhcpOption.tryParse(key)
                    .orElseThrow(() -> Refusal.badValue(
                            "DhcpConfiguration.Key",
                            key,
                            "one of %s is expected",
                            Arrays.stream(DhcpOption.values())
                                    .map(DhcpOption::label)
                                    .collect(Collectors.joining(", "))));
        }
    }

    record DescribeDhcpOptionsRequest(
            List<DhcpOptionsSetId> dhcpOptionsId,
            List<Filter> filter,
            Optional<Integer> maxResults,
            Optional<String> nextToken) {}

    /** @param dhcpOptionsId an id, or {@code default} */
    record AssociateDhcpOptionsRequest(
            @Required String dhcpOptionsId, @Required NetId vpcId) {}

    record DeleteDhcpOptionsRequest(@Required DhcpOptionsSetId dhcpOptionsId) {}

    record Answer(Item dhcpOptions) {}

    record Item(
            DhcpOptionsSetId dhcpOptionsId,
            AccountId ownerId,
            List<ConfigurationItem> dhcpConfigurationSet,
            List<TagItem> tagSet) {}

    record ConfigurationItem(String key, List<ValueItem> valueSet) {}

    record ValueItem(String value) {}

    private static final Ec2Filters<DhcpOptionsSet> FILTERS = Ec2Filters.<DhcpOptionsSet>of()
            .with("dhcp-options-id", DhcpOptionsSet::id)
            .with("owner-id", DhcpOptionsSet::owner)
            .with(
                    "key",
                    set -> set.options().keySet().stream()
                            .map(DhcpOption::label)
                            .toList())
            .with(
                    "value",
                    set -> set.options().values().stream().flatMap(List::stream).toList())
            .tags(DhcpOptionsSet::id);

    private static final Ec2Listing<DhcpOptionsSet> LISTING = new Ec2Listing<>(
            "DhcpOptionsSet",
            Ec2Listing.all(DhcpOptionsCalls::candidates, DhcpOptionsActions::position),
            Map.of("dhcp-options-id", "DhcpOptionsSetIds"),
            DhcpOptionsActions::position,
            DhcpOptionsSet::id,
            FILTERS,
            DhcpOptionsActions::item);

    private final DhcpOptionsSets sets;
    private final Nets nets;
    private final Tags tags;

    public DhcpOptionsActions(DhcpOptionsSets sets, Nets nets, Tags tags) {
        this.sets = sets;
        this.nets = nets;
        this.tags = tags;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change("CreateDhcpOptions", CreateDhcpOptionsRequest.class, this::create),
                Operation.change("AssociateDhcpOptions", AssociateDhcpOptionsRequest.class, this::associate),
                Operation.change("DeleteDhcpOptions", DeleteDhcpOptionsRequest.class, this::delete),
                Operation.read("DescribeDhcpOptions", DescribeDhcpOptionsRequest.class, DhcpOptionsActions::describe));
    }

    private Object create(ChangeCall call, CreateDhcpOptionsRequest request) {
        DhcpOptionsSet set = sets.create(call.work(), call.caller(), request.options());
        TagSpecification.apply(call, tags, request.tagSpecification(), "dhcp-options", set.id());
        return new Answer(item(call, set));
    }

    private Object associate(ChangeCall call, AssociateDhcpOptionsRequest request) {
        DhcpOptionsSetId set = DhcpOptionsSet.parseId(new Verbatim("DhcpOptionsId"), request.dhcpOptionsId());
        nets.update(call.work(), call.caller(), request.vpcId(), set);
        return Done.IT_IS;
    }

    private Object delete(ChangeCall call, DeleteDhcpOptionsRequest request) {
        sets.delete(call.work(), call.caller(), request.dhcpOptionsId());
        return Done.IT_IS;
    }

    private static Object describe(ReadCall call, DescribeDhcpOptionsRequest request) {
        return LISTING.page(
                call,
                new Ec2Listing.Asked(
                        Parameter.DHCP_OPTIONS_SET,
                        request.dhcpOptionsId(),
                        request.filter(),
                        request.maxResults(),
                        request.nextToken()));
    }

    private static Position position(DhcpOptionsSet set) {
        return Position.byCreation(set.createdAt(), set.id());
    }

    private static Item item(Call call, DhcpOptionsSet set) {
        return new Item(
                set.id(),
                set.owner(),
                set.options().entrySet().stream()
                        .map(option -> new ConfigurationItem(
                                option.getKey().label(),
                                option.getValue().stream().map(ValueItem::new).toList()))
                        .toList(),
                TagItem.of(call, set.id()));
    }
}
