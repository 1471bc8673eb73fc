package dev.linkspan.bench;

/** How many connections the JDK's HTTP client keeps open between calls: five, unless it is told otherwise in time. */
final class PersistentConnections {

    private PersistentConnections() {}

    /** Has an effect before the first call only. */
    static void allow(int connections) {
        System.setProperty("http.maxConnections", Integer.toString(connections));
    }
}
