package dev.linkspan.server.lifecycle;

import dev.linkspan.server.lifecycle.Expected.Done;
import dev.linkspan.server.lifecycle.Expected.Kind;
import dev.linkspan.server.lifecycle.Expected.Limits;
import dev.linkspan.server.lifecycle.Expected.Listed;
import dev.linkspan.server.lifecycle.Expected.Made;
import dev.linkspan.server.lifecycle.Expected.NoCall;
import dev.linkspan.server.lifecycle.Expected.Problem;
import dev.linkspan.server.lifecycle.Expected.Refused;
import dev.linkspan.server.lifecycle.Expected.Used;
import dev.linkspan.server.lifecycle.Expected.View;
import dev.linkspan.server.lifecycle.Expected.VmTerminated;
import dev.linkspan.server.lifecycle.Step.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What each call answers, by the rules P, L and T alone. It is as plain as can be: it keeps everything in lists, looks at
 * all of it for every question, and uses nothing of the product. What is asked of a peering is {@link ModelLifecycle}.
 */
final class Model {

    private final ModelWorld world;
    private final ModelLifecycle lifecycle;

    Model(Script settings, Instant start) {
        this.world = new ModelWorld(start);
        this.lifecycle = new ModelLifecycle(world, settings.requiresVm(), settings.overlappingPeers());
    }

    ModelWorld world() {
        return world;
    }

    /** @param request what the call is known by in the event log */
    Expected answer(Step step, String request) {
        return switch (step) {
            case Step.CreateNet it -> createNet(it);
            case Step.DeleteNet it -> deleteNet(it);
            case Step.CreateSubnet it -> createSubnet(it);
            case Step.DeleteSubnet it -> deleteSubnet(it);
            case Step.CreateVm it -> createVm(it);
            case Step.DeleteVm it -> deleteVm(it);
            case Step.CreateNetPeering it -> lifecycle.create(it, request);
            case Step.AcceptNetPeering it -> lifecycle.accept(it, request);
            case Step.RejectNetPeering it -> lifecycle.reject(it, request);
            case Step.DeleteNetPeering it -> lifecycle.delete(it, request);
            case Step.CreateTags it ->
                tagging(it, peering -> peering.tagsOf(it.by()).put(it.key(), it.value()));
            case Step.DeleteTags it ->
                tagging(it, peering -> peering.tagsOf(it.by()).remove(it.key(), it.value()));
            case Step.ReadNetPeerings it -> read(it);
            case Step.ReadQuotas it -> readQuotas(it);
            case Step.SetQuota it -> {
                world.limit(it.account(), it.limit(), it.most());
                yield new NoCall();
            }
            case Step.Wait(long millis) -> waiting(Optional.of(Duration.ofMillis(millis)));
            case Step.WaitUntil it -> waiting(world.until(it));
            case Step.Sweep _ -> {
                world.allPeerings().forEach(peering -> peering.swept(world.now()));
                yield new NoCall();
            }
        };
    }

    private NoCall waiting(Optional<Duration> time) {
        time.ifPresent(world::advance);
        return new NoCall();
    }

    private Made createNet(Step.CreateNet step) {
        ModelNet net = new ModelNet(step.net(), step.in(), step.range(), step.by());
        world.add(net);
        return new Made(Kind.NET, net, "/Net/NetId");
    }

    private Optional<ModelNet> own(String net, String account) {
        return world.net(net).filter(it -> it.owner.equals(account));
    }

    /** L8. */
    private Expected deleteNet(Step.DeleteNet step) {
        Optional<ModelNet> own = own(step.net(), step.by());
        if (own.isEmpty()) {
            return Refused.because(Problem.unknown("5065", "NetId", step.net()));
        }
        ModelNet net = own.get();
        if (net.hasSubnet || world.live().anyMatch(peering -> peering.connects(net))) {
            return Refused.because(Problem.of(400, "9029", "ResourceConflict"));
        }
        net.gone = !step.dryRun();
        return new Done();
    }

    private Expected createSubnet(Step.CreateSubnet step) {
        Optional<ModelNet> own = own(step.net(), step.by());
        if (own.isEmpty()) {
            return Refused.because(Problem.unknown("5065", "NetId", step.net()));
        }
        if (own.get().hasSubnet) {
            return Refused.because(Problem.of(409, "9058", "ResourceConflict"));
        }
        own.get().hasSubnet = true;
        return new Made(Kind.SUBNET, own.get(), "/Subnet/SubnetId");
    }

    private Expected deleteSubnet(Step.DeleteSubnet step) {
        Optional<ModelNet> own = own(step.net(), step.by()).filter(net -> net.hasSubnet);
        if (own.isEmpty()) {
            return Refused.because(Problem.of(400, "5057", "InvalidResource"));
        }
        if (own.get().vms > 0) {
            return Refused.because(Problem.of(409, "9095", "ResourceConflict"));
        }
        own.get().hasSubnet = false;
        return new Done();
    }

    private Expected createVm(Step.CreateVm step) {
        Optional<ModelNet> own = own(step.net(), step.by()).filter(net -> net.hasSubnet);
        if (own.isEmpty()) {
            return Refused.because(Problem.of(400, "5057", "InvalidResource"));
        }
        own.get().vms++;
        return new Made(Kind.VM, own.get(), "/Vms/0/VmId");
    }

    private Expected deleteVm(Step.DeleteVm step) {
        Optional<ModelNet> own = own(step.net(), step.by()).filter(net -> net.vms > 0);
        if (own.isEmpty()) {
            return Refused.because(Problem.of(400, "5063", "InvalidResource"));
        }
        own.get().vms--;
        return new VmTerminated(own.get());
    }

    /** Tags are each owner's own. */
    private Expected tagging(Step.OnPeering step, Consumer<ModelPeering> change) {
        Optional<ModelPeering> visible = world.visible(step.peering(), step.by(), step.in());
        if (visible.isEmpty()) {
            return Refused.because(Problem.unknown("5035", "ResourceIds", step.peering()));
        }
        change.accept(visible.get());
        return new Done();
    }

    /** AND between filters, OR within one; live ones before dead ones, then by creation. */
    private Listed read(Step.ReadNetPeerings step) {
        Stream<View> found = world.allPeerings().stream()
                .filter(peering -> world.isVisible(peering, step.by(), step.in()))
                .map(peering -> View.of(peering, step.by(), world.now()));
        return new Listed(found.filter(view -> matches(step, view))
                .sorted(Comparator.comparing(View::live).reversed().thenComparing(view -> view.peering().createdAt))
                .toList());
    }

    private boolean matches(Step.ReadNetPeerings step, View view) {
        ModelPeering peering = view.peering();
        BiPredicate<List<String>, String> lets = (wanted, value) -> wanted.isEmpty() || wanted.contains(value);
        return (step.peerings().isEmpty()
                        || step.peerings().stream()
                                .anyMatch(name -> world.peering(name)
                                        .filter(it -> it == peering)
                                        .isPresent()))
                && lets.test(step.states(), view.state().label)
                && lets.test(step.sources(), peering.source.name)
                && lets.test(step.accepters(), peering.accepter.name)
                && lets.test(step.sourceOwners(), peering.source.owner)
                && lets.test(step.accepterOwners(), peering.accepter.owner)
                && lets.test(step.sourceRanges(), peering.source.range)
                && lets.test(step.accepterRanges(), peering.accepter.range)
                && (step.tags().isEmpty()
                        || view.tags().entrySet().stream()
                                .anyMatch(tag -> step.tags().contains(tag.getKey() + "=" + tag.getValue())));
    }

    private Limits readQuotas(Step.ReadQuotas step) {
        Used outstanding = new Used(
                world.outstanding(step.by(), step.in()), world.limit(step.by(), Limit.OUTSTANDING_PEERING_REQUESTS));
        Map<ModelNet, Used> active = new LinkedHashMap<>();
        world.allNets().stream()
                .filter(net -> !net.gone && net.owner.equals(step.by()) && net.region.equals(step.in()))
                .forEach(net -> active.put(
                        net, new Used(world.active(net), world.limit(step.by(), Limit.ACTIVE_PEERINGS_PER_NET))));
        return new Limits(outstanding, active);
    }
}
