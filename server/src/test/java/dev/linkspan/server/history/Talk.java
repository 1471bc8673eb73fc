package dev.linkspan.server.history;

import dev.linkspan.server.reachability.Step;
import dev.linkspan.server.reachability.Step.Form;
import dev.linkspan.server.reachability.Step.Part;
import java.util.ArrayList;
import java.util.List;

/** Draws the packets of a history: flows, many of which have the same addresses and ports as another, and what they say. */
final class Talk {

    private static final int FLOWS = 14;
    private static final int FIRST_PORT = 7_001;
    private static final List<String> PEERS = List.of("e", "w");

    private final Hub hub;
    private final List<Line> lines = new ArrayList<>();

    /** Two ends that talk, each by the name of its NIC and the address under which it does. */
    private static final class Line {
        final String client;
        final String clientAddress;
        final String server;
        final String serverAddress;
        final String protocol;
        final int port;
        int turn;

        Line(String client, String clientAddress, String server, String serverAddress, String protocol, int port) {
            this.client = client;
            this.clientAddress = clientAddress;
            this.server = server;
            this.serverAddress = serverAddress;
            this.protocol = protocol;
            this.port = port;
        }
    }

    Talk(Hub hub) {
        this.hub = hub;
        while (lines.size() < FLOWS) {
            drawLines(FIRST_PORT + lines.size());
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
        lines.add(new Line(client, clientAddress, server, serverAddress, protocol, port));
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

    private void say(Line line) {
        if (hub.percent(22)) {
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
        int service = switch (line.protocol) {
            case "udp" -> 53;
            case "tcp" -> 80;
            default -> 0;
        };
        hub.add(new Step.Say(
                nic, part, form, line.protocol, line.clientAddress, line.port, line.serverAddress, service));
    }
}
