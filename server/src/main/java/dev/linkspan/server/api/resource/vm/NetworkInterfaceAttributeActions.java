package dev.linkspan.server.api.resource.vm;

import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicChange;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.operation.Nics;
import dev.linkspan.core.operation.Visible;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.AttributeValue;
import dev.linkspan.server.api.ec2.AttributeValue.FlagRequest;
import dev.linkspan.server.api.ec2.AttributeValue.TextRequest;
import dev.linkspan.server.api.ec2.Done;
import dev.linkspan.server.api.ec2.FixedParameter;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.resource.vm.NetworkInterfaceItem.Attachment;
import dev.linkspan.server.api.resource.vm.NetworkInterfaceItem.NamedGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The actions that tell and change one attribute of a network interface. */
public final class NetworkInterfaceAttributeActions {

    record DescribeNetworkInterfaceAttributeRequest(
            @Required NicId networkInterfaceId, @Required String attribute) {}

    /** One attribute a call, as EC2 has it. */
    record ModifyNetworkInterfaceAttributeRequest(
            @Required NicId networkInterfaceId,
            Optional<TextRequest> description,
            Optional<FlagRequest> sourceDestCheck,
            List<SecurityGroupId> securityGroupId,
            Optional<AttachmentRequest> attachment,
            Optional<Boolean> associatePublicIpAddress) {

        NicChange change() {
            Optional<List<SecurityGroupId>> groups =
                    Optional.of(securityGroupId).filter(ids -> !ids.isEmpty());
            AttributeValue.requireOne(
                    Stream.of(description, sourceDestCheck, groups, attachment, associatePublicIpAddress)
                            .filter(Optional::isPresent)
                            .count(),
                    "Description.Value, SourceDestCheck.Value, SecurityGroupId, Attachment");
            return new NicChange(
                    description.map(TextRequest::value),
                    groups,
                    sourceDestCheck.map(FlagRequest::value),
                    attachment.map(AttachmentRequest::change));
        }
    }

    record AttachmentRequest(Optional<NicLinkId> attachmentId, Optional<Boolean> deleteOnTermination) {

        private NicChange.LinkChange change() {
            if (attachmentId.isEmpty() || deleteOnTermination.isEmpty()) {
                throw new Refusal(
                        RefusalCode.MISSING_PARAMETER,
                        "Attachment needs both Attachment.AttachmentId and Attachment.DeleteOnTermination.");
            }
            return new NicChange.LinkChange(attachmentId.get(), deleteOnTermination.get());
        }
    }

    private final Nics nics;

    public NetworkInterfaceAttributeActions(Nics nics) {
        this.nics = nics;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.read(
                        "DescribeNetworkInterfaceAttribute",
                        DescribeNetworkInterfaceAttributeRequest.class,
                        NetworkInterfaceAttributeActions::describe),
                Operation.change(
                        "ModifyNetworkInterfaceAttribute", ModifyNetworkInterfaceAttributeRequest.class, this::modify));
    }

    private static Object describe(ReadCall call, DescribeNetworkInterfaceAttributeRequest request) {
        Nic nic = Visible.nic(call.snapshot(), call.caller(), Parameter.NIC, request.networkInterfaceId());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("NetworkInterfaceId", nic.id());
        answer.put(
                request.attribute(),
                value(call.snapshot(), request.attribute(), DescribedNic.of(call.snapshot(), nic)));
        return answer;
    }

    private static Object value(Snapshot snapshot, String attribute, DescribedNic seen) {
        Nic nic = seen.nic();
        return switch (attribute) {
            case "description" -> AttributeValue.of(nic.description());
            case "sourceDestCheck" -> AttributeValue.of(nic.sourceDestChecked());
            case "groupSet" -> NamedGroup.of(seen);
            case "attachment" -> Attachment.of(nic).<Object>map(it -> it).orElse(Map.of());
            case "associatePublicIpAddress" -> getsPublicAddress(snapshot, nic);
            default ->
                throw Refusal.badValue(
                        "Attribute",
                        attribute,
                        "one of description, groupSet, sourceDestCheck, attachment, associatePublicIpAddress is expected");
        };
    }

    /** What its instance gets whenever it starts, the primary interface has. */
    private static boolean getsPublicAddress(Snapshot snapshot, Nic nic) {
        return nic.link()
                .filter(NicLink::primary)
                .flatMap(link -> snapshot.vms().find(link.vm()))
                .filter(Vm::publicIp)
                .isPresent();
    }

    private Object modify(ChangeCall call, ModifyNetworkInterfaceAttributeRequest request) {
        if (request.associatePublicIpAddress().isPresent()) {
            Nic nic = Visible.nic(call.snapshot(), call.caller(), Parameter.NIC, request.networkInterfaceId());
            FixedParameter.requireOnly(
                    "AssociatePublicIpAddress",
                    request.associatePublicIpAddress(),
                    getsPublicAddress(call.snapshot(), nic),
                    "it is chosen when the instance is launched");
        }
        nics.update(call.work(), call.caller(), request.networkInterfaceId(), request.change());
        return Done.IT_IS;
    }
}
