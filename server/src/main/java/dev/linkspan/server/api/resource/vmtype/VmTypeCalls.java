package dev.linkspan.server.api.resource.vmtype;

import static dev.linkspan.server.api.listing.Names.outscale;

import dev.linkspan.core.catalogue.VmType;
import dev.linkspan.core.catalogue.VmTypes;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.server.api.call.AnswerShape;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.oapi.ListRequest;
import dev.linkspan.server.api.oapi.OapiFilters;
import dev.linkspan.server.api.oapi.Paging;
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

    private static final Fields<VmType> FIELDS = Fields.<VmType>of()
            .text(outscale("VmTypeNames"), VmType::name)
            .number(outscale("VcoreCounts"), VmType::vcores)
            .decimal(outscale("MemorySizes"), VmType::memoryGib)
            .number(outscale("Eths"), _ -> NicLink.MOST_PER_VM)
            .number(outscale("Gpus"), _ -> 0)
            .number(outscale("VolumeCounts"), _ -> NO_DISKS)
            .number(outscale("VolumeSizes"), _ -> List.of())
            .text(outscale("EphemeralsTypes"), _ -> List.of())
            .flag(outscale("BsuOptimized"), _ -> false);

    private static final String LIST = "VmTypes";

    public List<Operation> operations() {
        return List.of(Operation.openList(
                "ReadVmTypes",
                ListRequest.class,
                new AnswerShape.Items(LIST, VmTypeAnswer.class, OapiFilters.kinds(FIELDS)),
                VmTypeCalls::list));
    }

    private static Map<String, Object> list(ListRequest request) {
        Criteria<VmType> criteria = OapiFilters.criteria(FIELDS, request.filters());
        return Paging.page(
                LIST,
                request,
                VmTypes.all().stream().filter(criteria::accepts).toList(),
                type -> Position.byName(
                        "%04d".formatted(VmTypes.placeOf(type.name()).orElseThrow())),
                VmTypeCalls::answer);
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
