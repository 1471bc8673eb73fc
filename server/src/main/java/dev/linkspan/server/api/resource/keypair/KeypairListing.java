package dev.linkspan.server.api.resource.keypair;

import static dev.linkspan.server.api.listing.Names.both;
import static dev.linkspan.server.api.listing.Names.ec2;
import static dev.linkspan.server.api.listing.Names.outscale;

import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.keypair.Keypair;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import java.util.List;

/** How keypairs are listed: the caller's own. */
final class KeypairListing {

    static final Field<Keypair, KeypairId> ID =
            Field.id(both("KeypairIds", "key-pair-id"), KeypairId.KIND, Keypair::id);

    private static final Fields<Keypair> FIELDS = Fields.<Keypair>of()
            .with(ID)
            .text(both("KeypairNames", "key-name"), Keypair::name)
            .text(outscale("KeypairFingerprints"), Fingerprints::outscale)
            .text(ec2("fingerprint"), Fingerprints::ec2)
            .text(outscale("KeypairTypes"), keypair -> keypair.type().label())
            .tags(Keypair::id);

    static final Listing<Keypair> KEYPAIRS = Listing.whole(
            FIELDS, KeypairListing::candidates, keypair -> Position.byCreation(keypair.createdAt(), keypair.id()));

    private KeypairListing() {}

    private static List<Keypair> candidates(ReadCall call, Criteria<Keypair> criteria) {
        return criteria.named(ID)
                .map(ids -> ids.stream()
                        .flatMap(id -> call.snapshot().keypairs().find(id).stream())
                        .filter(keypair -> keypair.owner().equals(call.caller()))
                        .toList())
                .orElseGet(() -> call.snapshot().keypairs().ofOwner(call.caller()));
    }
}
