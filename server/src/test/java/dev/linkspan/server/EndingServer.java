package dev.linkspan.server;

/** A server that meets with a fault as soon as it is ready: for {@link WatchTest}, in a process of its own. */
final class EndingServer {

    static final String LISTENER = "listener";
    static final String MEMORY = "memory";

    private EndingServer() {}

    public static void main(String[] arguments) {
        Main.main(new String[] {"--listen", "127.0.0.1:0", "--network", "none", "--data", arguments[1] + "/data"});
        if (arguments[0].equals(LISTENER)) {
            WatchTest.interrupt("-acceptor-0");
        } else {
            Thread.ofPlatform().start(() -> {
                throw new OutOfMemoryError("none of another kind than the heap's");
            });
        }
    }
}
