package dev.linkspan.server.api.oapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.linkspan.core.net.Net;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ResourceTag;
import java.util.List;

/** The call that lists DHCP options sets. There is one, which every Net has; it names no servers. */
public final class DhcpOptionsCalls {

    record DhcpOptionsAnswer(
            String dhcpOptionsSetId,
            @JsonProperty("Default") boolean isDefault,
            List<String> domainNameServers,
            List<String> logServers,
            List<String> ntpServers,
            List<ResourceTag> tags) {}

    private static final FilterTable<String> FILTERS = FilterTable.<String>of()
            .text("DhcpOptionsSetIds", id -> id)
            .flag("Default", _ -> true)
            .text("DomainNameServers", _ -> List.of())
            .text("DomainNames", _ -> List.of())
            .text("LogServers", _ -> List.of())
            .text("NtpServers", _ -> List.of())
            .text("TagKeys", _ -> List.of())
            .text("TagValues", _ -> List.of())
            .text("Tags", _ -> List.of());

    private static final Listing<String> LISTING = new Listing<>(
            "DhcpOptionsSets",
            (_, _) -> List.of(Net.DEFAULT_DHCP_OPTIONS),
            Position::byName,
            FILTERS,
            (_, id) -> new DhcpOptionsAnswer(id, true, List.of(), List.of(), List.of(), List.of()));

    public List<Operation> operations() {
        return List.of(LISTING.operation("ReadDhcpOptions"));
    }
}
