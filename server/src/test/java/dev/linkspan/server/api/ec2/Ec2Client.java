package dev.linkspan.server.api.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.operation.CountingCredentials;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.Sealing;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.port.TestClock;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.Headers;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.resource.account.StsActions;
import dev.linkspan.server.api.sigv4.SessionTokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Speaks the EC2 Query API with an endpoint in the same process, as one account, without signatures. */
public final class Ec2Client {

    public static final String REQUEST_ID = "0475ca1e-d0c5-441d-712a-da55a4175157";

    /** For tests that assume no role. */
    private static final StsActions STS = new StsActions(
            (_, _, _) -> false,
            new CountingCredentials(),
            new SessionTokens(new Sealing() {
                @Override
                public String seal(String text, String name) {
                    throw new AssertionError("nothing is to be sealed");
                }

                @Override
                public Optional<String> tryOpen(String sealed, String name) {
                    throw new AssertionError("nothing is to be opened");
                }
            }),
            new TestClock());

    /** A thread's own, as neither is made for two at a time. To find and make one takes longer than most answers. */
    private static final ThreadLocal<DocumentBuilder> PARSER = ThreadLocal.withInitial(Ec2Client::parser);

    private static final ThreadLocal<XPath> XPATH =
            ThreadLocal.withInitial(() -> XPathFactory.newInstance().newXPath());

    private final Ec2Endpoint endpoint;

    public Ec2Client(Store store, AccountId account, Collection<Operation> actions) {
        this(new Ec2Endpoint(store, _ -> new Caller(account, Fixture.REGION), actions, STS.operations()));
    }

    public Ec2Client(Ec2Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** An answer, and its XML by XPath without namespaces. */
    public record Answer(int status, Document document) {

        public String text(String path) {
            try {
                return XPATH.get().evaluate(path, document);
            } catch (XPathExpressionException e) {
                throw new IllegalArgumentException(path, e);
            }
        }

        public List<String> texts(String path) {
            try {
                NodeList nodes = (NodeList) XPATH.get().evaluate(path, document, XPathConstants.NODESET);
                return IntStream.range(0, nodes.getLength())
                        .mapToObj(i -> nodes.item(i).getTextContent())
                        .toList();
            } catch (XPathExpressionException e) {
                throw new IllegalArgumentException(path, e);
            }
        }

        public String code() {
            return text("/Response/Errors/Error/Code");
        }

        public String message() {
            return text("/Response/Errors/Error/Message");
        }
    }

    /** @param parameters names and values by turns */
    public Answer call(String action, String... parameters) {
        StringJoiner form = new StringJoiner("&");
        form.add("Action=" + action).add("Version=2016-11-15");
        for (int i = 0; i < parameters.length; i += 2) {
            form.add(encoded(parameters[i]) + "=" + encoded(parameters[i + 1]));
        }
        return send("POST", form.toString(), "application/x-www-form-urlencoded; charset=utf-8");
    }

    /** The answer to a call that must succeed. */
    public Answer done(String action, String... parameters) {
        Answer answer = call(action, parameters);
        assertThat(answer.status()).as(answer.message()).isEqualTo(200);
        assertThat(answer.text("/*/requestId | /*/ResponseMetadata/RequestId")).isEqualTo(REQUEST_ID);
        return answer;
    }

    /** The message of the error of a call that must fail with status 400 and this code. */
    public String refused(String code, String action, String... parameters) {
        Answer answer = call(action, parameters);
        assertThat(List.of(Integer.toString(answer.status()), answer.code()))
                .as(answer.message())
                .containsExactly("400", code);
        assertThat(answer.text("/Response/RequestID")).isEqualTo(REQUEST_ID);
        return answer.message();
    }

    public Answer send(String method, String body, String contentType) {
        Headers headers = Headers.of(Map.of("Content-Type", List.of(contentType)));
        return answer(new ApiRequest(
                REQUEST_ID, method, "/", "", headers, body.getBytes(StandardCharsets.UTF_8), false, "127.0.0.1"));
    }

    /** Asks by an address alone. */
    public Answer get(String query) {
        return answer(new ApiRequest(REQUEST_ID, "GET", "/", query, Headers.NONE, new byte[0], false, "127.0.0.1"));
    }

    private Answer answer(ApiRequest request) {
        ApiResponse response = endpoint.answer(request);
        assertThat(response.contentType()).isEqualTo("text/xml;charset=UTF-8");
        assertThat(response.headers()).containsEntry("x-amzn-requestid", REQUEST_ID);
        Answer answer = new Answer(response.status(), parsed(response.body()));
        // Whatever a test has refused, its text is in the words of EC2.
        assertThat(OutscaleTerms.in(answer.message())).as(answer.message()).isEmpty();
        return answer;
    }

    private static Document parsed(byte[] xml) {
        try {
            return PARSER.get().parse(new ByteArrayInputStream(xml));
        } catch (SAXException | IOException notXml) {
            throw new AssertionError(new String(xml, StandardCharsets.UTF_8), notXml);
        }
    }

    private static DocumentBuilder parser() {
        try {
            DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            parser.setErrorHandler(null);
            return parser;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
