package dev.linkspan.server.api.ec2;

import dev.linkspan.server.api.call.LongAnswer;
import dev.linkspan.server.api.json.StrictJson;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes answers as the Query protocols have them: an element for each field, an {@code item} for each of a list. */
final class Ec2Xml {

    static final String EC2 = "http://ec2.amazonaws.com/doc/2016-11-15/";
    static final String STS = "https://sts.amazonaws.com/doc/2011-06-15/";

    /** In the name of a field, what stands between the name of a list and the name of its items. */
    private static final String ITEMS = ">";

    private static final int BUFFER = 1 << 16;

    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newFactory();

    /** How the elements of one document begin. */
    private enum Case {
        LOWER,
        UPPER
    }

    private final XMLStreamWriter writer;
    private final Case names;

    private Ec2Xml(OutputStream out, Case names) throws XMLStreamException {
        this.writer = FACTORY.createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
        this.names = names;
    }

    /** One document's content. */
    @FunctionalInterface
    private interface Content {
        void write(Ec2Xml xml) throws XMLStreamException;
    }

    private static byte[] document(Case names, Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(bytes, names, content);
        return bytes.toByteArray();
    }

    private static void write(OutputStream out, Case names, Content content) {
        try {
            Ec2Xml xml = new Ec2Xml(out, names);
            xml.writer.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            content.write(xml);
            xml.writer.writeEndDocument();
            xml.writer.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("BUG: an answer cannot be written", impossible);
        }
    }

    /** @param answer its fields, named in upper camel case */
    static byte[] ec2(String action, String requestId, ObjectNode answer) {
        return document(Case.LOWER, xml -> {
            xml.root(action + "Response", EC2);
            xml.text("RequestId", requestId);
            xml.fields(answer);
            xml.writer.writeEndElement();
        });
    }

    /** Writes a list item by item. */
    static void ec2(String action, String requestId, LongAnswer answer, OutputStream out) throws IOException {
        OutputStream buffered = new BufferedOutputStream(out, BUFFER);
        write(buffered, Case.LOWER, xml -> {
            xml.root(action + "Response", EC2);
            xml.text("RequestId", requestId);
            xml.writer.writeStartElement(xml.cased(answer.key()));
            for (Object item : answer.items()) {
                xml.element("item", StrictJson.tree(item));
            }
            xml.writer.writeEndElement();
            xml.writer.writeEndElement();
        });
        buffered.flush();
    }

    /** @param answer its fields, named in upper camel case */
    static byte[] sts(String action, String requestId, ObjectNode answer) {
        return document(Case.UPPER, xml -> {
            xml.root(action + "Response", STS);
            xml.writer.writeStartElement(action + "Result");
            xml.fields(answer);
            xml.writer.writeEndElement();
            xml.writer.writeStartElement("ResponseMetadata");
            xml.text("RequestId", requestId);
            xml.writer.writeEndElement();
            xml.writer.writeEndElement();
        });
    }

    static byte[] ec2Error(String code, String message, String requestId) {
        return document(Case.UPPER, xml -> {
            xml.writer.writeStartElement("Response");
            xml.writer.writeStartElement("Errors");
            xml.writer.writeStartElement("Error");
            xml.text("Code", code);
            xml.text("Message", message);
            xml.writer.writeEndElement();
            xml.writer.writeEndElement();
            xml.text("RequestID", requestId);
            xml.writer.writeEndElement();
        });
    }

    static byte[] stsError(String code, String message, String requestId) {
        return document(Case.UPPER, xml -> {
            xml.root("ErrorResponse", STS);
            xml.writer.writeStartElement("Error");
            xml.text("Type", "Sender");
            xml.text("Code", code);
            xml.text("Message", message);
            xml.writer.writeEndElement();
            xml.text("RequestId", requestId);
            xml.writer.writeEndElement();
        });
    }

    private void root(String name, String namespace) throws XMLStreamException {
        writer.writeStartElement(name);
        writer.writeDefaultNamespace(namespace);
    }

    /** What is absent is left out: an empty element is no date, nor a number, and some clients fail on it. */
    private void fields(JsonNode object) throws XMLStreamException {
        for (var field : object.properties()) {
            String[] names = field.getKey().split(ITEMS, 2);
            if (names.length == 2) {
                list(names[0], names[1], field.getValue());
            } else if (!field.getValue().isNull()) {
                element(cased(field.getKey()), field.getValue());
            }
        }
    }

    /** A list whose items EC2 calls otherwise than it usually does. */
    private void list(String name, String itemName, JsonNode items) throws XMLStreamException {
        writer.writeStartElement(cased(name));
        for (JsonNode item : items) {
            element(cased(itemName), item);
        }
        writer.writeEndElement();
    }

    private void element(String name, JsonNode value) throws XMLStreamException {
        writer.writeStartElement(name);
        if (value.isArray()) {
            for (JsonNode item : value) {
                element("item", item);
            }
        } else if (value.isObject()) {
            fields(value);
        } else {
            writer.writeCharacters(printable(value.asString()));
        }
        writer.writeEndElement();
    }

    private void text(String name, String text) throws XMLStreamException {
        writer.writeStartElement(cased(name));
        writer.writeCharacters(printable(text));
        writer.writeEndElement();
    }

    private String cased(String name) {
        return names == Case.UPPER ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** What the OUTSCALE API lets into a tag and XML cannot hold is shown as the replacement character. */
    private static String printable(String text) {
        return QueryForm.isText(text)
                ? text
                : text.codePoints()
                        .mapToObj(Character::toString)
                        .map(one -> QueryForm.isText(one) ? one : "\ufffd")
                        .collect(Collectors.joining());
    }
}
