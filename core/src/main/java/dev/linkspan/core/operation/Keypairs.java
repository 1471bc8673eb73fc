package dev.linkspan.core.operation;

import dev.linkspan.core.account.Quota;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.keypair.Keypair;
import dev.linkspan.core.keypair.NewKeypair;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import java.util.Set;

/** The operations on keypairs. A VM keeps the name of the one that it was given, whatever becomes of that one. */
public final class Keypairs {

    /** Keeps a keypair under a name that is free. */
    public Keypair create(UnitOfWork unit, AccountId caller, NewKeypair wanted) {
        unit.keypairs().findByName(caller, wanted.name()).ifPresent(there -> {
            throw new Refusal(
                            RefusalCode.KEYPAIR_EXISTS,
                            "The %s '%s' is taken: the %s '%s' has it.",
                            Parameter.KEYPAIR_NAME,
                            there.name(),
                            Noun.KEYPAIR,
                            there.id())
                    .about(there.id());
        });
        Quotas.requireRoom(unit, caller, Quota.KEYPAIRS, unit.keypairs()::countOfOwner);
        Keypair keypair = new Keypair(
                unit.newId(KeypairId.KIND),
                caller,
                wanted.name(),
                wanted.publicKey(),
                wanted.privateKeyDigest(),
                unit.now());
        unit.keypairs().save(keypair);
        record(unit, EventType.KEYPAIR_CREATED, keypair);
        return keypair;
    }

    public Keypair delete(UnitOfWork unit, AccountId caller, KeypairId id) {
        Keypair keypair = Visible.keypair(unit, caller, Parameter.KEYPAIR, id);
        unit.tags().deleteOfResource(id);
        unit.keypairs().delete(id);
        record(unit, EventType.KEYPAIR_DELETED, keypair);
        return keypair;
    }

    /** The caller's keypair of this name. */
    public static Keypair named(Snapshot snapshot, AccountId caller, String name) {
        return snapshot.keypairs()
                .findByName(caller, name)
                .orElseThrow(() -> new Refusal(
                        RefusalCode.UNKNOWN_KEYPAIR, "The %s '%s' doesn't exist.", Parameter.KEYPAIR_NAME, name));
    }

    private static void record(UnitOfWork unit, EventType type, Keypair keypair) {
        String detail = "%s named '%s'".formatted(keypair.type().label(), keypair.name());
        unit.record(new Fact(type, keypair.id().value(), Set.of(keypair.owner()), Set.of(), detail));
    }
}
