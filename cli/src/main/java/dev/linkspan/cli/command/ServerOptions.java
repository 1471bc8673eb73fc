package dev.linkspan.cli.command;

import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.DataFolder;
import dev.linkspan.cli.client.Endpoint;
import dev.linkspan.cli.client.LinkspanClient;
import dev.linkspan.cli.client.Operator;
import dev.linkspan.cli.network.Networks;
import dev.linkspan.cli.network.VmAccess;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which server a command talks to, and where the operator's token lies. */
final class ServerOptions {

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:LINKSPAN_URL:-http://127.0.0.1:7780}",
            converter = ServerUrl.class,
            description = "The server. LINKSPAN_URL or http://127.0.0.1:7780 unless given.")
    private URI url = URI.create("http://127.0.0.1:7780");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The server's data folder, where its admin.token lies. LINKSPAN_DATA or"
                    + " $XDG_DATA_HOME/linkspan unless given.")
    private Optional<Path> data = Optional.empty();

    LinkspanClient client() {
        return new LinkspanClient(new Endpoint(url));
    }

    Operator operator() {
        DataFolder folder = data.map(DataFolder::new).orElseGet(DataFolder::usual);
        return client().asOperator(folder.adminToken());
    }

    /** The way into the server's network, where it carries packets. */
    VmAccess vmAccess() {
        Answer status = operator().ask("ReadStatus");
        String name = status.text("Network", "Driver");
        return Networks.named(name)
                .flatMap(network -> network.vmAccess(status.at("Network")))
                .orElseThrow(() -> new CommandFailure(
                        "the server runs --network %s: there is no network to run a command in".formatted(name)));
    }

    /** Takes {@code http://host:port}, so that a wrong value fails where it was given. */
    static final class ServerUrl implements ITypeConverter<URI> {

        @Override
        public URI convert(String value) {
            try {
                URI url = new URI(value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
                boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
                if (http && url.getHost() != null && url.getPath().isEmpty()) {
                    return url;
                }
            } catch (URISyntaxException notAUrl) {
                // refused below
            }
            throw new TypeConversionException(
                    "'%s' is not a server's address: http://HOST:PORT or https://HOST:PORT is expected"
                            .formatted(value));
        }
    }
}
