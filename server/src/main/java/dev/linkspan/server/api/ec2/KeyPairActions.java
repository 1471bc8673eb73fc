package dev.linkspan.server.api.ec2;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.keypair.Keypair;
import dev.linkspan.core.keypair.KeypairType;
import dev.linkspan.core.keypair.NewKeypair;
import dev.linkspan.core.operation.Keypairs;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Operation.ChangeHandler;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.keypair.Fingerprints;
import dev.linkspan.server.api.keypair.KeyMaker;
import dev.linkspan.server.api.keypair.PublicKeyText;
import dev.linkspan.server.api.oapi.KeypairCalls;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The actions on key pairs. An instance has the name of one; no key is installed anywhere. */
public final class KeyPairActions {

    private static final String RESOURCE_TYPE = "key-pair";

    record CreateKeyPairRequest(
            @Required String keyName,
            Optional<String> keyType,
            Optional<String> keyFormat,
            List<TagSpecification> tagSpecification) {

        KeypairType type() {
            String asked = keyType.orElse("rsa");
            return switch (asked) {
                case "rsa" -> KeypairType.RSA;
                case "ed25519" -> KeypairType.ED25519;
                default -> throw Refusal.malformed("KeyType", asked, "one of rsa, ed25519 is expected");
            };
        }

        void requirePem() {
            InstanceOptions.requireOnly(
                    "KeyFormat", keyFormat, "pem", "private keys are written as pem here, not for PuTTY");
        }
    }

    /** @param publicKeyMaterial in Base64 */
    record ImportKeyPairRequest(
            @Required String keyName, @Required String publicKeyMaterial, List<TagSpecification> tagSpecification) {}

    /** @param keyName only these, each of which must be there */
    record DescribeKeyPairsRequest(
            List<String> keyName, List<KeypairId> keyPairId, List<Filter> filter, Optional<Boolean> includePublicKey) {}

    record DeleteKeyPairRequest(Optional<String> keyName, Optional<KeypairId> keyPairId) {}

    /** A key pair that is to be kept, with the private key where it was made here. */
    private record Wanted(NewKeypair keypair, Optional<String> keyMaterial, List<TagSpecification> tags) {}

    record Answer(
            String keyFingerprint,
            Optional<String> keyMaterial,
            String keyName,
            KeypairId keyPairId,
            List<TagItem> tagSet) {}

    /** @param keyPairId of the one that was deleted, if there was one */
    record DeletedAnswer(
            Optional<KeypairId> keyPairId,
            @JsonProperty("Return") boolean done) {}

    record Item(
            Instant createTime,
            String keyFingerprint,
            String keyName,
            KeypairId keyPairId,
            String keyType,
            Optional<String> publicKey,
            List<TagItem> tagSet) {}

    private static final Ec2Filters<Keypair> FILTERS = Ec2Filters.<Keypair>of()
            .with("key-pair-id", Keypair::id)
            .with("fingerprint", Fingerprints::ec2)
            .with("key-name", Keypair::name)
            .tags(Keypair::id);

    private static final String SET = "KeySet";

    private static final Ec2Listing<Keypair> LISTING = new Ec2Listing<>(
            SET,
            Ec2Listing.all(KeypairCalls::candidates, KeyPairActions::position),
            Map.of("key-pair-id", "KeypairIds"),
            KeyPairActions::position,
            Keypair::id,
            FILTERS,
            (call, keypair) -> item(call, keypair, false));

    private final Keypairs keypairs;
    private final KeyMaker maker;
    private final Tags tags;

    public KeyPairActions(Keypairs keypairs, KeyMaker maker, Tags tags) {
        this.keypairs = keypairs;
        this.maker = maker;
        this.tags = tags;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change(
                        "CreateKeyPair", CreateKeyPairRequest.class, ChangeHandler.after(this::made, this::keep)),
                Operation.change(
                        "ImportKeyPair",
                        ImportKeyPairRequest.class,
                        ChangeHandler.after(KeyPairActions::imported, this::keep)),
                Operation.change("DeleteKeyPair", DeleteKeyPairRequest.class, this::delete),
                Operation.read("DescribeKeyPairs", DescribeKeyPairsRequest.class, KeyPairActions::describe));
    }

    private Wanted made(AccountId caller, CreateKeyPairRequest request) {
        request.requirePem();
        KeyMaker.Made made = maker.make(caller, request.keyName(), request.type());
        return new Wanted(made.keypair(), Optional.of(made.privateKey()), request.tagSpecification());
    }

    private static Wanted imported(AccountId caller, ImportKeyPairRequest request) {
        NewKeypair keypair = new NewKeypair(
                request.keyName(),
                PublicKeyText.read("PublicKeyMaterial", request.publicKeyMaterial()),
                Optional.empty());
        return new Wanted(keypair, Optional.empty(), request.tagSpecification());
    }

    private Object keep(ChangeCall call, Wanted wanted) {
        Keypair keypair = keypairs.create(call.work(), call.caller(), wanted.keypair());
        TagSpecification.apply(call, tags, wanted.tags(), RESOURCE_TYPE, keypair.id());
        return new Answer(
                Fingerprints.ec2(keypair),
                wanted.keyMaterial(),
                keypair.name(),
                keypair.id(),
                TagItem.of(call, keypair.id()));
    }

    /** What has no such name is gone already, and scripts that tidy up count on that; an id is one of the caller's. */
    private Object delete(ChangeCall call, DeleteKeyPairRequest request) {
        if (request.keyName().isPresent() == request.keyPairId().isPresent()) {
            throw request.keyName().isPresent()
                    ? new Refusal(RefusalCode.PARAMETER_COMBINATION, "KeyName and KeyPairId cannot be given together.")
                    : new Refusal(RefusalCode.MISSING_PARAMETER, "A KeyName or a KeyPairId is required.");
        }
        Optional<KeypairId> meant = request.keyPairId()
                .or(() -> request.keyName()
                        .flatMap(name -> call.snapshot().keypairs().findByName(call.caller(), name))
                        .map(Keypair::id));
        meant.ifPresent(id -> keypairs.delete(call.work(), call.caller(), id));
        return new DeletedAnswer(meant, true);
    }

    private static Object describe(ReadCall call, DescribeKeyPairsRequest request) {
        List<KeypairId> ids = new ArrayList<>(request.keyPairId());
        for (String name : request.keyName()) {
            ids.add(Keypairs.named(call.snapshot(), call.caller(), name).id());
        }
        boolean withKey = request.includePublicKey().orElse(false);
        Ec2Listing.Page<Keypair> page = LISTING.cut(
                call,
                new Ec2Listing.Asked(Parameter.KEYPAIR, ids, request.filter(), Optional.empty(), Optional.empty()));
        return page.body(
                SET,
                page.items().stream()
                        .map(keypair -> item(page.call(), keypair, withKey))
                        .toList());
    }

    private static Position position(Keypair keypair) {
        return Position.byCreation(keypair.createdAt(), keypair.id());
    }

    private static Item item(Call call, Keypair keypair, boolean withKey) {
        return new Item(
                keypair.createdAt(),
                Fingerprints.ec2(keypair),
                keypair.name(),
                keypair.id(),
                type(keypair.type()),
                withKey ? Optional.of(keypair.publicKey().openSsh()) : Optional.empty(),
                TagItem.of(call, keypair.id()));
    }

    /** EC2 itself has the first two only. */
    private static String type(KeypairType type) {
        return switch (type) {
            case RSA -> "rsa";
            case ED25519 -> "ed25519";
            case ECDSA_256, ECDSA_384, ECDSA_521 -> "ecdsa";
        };
    }
}
