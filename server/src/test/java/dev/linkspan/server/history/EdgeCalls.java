package dev.linkspan.server.history;

import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.networkacl.NetworkAcl;
import dev.linkspan.core.operation.NetworkAcls;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.server.reachability.Step;
import dev.linkspan.server.reachability.Tenants;
import java.util.Optional;

/** Foretells what is answered to calls about exits, public addresses and network ACLs (X1, X2, N1, N2). */
final class EdgeCalls {

    private final Snapshot now;
    private final Tenants names;

    EdgeCalls(Snapshot now, Tenants names) {
        this.now = now;
        this.names = names;
    }

    /** @param refusal as what the call is refused; empty where it is done */
    record Answer(Optional<RefusalCode> refusal) {

        static Answer refusedIf(boolean so, RefusalCode code) {
            return new Answer(Optional.of(code).filter(_ -> so));
        }
    }

    /** What is answered; empty for other calls, and for those about what is not there. */
    Optional<Answer> answer(Step step) {
        return switch (step) {
            case Step.LinkInternetService(String service, String net) ->
                names.net(net).map(id -> linking(names.internetService(service), id));
            case Step.UnlinkInternetService(String service) ->
                names.internetService(service)
                        .flatMap(now.internetServices()::find)
                        .flatMap(InternetService::net)
                        .map(net -> Answer.refusedIf(!now.publicIps().ofNet(net).isEmpty(), RefusalCode.CONFLICT));
            case Step.LinkPublicIp(String _, String nic, String _) ->
                names.nic(nic)
                        .flatMap(now.nics()::find)
                        .map(it -> Answer.refusedIf(
                                now.internetServices().findOfNet(it.net()).isEmpty(), RefusalCode.NOT_LINKED));
            case Step.AddEntry it ->
                acl(it.acl())
                        .map(acl ->
                                Answer.refusedIf(has(acl, it.direction(), it.number()), RefusalCode.ACL_ENTRY_EXISTS));
            case Step.RemoveEntry(String acl, Direction direction, int number) ->
                acl(acl).map(it -> Answer.refusedIf(!has(it, direction, number), RefusalCode.UNKNOWN_ACL_ENTRY));
            default -> Optional.empty();
        };
    }

    /** A service that is not there yet is made for it. */
    private Answer linking(Optional<InternetServiceId> id, NetId net) {
        boolean taken = id.flatMap(now.internetServices()::find)
                .flatMap(InternetService::net)
                .isPresent();
        return taken
                ? new Answer(Optional.of(RefusalCode.ALREADY_LINKED))
                : Answer.refusedIf(
                        now.internetServices().findOfNet(net).isPresent(), RefusalCode.NET_HAS_INTERNET_SERVICE);
    }

    private Optional<NetworkAcl> acl(String name) {
        return names.networkAcl(name).flatMap(id -> NetworkAcls.find(now, id));
    }

    private static boolean has(NetworkAcl acl, Direction direction, int number) {
        return acl.entries(direction).anyMatch(entry -> entry.number() == number);
    }
}
