package dev.linkspan.server.history;

import dev.linkspan.server.reachability.Step;
import dev.linkspan.server.reachability.Step.Form;
import dev.linkspan.server.reachability.Step.Part;
import java.util.ArrayList;
import java.util.List;

/** Draws the packets of a history: flows, many of which have the same addresses and ports as another, and what they say. */
final class Talk {

    private static final int FLOWS = 14;
    private static final int FLOWS_OUTSIDE = 5;
    private static final int FIRST_PORT = 7_001;
    private static final List<String> PEERS = List.of("e", "w");

    private final Hub hub;
    private final List<Line> lines = new ArrayList<>();

    /** Two ends that talk, each by the name of its NIC and the addresses of both as it knows them. */
    private static final class Line {
        final String client;
        final String server;
        final Ends ofClient;
        final Ends ofServer;
        final String protocol;
        final int port;
        int turn;

        Line(String client, String server, Ends ofClient, Ends ofServer, String protocol, int port) {
            this.client = client;
            this.server = server;
            this.ofClient = ofClient;
            this.ofServer = ofServer;
            this.protocol = protocol;
            this.port = port;
        }

        /** Whether its ends know each other by public addresses. */
        boolean isOutside() {
            return !ofClient.equals(ofServer);
        }
    }

    private record Ends(String client, String server) {}

    Talk(Hub hub) {
        this.hub = hub;
        while (lines.size() < FLOWS) {
            drawLines(FIRST_PORT + lines.size());
        }
        for (int i = 0; i < FLOWS_OUTSIDE; i++) {
            outside(hub.any(Hub.PROTOCOLS), FIRST_PORT + lines.size());
        }
    }

    /** By exits, out of one Net and into another or the same; or, from the west, by none. */
    private void outside(String protocol, int port) {
        List<String> seen = List.copyOf(Edges.PUBLIC.keySet());
        String client = hub.percent(10) ? "w1" : hub.any(seen);
        String server = hub.any(seen);
        if (!client.equals(server)) {
            Ends ofClient = new Ends(hub.seats.get(client).address(), Edges.PUBLIC.get(server));
            Ends ofServer = new Ends(
                    Edges.PUBLIC.getOrDefault(client, hub.seats.get(client).address()),
                    hub.seats.get(server).address());
            lines.add(new Line(client, server, ofClient, ofServer, protocol, port));
        }
    }

    private void drawLines(int port) {
        String protocol = hub.any(List.of("udp", "udp", "tcp", "tcp", "icmp", "253"));
        String ofHub = hub.any(List.of("h1", "h1", "h2", "h3"));
        String twin = hub.any(List.of("1", "2"));
        switch (hub.random.nextInt(10)) {
            case 0, 1 -> {
                line("e" + twin, ofHub, protocol, port);
                line("w" + twin, ofHub, protocol, port);
            }
            case 2, 3 -> line(hub.any(PEERS) + twin, ofHub, protocol, port);
            case 4 -> {
                line(ofHub, "e" + twin, protocol, port);
                line(ofHub, "w" + twin, protocol, port);
            }
            case 5 -> line(ofHub, hub.any(PEERS) + twin, protocol, port);
            case 6 -> line(ofHub, hub.any(List.of("h1", "h2", "h3")), protocol, port);
            case 7 -> line("s1", hub.any(List.of(ofHub, "e1", "e2")), protocol, port);
            case 8 -> line(ofHub, "s1", protocol, port);
            default -> special(protocol, port);
        }
    }

    /** With a second NIC, an address that moves, or one that is nobody's. */
    private void special(String protocol, int port) {
        switch (hub.random.nextInt(3)) {
            case 0 -> add("e1", "10.1.1.4", Hub.SPARE_NIC, "10.0.0.20", protocol, port);
            case 1 -> {
                add("s1", "10.2.0.4", "h1", Hub.SPARE_ADDRESS, protocol, port);
                add("s1", "10.2.0.4", "h2", Hub.SPARE_ADDRESS, protocol, port);
            }
            default -> {
                add("e1", Hub.NOBODYS_ADDRESS, "h1", "10.0.0.4", protocol, port);
                add("w1", Hub.NOBODYS_ADDRESS, "h1", "10.0.0.4", protocol, port);
            }
        }
    }

    private void line(String client, String server, String protocol, int port) {
        if (!client.equals(server)) {
            add(
                    client,
                    hub.seats.get(client).address(),
                    server,
                    hub.seats.get(server).address(),
                    protocol,
                    port);
        }
    }

    private void add(
            String client, String clientAddress, String server, String serverAddress, String protocol, int port) {
        Ends ends = new Ends(clientAddress, serverAddress);
        lines.add(new Line(client, server, ends, ends, protocol, port));
    }

    void draw(int packets) {
        int until = hub.steps.size() + packets;
        while (hub.steps.size() < until) {
            Line line = hub.any(lines);
            int count = 1 + hub.random.nextInt(5);
            if (line.protocol.equals("tcp")) {
                line.turn = hub.percent(12) ? 0 : line.turn;
            } else if (hub.percent(60)) {
                say(line, line.client, Part.REQUEST, wholeOrNot(line));
            }
            for (int i = 0; i < count && hub.steps.size() < until; i++) {
                say(line);
            }
        }
    }

    /** An error about what was translated on its way is not drawn. */
    private void say(Line line) {
        if (hub.percent(22) && !line.isOutside()) {
            boolean aboutRequest = hub.percent(60);
            String by = aboutRequest ? line.server : line.client;
            String sender = hub.percent(20) ? hub.any(List.copyOf(hub.seats.keySet())) : by;
            say(line, sender, aboutRequest ? Part.ERROR_ABOUT_REQUEST : Part.ERROR_ABOUT_REPLY, wholeOrNot(line));
        } else if (line.protocol.equals("tcp")) {
            segment(line);
        } else {
            boolean reply = hub.percent(45);
            say(line, reply ? line.server : line.client, reply ? Part.REPLY : Part.REQUEST, wholeOrNot(line));
        }
    }

    private Form wholeOrNot(Line line) {
        return line.protocol.equals("udp") && hub.percent(30) ? Form.FRAGMENTS : Form.WHOLE;
    }

    /** Mostly as a connection goes: opened, used, closed. */
    private void segment(Line line) {
        int turn = line.turn++;
        switch (turn) {
            case 0 -> say(line, line.client, Part.REQUEST, Form.SYN);
            case 1 -> say(line, line.server, Part.REPLY, Form.SYN_ACK);
            case 2 -> say(line, line.client, Part.REQUEST, Form.DATA);
            default -> {
                boolean reply = hub.percent(50);
                Form form = switch (hub.random.nextInt(20)) {
                    case 0, 1 -> Form.FIN;
                    case 2 -> Form.RST;
                    default -> Form.DATA;
                };
                say(line, reply ? line.server : line.client, reply ? Part.REPLY : Part.REQUEST, form);
                if (form != Form.DATA && hub.percent(50) || hub.percent(6)) {
                    line.turn = 0;
                }
            }
        }
    }

    private void say(Line line, String nic, Part part, Form form) {
        int service = Hub.SERVICES.getOrDefault(line.protocol, 0);
        Ends ends = part == Part.REPLY ? line.ofServer : line.ofClient;
        hub.add(new Step.Say(nic, part, form, line.protocol, ends.client(), line.port, ends.server(), service));
    }
}
