package dev.linkspan.server.api.resource.keypair;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.keypair.Keypair;
import dev.linkspan.core.keypair.KeypairType;
import dev.linkspan.core.keypair.NewKeypair;
import dev.linkspan.core.operation.Keypairs;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Operation.ChangeHandler;
import dev.linkspan.server.api.call.ResourceTag;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.oapi.OapiListing;
import java.util.List;
import java.util.Optional;

/** The calls on keypairs. A VM has the name of one; no key is installed anywhere. */
public final class KeypairCalls {

    /** @param publicKey as its file has it, or in Base64; one that is made, where it is absent */
    record CreateKeypairRequest(@Required String keypairName, Optional<String> publicKey) {}

    record DeleteKeypairRequest(Optional<KeypairId> keypairId, Optional<String> keypairName) {}

    record CreateKeypairResponse(KeypairCreatedAnswer keypair) {}

    record KeypairCreatedAnswer(
            String keypairFingerprint,
            KeypairId keypairId,
            String keypairName,
            String keypairType,
            Optional<String> privateKey,
            List<ResourceTag> tags) {}

    record KeypairAnswer(
            String keypairFingerprint,
            KeypairId keypairId,
            String keypairName,
            String keypairType,
            List<ResourceTag> tags) {}

    /** A keypair that is to be kept, with the private key where it was made here. */
    private record Wanted(NewKeypair keypair, Optional<String> privateKey) {}

    private static final OapiListing<Keypair, KeypairAnswer> LISTING =
            new OapiListing<>("Keypairs", KeypairAnswer.class, KeypairListing.KEYPAIRS, KeypairCalls::answer);

    private final Keypairs keypairs;
    private final KeyMaker maker;

    public KeypairCalls(Keypairs keypairs, KeyMaker maker) {
        this.keypairs = keypairs;
        this.maker = maker;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change(
                        "CreateKeypair",
                        CreateKeypairRequest.class,
                        CreateKeypairResponse.class,
                        ChangeHandler.after(this::wanted, this::create)),
                Operation.change("DeleteKeypair", DeleteKeypairRequest.class, Operation.Done.class, this::delete),
                LISTING.operation("ReadKeypairs"));
    }

    private Wanted wanted(AccountId caller, CreateKeypairRequest request) {
        return request.publicKey()
                .map(text -> PublicKeyText.readPlainOrBase64("PublicKey", text))
                .map(key -> new NewKeypair(request.keypairName(), key, Optional.empty()))
                .map(keypair -> new Wanted(keypair, Optional.empty()))
                .orElseGet(() -> {
                    KeyMaker.Made made = maker.make(caller, request.keypairName(), KeypairType.RSA);
                    return new Wanted(made.keypair(), Optional.of(made.privateKey()));
                });
    }

    private CreateKeypairResponse create(ChangeCall call, Wanted wanted) {
        Keypair keypair = keypairs.create(call.work(), call.caller(), wanted.keypair());
        return new CreateKeypairResponse(new KeypairCreatedAnswer(
                Fingerprints.outscale(keypair),
                keypair.id(),
                keypair.name(),
                keypair.type().label(),
                wanted.privateKey(),
                call.tagsOf(keypair.id())));
    }

    /** The name must be that of the id, where both are given. */
    private Operation.Done delete(ChangeCall call, DeleteKeypairRequest request) {
        Optional<KeypairId> named = request.keypairName()
                .map(name ->
                        Keypairs.named(call.snapshot(), call.caller(), name).id());
        KeypairId id = request.keypairId()
                .or(() -> named)
                .orElseThrow(
                        () -> new Refusal(RefusalCode.MISSING_PARAMETER, "A KeypairId or a KeypairName is required."));
        if (named.isPresent() && !named.get().equals(id)) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION,
                    "The KeypairId '%s' and the KeypairName '%s' are not of the same keypair.",
                    id,
                    request.keypairName().orElse(""));
        }
        keypairs.delete(call.work(), call.caller(), id);
        return new Operation.Done();
    }

    private static KeypairAnswer answer(Call call, Keypair keypair) {
        return new KeypairAnswer(
                Fingerprints.outscale(keypair),
                keypair.id(),
                keypair.name(),
                keypair.type().label(),
                call.tagsOf(keypair.id()));
    }
}
