package dev.linkspan.server.api.oapi;

import dev.linkspan.core.catalogue.VmType;
import dev.linkspan.core.catalogue.VmTypes;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.server.api.call.AnswerShape;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.json.FilterArguments;
import java.util.List;
import java.util.Map;

/** The call that lists VM types, which anybody may make. */
public final class VmTypeCalls {

    record VmTypeAnswer(
            String vmTypeName,
            int vcoreCount,
            double memorySize,
            int eth,
            int gpu,
            int maxPrivateIps,
            boolean bsuOptimized,
            int volumeCount) {}

    /** No type has disks of its own. */
    private static final int NO_DISKS = 0;

    private static final FilterTable<VmType> FILTERS = FilterTable.<VmType>of()
            .text("VmTypeNames", VmType::name)
            .number("VcoreCounts", VmType::vcores)
            .decimal("MemorySizes", VmType::memoryGib)
            .number("Eths", _ -> NicLink.MOST_PER_VM)
            .number("Gpus", _ -> 0)
            .number("VolumeCounts", _ -> NO_DISKS)
            .number("VolumeSizes", _ -> List.of())
            .text("EphemeralsTypes", _ -> List.of())
            .flag("BsuOptimized", _ -> false);

    private static final Paging<VmType> PAGING = new Paging<>(
            "VmTypes", type -> Position.byName("%04d".formatted(VmTypes.all().indexOf(type))));

    public List<Operation> operations() {
        return List.of(Operation.openList(
                "ReadVmTypes",
                ListRequest.class,
                new AnswerShape.Items(PAGING.key(), VmTypeAnswer.class, FILTERS.kinds()),
                VmTypeCalls::list));
    }

    private static Map<String, Object> list(ListRequest request) {
        FilterArguments filters = request.filters().orElse(FilterArguments.NONE);
        return PAGING.page(
                request,
                () -> VmTypes.all().stream().filter(FILTERS.predicate(filters, _ -> List.of())),
                page -> page.stream().<Object>map(VmTypeCalls::answer).toList());
    }

    private static VmTypeAnswer answer(VmType type) {
        return new VmTypeAnswer(
                type.name(),
                type.vcores(),
                type.memoryGib(),
                NicLink.MOST_PER_VM,
                0,
                Nic.MOST_ADDRESSES,
                false,
                NO_DISKS);
    }
}
