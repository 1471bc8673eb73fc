package dev.linkspan.server.api.resource.vm;

import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmChange;
import dev.linkspan.core.net.VmSettingsChange;
import dev.linkspan.core.operation.Visible;
import dev.linkspan.core.operation.Vms;
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
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.resource.vm.NetworkInterfaceItem.NamedGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** The actions that tell and change one attribute of an instance. */
public final class InstanceAttributeActions {

    private static final String TYPE = "instanceType";
    private static final String USER_DATA = "userData";
    private static final String API_TERMINATION = "disableApiTermination";
    private static final String API_STOP = "disableApiStop";
    private static final String SHUTDOWN_BEHAVIOR = "instanceInitiatedShutdownBehavior";
    private static final String SOURCE_DEST_CHECK = "sourceDestCheck";
    private static final String EBS_OPTIMIZED = "ebsOptimized";

    record DescribeInstanceAttributeRequest(
            @Required VmId instanceId, @Required String attribute) {}

    record GetInstanceUefiDataRequest(@Required VmId instanceId) {}

    /** Machines boot without UEFI, so there is no data of it. */
    record UefiAnswer(VmId instanceId) {}

    /** One attribute a call, as EC2 has it: {@code Attribute} with {@code Value}, or as a parameter of its own. */
    record ModifyInstanceAttributeRequest(
            @Required VmId instanceId,
            Optional<String> attribute,
            Optional<String> value,
            Optional<TextRequest> instanceType,
            Optional<TextRequest> userData,
            Optional<FlagRequest> disableApiTermination,
            Optional<FlagRequest> disableApiStop,
            Optional<TextRequest> instanceInitiatedShutdownBehavior,
            Optional<FlagRequest> sourceDestCheck,
            Optional<FlagRequest> ebsOptimized,
            List<SecurityGroupId> groupId) {

        VmChange change() {
            Map<String, String> wanted = wanted();
            AttributeValue.requireOne(wanted.size() + (groupId.isEmpty() ? 0 : 1), ACCEPTED);
            VmSettingsChange settings = new VmSettingsChange(
                    text(wanted, TYPE),
                    Optional.empty(),
                    text(wanted, USER_DATA),
                    flag(wanted, API_TERMINATION),
                    text(wanted, SHUTDOWN_BEHAVIOR),
                    Optional.empty(),
                    flag(wanted, EBS_OPTIMIZED),
                    Optional.empty(),
                    flag(wanted, API_STOP));
            return new VmChange(
                    settings, Optional.of(groupId).filter(ids -> !ids.isEmpty()), flag(wanted, SOURCE_DEST_CHECK));
        }

        /** The values by attribute, in whichever form they were given. */
        private Map<String, String> wanted() {
            Map<String, String> wanted = new LinkedHashMap<>();
            attribute.ifPresent(name -> wanted.put(requireChangeable(name), requireValue()));
            instanceType.ifPresent(it -> wanted.put(TYPE, it.value()));
            userData.ifPresent(it -> wanted.put(USER_DATA, it.value()));
            instanceInitiatedShutdownBehavior.ifPresent(it -> wanted.put(SHUTDOWN_BEHAVIOR, it.value()));
            put(wanted, API_TERMINATION, disableApiTermination);
            put(wanted, API_STOP, disableApiStop);
            put(wanted, SOURCE_DEST_CHECK, sourceDestCheck);
            put(wanted, EBS_OPTIMIZED, ebsOptimized);
            return wanted;
        }

        private String requireValue() {
            return value.orElseThrow(() ->
                    new Refusal(RefusalCode.MISSING_PARAMETER, "The parameter Value is required beside Attribute."));
        }

        private static String requireChangeable(String name) {
            if (!CHANGEABLE.contains(name)) {
                throw Refusal.badValue("Attribute", name, "one of %s can be changed", ACCEPTED);
            }
            return name;
        }

        private static void put(Map<String, String> wanted, String name, Optional<FlagRequest> flag) {
            flag.ifPresent(it -> wanted.put(name, Boolean.toString(it.value())));
        }

        private static Optional<String> text(Map<String, String> wanted, String name) {
            return Optional.ofNullable(wanted.get(name));
        }

        private static Optional<Boolean> flag(Map<String, String> wanted, String name) {
            return text(wanted, name).map(text -> switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw Refusal.malformed(name, text, "true or false is expected");
            });
        }
    }

    private static final List<String> CHANGEABLE =
            List.of(TYPE, USER_DATA, API_TERMINATION, API_STOP, SHUTDOWN_BEHAVIOR, SOURCE_DEST_CHECK, EBS_OPTIMIZED);

    private static final String ACCEPTED = String.join(", ", CHANGEABLE) + ", GroupId";

    record Enclave(boolean enabled) {}

    private static final Map<String, Function<DescribedVm, Object>> ATTRIBUTES = Map.ofEntries(
            Map.entry(TYPE, seen -> AttributeValue.of(seen.vm().settings().type())),
            Map.entry(USER_DATA, InstanceAttributeActions::userData),
            Map.entry(
                    API_TERMINATION,
                    seen -> AttributeValue.of(seen.vm().settings().deletionProtection())),
            Map.entry(API_STOP, seen -> AttributeValue.of(seen.vm().settings().stopProtection())),
            Map.entry(
                    SHUTDOWN_BEHAVIOR,
                    seen -> AttributeValue.of(seen.vm().settings().shutdownBehavior())),
            Map.entry(SOURCE_DEST_CHECK, seen -> new AttributeValue(seen.ofPrimaryNic(Nic::sourceDestChecked))),
            Map.entry(
                    EBS_OPTIMIZED,
                    seen -> AttributeValue.of(seen.vm().settings().bsuOptimized())),
            Map.entry(
                    "rootDeviceName",
                    seen -> AttributeValue.of(seen.vm().system().rootDevice())),
            Map.entry("groupSet", seen -> seen.primaryNic().map(NamedGroup::of).orElse(List.of())),
            Map.entry(
                    "blockDeviceMapping",
                    seen -> seen.volumes().stream()
                            .map(InstanceItem.BlockDevice::of)
                            .toList()),
            Map.entry("productCodes", _ -> List.of()),
            Map.entry("enaSupport", _ -> AttributeValue.of(false)),
            Map.entry("enclaveOptions", _ -> new Enclave(false)),
            Map.entry("kernel", _ -> AttributeValue.NONE),
            Map.entry("ramdisk", _ -> AttributeValue.NONE),
            Map.entry("sriovNetSupport", _ -> AttributeValue.NONE));

    private final Vms vms;

    public InstanceAttributeActions(Vms vms) {
        this.vms = vms;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.read(
                        "DescribeInstanceAttribute",
                        DescribeInstanceAttributeRequest.class,
                        InstanceAttributeActions::describe),
                Operation.read(
                        "GetInstanceUefiData", GetInstanceUefiDataRequest.class, InstanceAttributeActions::uefiData),
                Operation.change("ModifyInstanceAttribute", ModifyInstanceAttributeRequest.class, this::modify));
    }

    private static Object describe(ReadCall call, DescribeInstanceAttributeRequest request) {
        Function<DescribedVm, Object> attribute = Optional.ofNullable(ATTRIBUTES.get(request.attribute()))
                .orElseThrow(() -> Refusal.badValue(
                        "Attribute",
                        request.attribute(),
                        "one of %s is expected",
                        String.join(", ", new TreeSet<>(ATTRIBUTES.keySet()))));
        Vm vm = Visible.vm(call.snapshot(), call.caller(), Parameter.VM, request.instanceId());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("InstanceId", vm.id());
        answer.put(request.attribute(), attribute.apply(DescribedVm.of(call.snapshot(), vm)));
        return answer;
    }

    private static AttributeValue userData(DescribedVm seen) {
        return new AttributeValue(Optional.of(seen.vm().settings().userData()).filter(data -> !data.isEmpty()));
    }

    private static Object uefiData(ReadCall call, GetInstanceUefiDataRequest request) {
        return new UefiAnswer(Visible.vm(call.snapshot(), call.caller(), Parameter.VM, request.instanceId())
                .id());
    }

    private Object modify(ChangeCall call, ModifyInstanceAttributeRequest request) {
        vms.update(call.work(), call.caller(), request.instanceId(), request.change());
        return Done.IT_IS;
    }
}
