package dev.linkspan.server.api.resource.dhcp;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.net.DhcpOption;
import dev.linkspan.core.net.DhcpOptionsSet;
import dev.linkspan.core.operation.DhcpOptionsSets;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ResourceTag;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.oapi.OapiListing;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls on DHCP options sets. Everybody has the default one, which names no servers. */
public final class DhcpOptionsCalls {

    record CreateDhcpOptionsRequest(
            Optional<String> domainName,
            List<String> domainNameServers,
            List<String> logServers,
            List<String> ntpServers) {

        /** What names no name servers gets the provided ones, and what names no domain the Region's. */
        Map<DhcpOption, List<String>> options(RegionName region) {
            Map<DhcpOption, List<String>> options = new EnumMap<>(DhcpOption.class);
            domainName.ifPresent(name -> options.put(DhcpOption.DOMAIN_NAME, List.of(name)));
            putUnlessEmpty(options, DhcpOption.DOMAIN_NAME_SERVERS, domainNameServers);
            putUnlessEmpty(options, DhcpOption.LOG_SERVERS, logServers);
            putUnlessEmpty(options, DhcpOption.NTP_SERVERS, ntpServers);
            if (options.isEmpty()) {
                throw new Refusal(
                        RefusalCode.MISSING_PARAMETER,
                        "At least one of DomainName, DomainNameServers, LogServers and NtpServers is required.");
            }
            options.putIfAbsent(DhcpOption.DOMAIN_NAME, List.of("%s.compute.internal".formatted(region)));
            options.putIfAbsent(DhcpOption.DOMAIN_NAME_SERVERS, List.of(DhcpOption.OUTSCALE_SERVERS));
            return options;
        }

        private static void putUnlessEmpty(
                Map<DhcpOption, List<String>> options, DhcpOption option, List<String> values) {
            if (!values.isEmpty()) {
                options.put(option, values);
            }
        }
    }

    record DeleteDhcpOptionsRequest(@Required DhcpOptionsSetId dhcpOptionsSetId) {}

    record DhcpOptionsResponse(DhcpOptionsAnswer dhcpOptionsSet) {}

    record DhcpOptionsAnswer(
            DhcpOptionsSetId dhcpOptionsSetId,
            @JsonProperty("Default") boolean isDefault,
            Optional<String> domainName,
            List<String> domainNameServers,
            List<String> logServers,
            List<String> ntpServers,
            List<ResourceTag> tags) {}

    private static final OapiListing<DhcpOptionsSet, DhcpOptionsAnswer> LISTING = new OapiListing<>(
            "DhcpOptionsSets", DhcpOptionsAnswer.class, DhcpOptionsListing.SETS, DhcpOptionsCalls::answer);

    private final DhcpOptionsSets sets;

    public DhcpOptionsCalls(DhcpOptionsSets sets) {
        this.sets = sets;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change(
                        "CreateDhcpOptions", CreateDhcpOptionsRequest.class, DhcpOptionsResponse.class, this::create),
                Operation.change(
                        "DeleteDhcpOptions", DeleteDhcpOptionsRequest.class, Operation.Done.class, this::delete),
                LISTING.operation("ReadDhcpOptions"));
    }

    private DhcpOptionsResponse create(ChangeCall call, CreateDhcpOptionsRequest request) {
        DhcpOptionsSet set = sets.create(
                call.work(), call.caller(), request.options(call.snapshot().region()));
        return new DhcpOptionsResponse(answer(call, set));
    }

    private Operation.Done delete(ChangeCall call, DeleteDhcpOptionsRequest request) {
        sets.delete(call.work(), call.caller(), request.dhcpOptionsSetId());
        return new Operation.Done();
    }

    private static DhcpOptionsAnswer answer(Call call, DhcpOptionsSet set) {
        return new DhcpOptionsAnswer(
                set.id(),
                set.isDefault(),
                set.values(DhcpOption.DOMAIN_NAME).stream().findFirst(),
                set.values(DhcpOption.DOMAIN_NAME_SERVERS),
                set.values(DhcpOption.LOG_SERVERS),
                set.values(DhcpOption.NTP_SERVERS),
                call.tagsOf(set.id()));
    }
}
