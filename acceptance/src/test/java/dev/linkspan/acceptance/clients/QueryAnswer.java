package dev.linkspan.acceptance.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** An answer of the Query API: its status, its text, and its elements by XPath from below the root, without namespaces. */
record QueryAnswer(int status, String text, Document document) {

    static QueryAnswer of(int status, String text) {
        try {
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(text.getBytes(UTF_8)));
            return new QueryAnswer(status, text, document);
        } catch (Exception notXml) {
            throw new AssertionError(text, notXml);
        }
    }

    /** The texts of the elements at this path. */
    List<String> texts(String path) {
        try {
            NodeList nodes = (NodeList)
                    XPathFactory.newInstance().newXPath().evaluate("/*/" + path, document, XPathConstants.NODESET);
            return IntStream.range(0, nodes.getLength())
                    .mapToObj(i -> nodes.item(i).getTextContent())
                    .toList();
        } catch (XPathExpressionException wrong) {
            throw new IllegalArgumentException(path, wrong);
        }
    }

    /** The error's code; an empty text where there is none. */
    String code() {
        return texts("Errors/Error/Code").stream().findFirst().orElse("");
    }
}
