package dev.linkspan.server.api.resource.account;

import static dev.linkspan.server.api.listing.Names.outscale;

import dev.linkspan.core.account.EmailAddress;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.operation.QuotaUsage;
import dev.linkspan.server.api.call.AnswerShape;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.OutscaleWords;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.oapi.ListRequest;
import dev.linkspan.server.api.oapi.OapiFilters;
import dev.linkspan.server.api.oapi.Paging;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The calls that tell an account about itself: who it is, and how much it may have. */
public final class AccountCalls {

    record ReadAccountsResponse(List<AccountAnswer> accounts) {}

    record AccountAnswer(AccountId accountId, Optional<EmailAddress> email, List<String> additionalEmails) {}

    record QuotaAnswer(
            AccountId accountId,
            String name,
            String shortDescription,
            String description,
            String quotaCollection,
            int maxValue,
            int usedValue) {}

    record QuotaTypeAnswer(String quotaType, List<QuotaAnswer> quotas) {

        static QuotaTypeAnswer of(AccountId account, String type, List<QuotaUsage> usages) {
            return new QuotaTypeAnswer(
                    type, usages.stream().map(usage -> answer(account, usage)).toList());
        }
    }

    /** The answer's field that holds the limits. */
    private static final String QUOTAS = "QuotaTypes";

    private static final String GLOBAL = "global";

    private static final Fields<QuotaUsage> FIELDS = Fields.<QuotaUsage>of()
            .text(outscale("QuotaNames"), usage -> usage.quota().outscaleName())
            .text(outscale("QuotaTypes"), AccountCalls::type)
            .text(outscale("Collections"), usage -> collection(usage.quota()))
            .text(outscale("ShortDescriptions"), usage -> usage.quota().description());

    public List<Operation> operations() {
        return List.of(
                Operation.read(
                        "ReadAccounts",
                        Operation.Nothing.class,
                        ReadAccountsResponse.class,
                        (call, _) -> accounts(call)),
                Operation.list(
                        "ReadQuotas",
                        ListRequest.class,
                        new AnswerShape.Items(QUOTAS, QuotaTypeAnswer.class, OapiFilters.kinds(FIELDS)),
                        AccountCalls::quotas));
    }

    private static ReadAccountsResponse accounts(ReadCall call) {
        return new ReadAccountsResponse(call.snapshot().accounts().find(call.caller()).stream()
                .map(account -> new AccountAnswer(account.id(), account.email(), List.of()))
                .toList());
    }

    /** The filters choose limits; pages are of what the limits are grouped by. */
    private static Map<String, Object> quotas(ReadCall call, ListRequest request) {
        Criteria<QuotaUsage> criteria = OapiFilters.criteria(FIELDS, request.filters());
        List<QuotaTypeAnswer> found = QuotaUsage.of(call.snapshot(), call.caller()).stream()
                .filter(criteria::accepts)
                .collect(Collectors.groupingBy(AccountCalls::type))
                .entrySet()
                .stream()
                .map(entry -> QuotaTypeAnswer.of(call.caller(), entry.getKey(), entry.getValue()))
                .toList();
        return Paging.page(QUOTAS, request, found, AccountCalls::position, answer -> answer);
    }

    private static Position position(QuotaTypeAnswer answer) {
        return Position.byName(answer.quotaType()).ranked(answer.quotaType().equals(GLOBAL) ? 0 : 1);
    }

    private static String type(QuotaUsage usage) {
        return usage.where().map(ResourceId::value).orElse(GLOBAL);
    }

    private static String collection(Quota quota) {
        return switch (quota) {
            case VMS, KEYPAIRS, PUBLIC_IPS, VOLUMES, LAUNCH_TEMPLATES -> "Compute";
            case SECURITY_GROUPS_PER_NET, RULES_PER_SECURITY_GROUP -> "Security Groups";
            case ACCESS_KEYS, TAGS -> "Other";
            case NETS,
                    INTERNET_SERVICES,
                    NAT_SERVICES,
                    NICS,
                    DHCP_OPTIONS_SETS,
                    DEAD_PEERING_REQUESTS,
                    SUBNETS_PER_NET,
                    ACTIVE_PEERINGS_PER_NET,
                    OUTSTANDING_PEERING_REQUESTS,
                    ROUTE_TABLES_PER_NET,
                    ROUTES_PER_TABLE,
                    NETWORK_ACLS_PER_NET,
                    ENTRIES_PER_NETWORK_ACL -> "VPC";
        };
    }

    /** No limit is shown as a number that nobody reaches: clients take 0, as the API has it, for what is used up. */
    private static QuotaAnswer answer(AccountId account, QuotaUsage usage) {
        String description = usage.quota().description().in(OutscaleWords.WORDS);
        return new QuotaAnswer(
                account,
                usage.quota().outscaleName(),
                description,
                description,
                collection(usage.quota()),
                usage.limit(),
                usage.used());
    }
}
