package dev.linkspan.cli.command;

import dev.linkspan.cli.client.AccessKey;
import dev.linkspan.cli.client.Caller;
import dev.linkspan.cli.client.LinkspanClient;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who asks, where accounts and the operator may: whoever's access key is given, else the operator. */
final class AskerOptions {

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(
            names = "--access-key",
            paramLabel = "ID",
            defaultValue = "${env:OSC_ACCESS_KEY}",
            description =
                    "Ask as the account of this access key, whose secret is in OSC_SECRET_KEY. OSC_ACCESS_KEY unless"
                            + " given; without either, the operator asks.")
    private Optional<String> accessKey = Optional.empty();

    @Option(
            names = "--region",
            paramLabel = "NAME",
            defaultValue = "${env:OSC_REGION}",
            description = "The Region. OSC_REGION or the server's first one unless given.")
    private Optional<String> region = Optional.empty();

    boolean isOperator() {
        return accessKey.filter(id -> !id.isEmpty()).isEmpty();
    }

    /** Linkspan's own calls. */
    Caller own() {
        return key().map(key -> client().asAccountOwn(key, regionTerm())).orElseGet(server::operator);
    }

    /** The OUTSCALE calls of the account; the operator has his own calls only. */
    Caller calls() {
        return key().map(key -> client().asAccount(key, regionTerm())).orElseGet(server::operator);
    }

    /** The account of the key, as the server knows it; empty for the operator. */
    Optional<String> account() {
        return isOperator()
                ? Optional.empty()
                : Optional.of(calls().ask("ReadAccounts")
                        .list("Accounts")
                        .getFirst()
                        .path("AccountId")
                        .asString());
    }

    Optional<String> region() {
        return region.filter(name -> !name.isEmpty());
    }

    private LinkspanClient client() {
        return server.client();
    }

    private String regionTerm() {
        return region().orElse("any");
    }

    private static String secretOf(String id) {
        String secret = System.getenv().getOrDefault("OSC_SECRET_KEY", "");
        if (secret.isEmpty()) {
            throw new CommandFailure(
                    "OSC_SECRET_KEY is not set: it has the secret key that belongs to the access key %s".formatted(id));
        }
        return secret;
    }

    private Optional<AccessKey> key() {
        return accessKey.filter(id -> !id.isEmpty()).map(id -> new AccessKey(id, secretOf(id)));
    }
}
