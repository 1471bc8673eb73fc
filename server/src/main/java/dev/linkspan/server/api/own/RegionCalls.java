package dev.linkspan.server.api.own;

import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.core.port.Store;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.json.OneOf;
import dev.linkspan.server.api.json.Required;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The operator's calls on Subregions and on time. */
public final class RegionCalls {

    record SubregionRequest(@Required SubregionName subregionName) {}

    record SubregionResponse(
            SubregionName subregionName,
            RegionName regionName,
            @OneOf({"available", "failed"}) String state) {}

    record AdvanceClockRequest(@Required Duration duration) {}

    record ClockResponse(ClockAnswer clock) {}

    record ClockAnswer(@OneOf({"system", "manual"}) String kind, Instant now) {}

    private final Store store;
    private final Subregions subregions;
    private final RegionClock clock;

    public RegionCalls(Store store, Subregions subregions, RegionClock clock) {
        this.store = store;
        this.subregions = subregions;
        this.clock = clock;
    }

    List<Operation.Own<?>> operations() {
        return List.of(
                Operation.own(
                        "FailSubregion",
                        OwnEndpoint.OPERATOR,
                        SubregionRequest.class,
                        SubregionResponse.class,
                        (invocation, request) -> fail(invocation.origin(), request)),
                Operation.own(
                        "HealSubregion",
                        OwnEndpoint.OPERATOR,
                        SubregionRequest.class,
                        SubregionResponse.class,
                        (invocation, request) -> heal(invocation.origin(), request)),
                Operation.own(
                        "AdvanceClock",
                        OwnEndpoint.OPERATOR,
                        AdvanceClockRequest.class,
                        ClockResponse.class,
                        (invocation, request) -> advance(invocation.origin(), request)),
                Operation.own(
                        "ReadClock",
                        OwnEndpoint.OPERATOR,
                        Operation.Nothing.class,
                        ClockResponse.class,
                        (_, _) -> time(clock.now())));
    }

    private SubregionResponse fail(Origin origin, SubregionRequest request) {
        RegionName region = subregions.regionOf(request.subregionName());
        return store.change(region, origin, unit -> {
            subregions.fail(unit, request.subregionName());
            return new SubregionResponse(request.subregionName(), region, "failed");
        });
    }

    private SubregionResponse heal(Origin origin, SubregionRequest request) {
        RegionName region = subregions.regionOf(request.subregionName());
        return store.change(region, origin, unit -> {
            subregions.heal(unit, request.subregionName());
            return new SubregionResponse(request.subregionName(), region, "available");
        });
    }

    private ClockResponse advance(Origin origin, AdvanceClockRequest request) {
        return time(clock.advance(request.duration(), origin));
    }

    private ClockResponse time(Instant now) {
        return new ClockResponse(new ClockAnswer(clock.kind(), now));
    }
}
