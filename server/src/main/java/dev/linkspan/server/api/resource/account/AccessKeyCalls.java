package dev.linkspan.server.api.resource.account;

import static dev.linkspan.server.api.listing.Names.outscale;

import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.operation.AccessKeyChange;
import dev.linkspan.core.operation.AccessKeys;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.server.api.call.AnswerShape;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.json.FilterArguments;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import dev.linkspan.server.api.oapi.ListRequest;
import dev.linkspan.server.api.oapi.OapiFilters;
import dev.linkspan.server.api.oapi.OapiListing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls on access keys. An account has no users besides itself, so {@code UserName} never names one. */
public final class AccessKeyCalls {

    record ReadAccessKeysRequest(Optional<FilterArguments> filters, Optional<String> tag, Optional<String> userName) {}

    record CreateAccessKeyRequest(Optional<Instant> expirationDate, Optional<String> tag, Optional<String> userName) {}

    record UpdateAccessKeyRequest(
            @Required AccessKeyId accessKeyId,
            Optional<String> state,
            Optional<Instant> expirationDate,
            Optional<Boolean> clearExpirationDate,
            Optional<String> tag,
            Optional<Boolean> clearTag,
            Optional<String> userName) {

        AccessKeyChange change() {
            return new AccessKeyChange(
                    state.map(AccessKeyCalls::isActive),
                    tag,
                    clearTag.orElse(false),
                    expirationDate,
                    clearExpirationDate.orElse(false));
        }
    }

    record DeleteAccessKeyRequest(@Required AccessKeyId accessKeyId, Optional<String> userName) {}

    record AccessKeyResponse(AccessKeyAnswer accessKey) {}

    record NewAccessKeyResponse(NewAccessKeyAnswer accessKey) {}

    record AccessKeyAnswer(
            AccessKeyId accessKeyId,
            String state,
            Optional<String> tag,
            Instant creationDate,
            Instant lastModificationDate,
            Optional<Instant> expirationDate) {}

    /** A key as the call answers it that made it: later, nobody is told the secret. */
    record NewAccessKeyAnswer(
            AccessKeyId accessKeyId,
            String state,
            Optional<String> tag,
            Instant creationDate,
            Instant lastModificationDate,
            Optional<Instant> expirationDate,
            String secretKey) {}

    /** A key with the time at which it is looked at, which its state depends on. */
    private record Seen(AccessKey key, Instant at) {

        String state() {
            return key.usableAt(at) ? ACTIVE : INACTIVE;
        }

        AccessKeyAnswer answer() {
            return new AccessKeyAnswer(
                    key.id(), state(), key.tag(), key.createdAt(), key.modifiedAt(), key.expiresAt());
        }

        NewAccessKeyAnswer answerWithSecret() {
            return new NewAccessKeyAnswer(
                    key.id(), state(), key.tag(), key.createdAt(), key.modifiedAt(), key.expiresAt(), key.secret());
        }
    }

    /** The answer's field that holds the list of keys. */
    private static final String LIST = "AccessKeys";

    private static final String ACTIVE = "ACTIVE";
    private static final String INACTIVE = "INACTIVE";

    private static final Fields<Seen> FIELDS = Fields.<Seen>of()
            .text(outscale("AccessKeyIds"), seen -> seen.key().id())
            .text(outscale("States"), Seen::state);

    private final AccessKeys keys;

    public AccessKeyCalls(AccessKeys keys) {
        this.keys = keys;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change(
                        "CreateAccessKey", CreateAccessKeyRequest.class, NewAccessKeyResponse.class, this::create),
                Operation.change(
                        "UpdateAccessKey", UpdateAccessKeyRequest.class, AccessKeyResponse.class, this::update),
                Operation.change("DeleteAccessKey", DeleteAccessKeyRequest.class, Operation.Done.class, this::delete),
                Operation.list(
                        "ReadAccessKeys",
                        ReadAccessKeysRequest.class,
                        new AnswerShape.Items(LIST, AccessKeyAnswer.class, OapiFilters.kinds(FIELDS)),
                        AccessKeyCalls::read));
    }

    private NewAccessKeyResponse create(ChangeCall call, CreateAccessKeyRequest request) {
        requireNoUser(request.userName());
        AccessKey key = keys.create(call.work(), call.caller(), request.tag(), request.expirationDate());
        return new NewAccessKeyResponse(new Seen(key, call.now()).answerWithSecret());
    }

    private AccessKeyResponse update(ChangeCall call, UpdateAccessKeyRequest request) {
        requireNoUser(request.userName());
        AccessKey key = keys.update(call.work(), call.caller(), request.accessKeyId(), request.change());
        return new AccessKeyResponse(new Seen(key, call.now()).answer());
    }

    private Operation.Done delete(ChangeCall call, DeleteAccessKeyRequest request) {
        requireNoUser(request.userName());
        keys.delete(call.work(), call.caller(), request.accessKeyId());
        return new Operation.Done();
    }

    private static Map<String, Object> read(ReadCall call, ReadAccessKeysRequest request) {
        requireNoUser(request.userName());
        List<Seen> candidates = call.snapshot().accessKeys().ofOwner(call.caller()).stream()
                .filter(key -> request.tag().isEmpty() || key.tag().equals(request.tag()))
                .map(key -> new Seen(key, call.now()))
                .toList();
        OapiListing<Seen, AccessKeyAnswer> listing = new OapiListing<>(
                LIST,
                AccessKeyAnswer.class,
                Listing.whole(FIELDS, (_, _) -> candidates, AccessKeyCalls::position),
                (_, seen) -> seen.answer());
        return listing.page(call, new ListRequest(request.filters(), Optional.empty(), Optional.empty()));
    }

    private static Position position(Seen seen) {
        return new Position("%020d %s"
                .formatted(seen.key().createdAt().toEpochMilli(), seen.key().id()));
    }

    private static boolean isActive(String state) {
        return switch (state) {
            case ACTIVE -> true;
            case INACTIVE -> false;
            default -> throw Refusal.malformed("State", state, "ACTIVE or INACTIVE is expected");
        };
    }

    private static void requireNoUser(Optional<String> userName) {
        userName.ifPresent(name -> {
            throw Refusal.badValue("UserName", name, "accounts have no users besides themselves");
        });
    }
}
