package dev.linkspan.server.api.oapi;

import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.account.AccessKeyChange;
import dev.linkspan.core.account.AccessKeys;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.json.FilterArguments;
import dev.linkspan.server.api.json.Required;
import java.time.Instant;
import java.util.List;
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

    /** @param secretKey only in the answer of the call that made the key */
    record AccessKeyAnswer(
            AccessKeyId accessKeyId,
            String state,
            Optional<String> tag,
            Instant creationDate,
            Instant lastModificationDate,
            Optional<Instant> expirationDate,
            Optional<String> secretKey) {}

    /** A key with the time at which it is looked at, which its state depends on. */
    private record Seen(AccessKey key, Instant at) {

        String state() {
            return key.usableAt(at) ? ACTIVE : INACTIVE;
        }

        AccessKeyAnswer answer(Optional<String> secret) {
            return new AccessKeyAnswer(
                    key.id(), state(), key.tag(), key.createdAt(), key.modifiedAt(), key.expiresAt(), secret);
        }
    }

    private static final String ACTIVE = "ACTIVE";
    private static final String INACTIVE = "INACTIVE";

    private static final FilterTable<Seen> FILTERS =
            FilterTable.<Seen>of().text("AccessKeyIds", seen -> seen.key().id()).text("States", Seen::state);

    private final AccessKeys keys;

    public AccessKeyCalls(AccessKeys keys) {
        this.keys = keys;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change("CreateAccessKey", CreateAccessKeyRequest.class, this::create),
                Operation.change("UpdateAccessKey", UpdateAccessKeyRequest.class, this::update),
                Operation.change("DeleteAccessKey", DeleteAccessKeyRequest.class, this::delete),
                Operation.read("ReadAccessKeys", ReadAccessKeysRequest.class, AccessKeyCalls::read));
    }

    private Object create(ChangeCall call, CreateAccessKeyRequest request) {
        requireNoUser(request.userName());
        AccessKey key = keys.create(call.work(), call.caller(), request.tag(), request.expirationDate());
        return new AccessKeyResponse(new Seen(key, call.now()).answer(Optional.of(key.secret())));
    }

    private Object update(ChangeCall call, UpdateAccessKeyRequest request) {
        requireNoUser(request.userName());
        AccessKey key = keys.update(call.work(), call.caller(), request.accessKeyId(), request.change());
        return new AccessKeyResponse(new Seen(key, call.now()).answer(Optional.empty()));
    }

    private Object delete(ChangeCall call, DeleteAccessKeyRequest request) {
        requireNoUser(request.userName());
        keys.delete(call.work(), call.caller(), request.accessKeyId());
        return new Operation.Done();
    }

    private static Object read(ReadCall call, ReadAccessKeysRequest request) {
        requireNoUser(request.userName());
        List<Seen> candidates = call.snapshot().accessKeys(call.caller()).stream()
                .filter(key -> request.tag().isEmpty() || key.tag().equals(request.tag()))
                .map(key -> new Seen(key, call.now()))
                .toList();
        Listing<Seen> listing = new Listing<>(
                "AccessKeys",
                (_, _) -> candidates,
                seen -> new Position("%020d %s"
                        .formatted(
                                seen.key().createdAt().toEpochMilli(),
                                seen.key().id())),
                FILTERS,
                (_, seen) -> seen.answer(Optional.empty()));
        return listing.page(call, new ListRequest(request.filters(), Optional.empty(), Optional.empty()));
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
