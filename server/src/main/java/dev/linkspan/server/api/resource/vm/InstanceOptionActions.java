package dev.linkspan.server.api.resource.vm;

import static dev.linkspan.server.api.listing.Names.ec2;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmOptions;
import dev.linkspan.core.operation.Vms;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Verbatim;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.Ec2Listing;
import dev.linkspan.server.api.ec2.Filter;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import dev.linkspan.server.api.resource.vm.InstanceItem.Metadata;
import dev.linkspan.server.api.resource.vm.InstanceItem.Monitoring;
import dev.linkspan.server.api.resource.vm.InstanceItem.Profile;
import dev.linkspan.server.api.resource.vm.InstanceOptions.IamInstanceProfile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The actions that change what of an instance's surroundings is kept and read back: its {@link VmOptions}. */
public final class InstanceOptionActions {

    /** What an association of an instance profile is called: as its instance, which has one at most. */
    private static final String ASSOCIATION = "iip-assoc-";

    record ModifyInstanceMetadataOptionsRequest(
            @Required VmId instanceId,
            Optional<String> httpEndpoint,
            Optional<String> httpTokens,
            Optional<Integer> httpPutResponseHopLimit,
            Optional<String> httpProtocolIpv6,
            Optional<String> instanceMetadataTags) {

        VmOptions over(VmOptions before) {
            InstanceOptions.Metadata chosen = new InstanceOptions.Metadata(
                    httpEndpoint, httpTokens, httpPutResponseHopLimit, httpProtocolIpv6, instanceMetadataTags);
            return before.withMetadata(chosen.over(before.metadata()));
        }
    }

    record MetadataAnswer(VmId instanceId, Metadata instanceMetadataOptions) {}

    record MonitorRequest(@Required List<VmId> instanceId) {}

    record MonitoringAnswer(List<MonitoredItem> instancesSet) {}

    record MonitoredItem(VmId instanceId, Monitoring monitoring) {}

    record ModifyInstanceCreditSpecificationRequest(
            @Required List<CreditRequest> instanceCreditSpecification, Optional<String> clientToken) {}

    record CreditRequest(
            @Required VmId instanceId, @Required String cpuCredits) {}

    record CreditAnswer(
            List<ChangedItem> successfulInstanceCreditSpecificationSet,
            List<ChangedItem> unsuccessfulInstanceCreditSpecificationSet) {}

    record ChangedItem(VmId instanceId) {}

    record AssociateIamInstanceProfileRequest(
            @Required VmId instanceId, Optional<IamInstanceProfile> iamInstanceProfile) {}

    record ReplaceIamInstanceProfileAssociationRequest(
            @Required String associationId, Optional<IamInstanceProfile> iamInstanceProfile) {}

    record DisassociateIamInstanceProfileRequest(@Required String associationId) {}

    record DescribeIamInstanceProfileAssociationsRequest(
            List<String> associationId, List<Filter> filter, Optional<Integer> maxResults, Optional<String> nextToken) {

        /** Associations are named by what could be a filter too. */
        Ec2Listing.Asked asked() {
            Filter named = new Filter("association-id", associationId);
            List<Filter> filters = associationId.isEmpty()
                    ? filter
                    : Stream.concat(filter.stream(), Stream.of(named)).toList();
            return new Ec2Listing.Asked(new Verbatim("AssociationId"), List.of(), filters, maxResults, nextToken);
        }
    }

    record AssociationItem(
            String associationId, VmId instanceId, Profile iamInstanceProfile, String state, Instant timestamp) {

        static AssociationItem of(Vm vm, String arn, String state) {
            return new AssociationItem(associationOf(vm.id()), vm.id(), Profile.of(arn), state, vm.createdAt());
        }
    }

    record AssociationAnswer(AssociationItem iamInstanceProfileAssociation) {}

    private static final Field<Vm, VmId> ID = Field.id(ec2("instance-id"), VmId.KIND, Vm::id);

    private static final Ec2Listing<Vm> ASSOCIATIONS = Ec2Listing.withoutIds(
            "IamInstanceProfileAssociationSet",
            Listing.whole(
                    Fields.<Vm>of()
                            .with(ID)
                            .text(ec2("association-id"), vm -> associationOf(vm.id()))
                            .text(ec2("state"), _ -> "associated"),
                    InstanceOptionActions::withProfile,
                    vm -> Position.byCreation(vm.createdAt(), vm.id())),
            (_, vm) -> AssociationItem.of(vm, vm.options().instanceProfile().orElseThrow(), "associated"));

    private final Vms vms;

    public InstanceOptionActions(Vms vms) {
        this.vms = vms;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change(
                        "ModifyInstanceMetadataOptions",
                        ModifyInstanceMetadataOptionsRequest.class,
                        this::modifyMetadata),
                Operation.change(
                        "MonitorInstances", MonitorRequest.class, (call, request) -> monitor(call, request, true)),
                Operation.change(
                        "UnmonitorInstances", MonitorRequest.class, (call, request) -> monitor(call, request, false)),
                Operation.change(
                        "ModifyInstanceCreditSpecification",
                        ModifyInstanceCreditSpecificationRequest.class,
                        this::modifyCredits),
                Operation.change(
                        "AssociateIamInstanceProfile", AssociateIamInstanceProfileRequest.class, this::associate),
                Operation.change(
                        "ReplaceIamInstanceProfileAssociation",
                        ReplaceIamInstanceProfileAssociationRequest.class,
                        this::replace),
                Operation.change(
                        "DisassociateIamInstanceProfile",
                        DisassociateIamInstanceProfileRequest.class,
                        this::disassociate),
                Operation.read(
                        "DescribeIamInstanceProfileAssociations",
                        DescribeIamInstanceProfileAssociationsRequest.class,
                        InstanceOptionActions::describe));
    }

    private static Object describe(ReadCall call, DescribeIamInstanceProfileAssociationsRequest request) {
        List<String> known = withProfile(call, Criteria.none()).stream()
                .map(vm -> associationOf(vm.id()))
                .toList();
        request.associationId().stream()
                .filter(id -> !known.contains(id))
                .findFirst()
                .ifPresent(id -> {
                    throw unknown(id);
                });
        return ASSOCIATIONS.page(call, request.asked());
    }

    private Object modifyMetadata(ChangeCall call, ModifyInstanceMetadataOptionsRequest request) {
        Vm vm = vms.choose(call.work(), call.caller(), request.instanceId(), request::over);
        return new MetadataAnswer(vm.id(), Metadata.of(vm.options().metadata()));
    }

    private Object monitor(ChangeCall call, MonitorRequest request, boolean monitored) {
        return new MonitoringAnswer(request.instanceId().stream()
                .map(id -> vms.choose(call.work(), call.caller(), id, options -> options.withMonitored(monitored)))
                .map(vm -> new MonitoredItem(vm.id(), Monitoring.of(vm.options())))
                .toList());
    }

    private Object modifyCredits(ChangeCall call, ModifyInstanceCreditSpecificationRequest request) {
        return new CreditAnswer(
                request.instanceCreditSpecification().stream()
                        .map(wanted -> vms.choose(
                                call.work(),
                                call.caller(),
                                wanted.instanceId(),
                                options -> options.withCpuCredits(InstanceOptions.requireCredits(wanted.cpuCredits()))))
                        .map(vm -> new ChangedItem(vm.id()))
                        .toList(),
                List.of());
    }

    private Object associate(ChangeCall call, AssociateIamInstanceProfileRequest request) {
        return associated(call, request.instanceId(), request.iamInstanceProfile(), false);
    }

    private Object replace(ChangeCall call, ReplaceIamInstanceProfileAssociationRequest request) {
        return associated(call, instanceOf(request.associationId()), request.iamInstanceProfile(), true);
    }

    /** @param replacing whether there must be another profile before, or must be none */
    private Object associated(ChangeCall call, VmId instance, Optional<IamInstanceProfile> profile, boolean replacing) {
        String arn = requireArn(profile, call.caller());
        Vm vm = vms.choose(call.work(), call.caller(), instance, options -> {
            if (options.instanceProfile().isPresent() != replacing) {
                throw replacing ? unknown(associationOf(instance)) : associatedAlready(instance);
            }
            return options.withInstanceProfile(Optional.of(arn));
        });
        return new AssociationAnswer(AssociationItem.of(vm, arn, "associated"));
    }

    private Object disassociate(ChangeCall call, DisassociateIamInstanceProfileRequest request) {
        VmId instance = instanceOf(request.associationId());
        Vm before = call.snapshot()
                .vms()
                .find(instance)
                .filter(vm -> vm.owner().equals(call.caller()))
                .orElseThrow(() -> unknown(request.associationId()));
        String arn = before.options().instanceProfile().orElseThrow(() -> unknown(request.associationId()));
        vms.choose(call.work(), call.caller(), instance, options -> options.withInstanceProfile(Optional.empty()));
        return new AssociationAnswer(AssociationItem.of(before, arn, "disassociated"));
    }

    private static List<Vm> withProfile(ReadCall call, Criteria<Vm> criteria) {
        return DescribedVm.visible(call, criteria.named(ID)).stream()
                .filter(Vm::exists)
                .filter(vm -> vm.options().instanceProfile().isPresent())
                .toList();
    }

    private static String requireArn(Optional<IamInstanceProfile> profile, AccountId caller) {
        return profile.flatMap(it -> it.chosenArn(caller))
                .orElseThrow(() -> new Refusal(
                        RefusalCode.MISSING_PARAMETER,
                        "The parameter IamInstanceProfile.Name or IamInstanceProfile.Arn is required."));
    }

    private static String associationOf(VmId vm) {
        return vm.value().replace(VmId.KIND.prefix(), ASSOCIATION);
    }

    private static VmId instanceOf(String association) {
        return Optional.of(association)
                .filter(text -> text.startsWith(ASSOCIATION))
                .flatMap(text -> VmId.KIND.tryParse(text.replace(ASSOCIATION, VmId.KIND.prefix())))
                .orElseThrow(() -> unknown(association));
    }

    private static Refusal unknown(String association) {
        return Refusal.badValue("AssociationId", association, "no instance profile is associated so");
    }

    private static Refusal associatedAlready(VmId vm) {
        return new Refusal(
                        RefusalCode.INVALID_STATE,
                        "The instance '%s' has an instance profile, which can be replaced.",
                        vm)
                .about(vm);
    }
}
